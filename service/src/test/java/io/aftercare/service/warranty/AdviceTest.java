package io.aftercare.service.warranty;

import static io.aftercare.service.warranty.Given.bought;
import static io.aftercare.service.warranty.Given.decide;
import static io.aftercare.service.warranty.Given.facts;
import static io.aftercare.service.warranty.Given.policy;
import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.warranty.Advice.Step;
import io.aftercare.service.warranty.Facts.Part;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class AdviceTest {
    @Test
    @Tag("R10")
    void aMinorQualityFaultIsHelpedFromAfarFirst() {
        assertThat(step("handbook", 3, false)).isEqualTo(Step.REMOTE_FIRST);
        assertThat(step("handbook", 200, false)).isEqualTo(Step.REMOTE_FIRST);
    }

    @Test
    @Tag("R10")
    @Tag("R2")
    void aSeriousOneIsReturnedOrExchangedAsFarAsThePolicyGoes() {
        assertThat(step("handbook", 20, true)).isEqualTo(Step.RETURN_OR_EXCHANGE);
        assertThat(step("handbook", 200, true)).isEqualTo(Step.EXCHANGE);
        assertThat(step("cn-three-guarantees", 5, true)).isEqualTo(Step.RETURN_OR_EXCHANGE);
        assertThat(step("cn-three-guarantees", 12, true)).isEqualTo(Step.EXCHANGE);
        assertThat(step("cn-three-guarantees", 200, true)).isEqualTo(Step.REPAIR);
    }

    @Test
    @Tag("R2")
    void whatIsNotCoveredIsQuoted() {
        assertThat(step("handbook", 400, true)).isEqualTo(Step.QUOTE);
        assertThat(step("handbook", 400, false)).isEqualTo(Step.QUOTE);
    }

    private static Step step(String policy, int day, boolean serious) {
        String at = LocalDate.parse("2026-01-10").plusDays(day) + "T02:00:00Z";
        return Advice.of(decide(policy(policy), facts(bought("2026-01-10"), Part.WHOLE), at), serious).step();
    }
}
