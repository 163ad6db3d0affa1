package io.aftercare.service.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import io.aftercare.service.runbook.Condition.Metric;
import io.aftercare.service.ticket.FaultHistory.Sighting;
import io.aftercare.service.ticket.Numbers;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JudgeTest {
    private static final Metric BELOW = new Metric("memory", Condition.Of.MEAN, Condition.Operator.BELOW, 70,
            Duration.ofMinutes(1), Duration.ofMinutes(5));
    private static final Sighting UNSEEN = new Sighting(null, false, null);
    private final Procedure procedure = Scripts
            .procedure("[{\"action\":{\"action\":\"restart\"}},{\"end\":{\"result\":\"fixed\"}}]");

    private static View numbers(double mean) {
        return new View(Map.of("memory", new Numbers(mean, mean - 1, mean + 1, 9)), UNSEEN, true, true,
                "1.0");
    }

    private Run acted() {
        Run run = Scripts.begun(procedure, Asker.RULE).run();
        return new Run(run.head(), 1, run.state(), run.at(),
                new Run.Memory(run.memory().classes(), run.memory().before(), Scripts.T0.plusSeconds(10),
                        null),
                run.lines(), null);
    }

    @Test
    void samplesFromBeforeTheActionCountForNothing() {
        Instant soon = Scripts.T0.plusSeconds(40);
        assertThat(Judge.from(BELOW, acted(), soon)).isEqualTo(Scripts.T0.plusSeconds(10));
        assertThat(Judge.judge(BELOW, numbers(60), acted(), soon).holds()).isFalse();
        assertThat(Judge.judge(BELOW, numbers(60), acted(), soon.plusSeconds(30)).holds()).isTrue();
        assertThat(Judge.from(BELOW, acted(), soon.plusSeconds(90))).isEqualTo(soon.plusSeconds(30));
    }

    @Test
    void aVerdictSaysWhatWasAndWhatIs() {
        Verdict verdict = Judge.judge(BELOW, numbers(61.44), acted(), Scripts.T0.plusSeconds(70));
        assertThat(verdict.proof()).isEqualTo("memory 88 → 61.44 (mean over PT1M, wanted < 70)");
        assertThat(verdict.data().get("before").asDouble()).isEqualTo(88);
        View silent = new View(Map.of(), UNSEEN, true, true, "1.0");
        Verdict none = Judge.judge(BELOW, silent, acted(), Scripts.T0.plusSeconds(70));
        assertThat(none.holds()).isFalse();
        assertThat(none.text()).contains("no samples of memory");
    }

    @Test
    void aFaultIsClearedWhenItHasBeenSoForLongEnough() {
        Condition cleared = new Condition.FaultCleared(Duration.ofSeconds(30), Duration.ofMinutes(5));
        Instant at = Scripts.T0.plusSeconds(20);
        View quiet = new View(Map.of(), new Sighting(Scripts.T0, false, at, at), true, true, "1.0");
        assertThat(Judge.judge(cleared, quiet, acted(), at.plusSeconds(29)).holds()).isFalse();
        Verdict verdict = Judge.judge(cleared, quiet, acted(), at.plusSeconds(30));
        assertThat(verdict.holds()).isTrue();
        assertThat(verdict.proof()).isEqualTo("fault LEAK cleared at 2026-11-02T09:00:20Z");
        View firing = new View(Map.of(), new Sighting(Scripts.T0, true, at, at), true, true, "1.0");
        assertThat(Judge.judge(cleared, firing, acted(), at.plusSeconds(60)).holds()).isFalse();
        View faultless = new View(Map.of(), UNSEEN, false, true, "1.0");
        assertThat(Judge.judge(cleared, faultless, acted(), at.plusSeconds(60)).text())
                .contains("has no fault");
    }

    @Test
    void aSelfTestIsReadAsWholeOrByName() {
        Run run = acted();
        Run tested = new Run(run.head(), 1, run.state(), run.at(), new Run.Memory(Map.of(), Map.of(), null,
                Json.parse("{\"passed\":false,\"tests\":[{\"name\":\"fan\",\"passed\":true,\"value\":900},"
                        + "{\"name\":\"lamp\",\"passed\":false,\"value\":3}]}")),
                run.lines(), null);
        View view = numbers(1);
        assertThat(Judge.judge(new Condition.SelfTest("passed"), view, tested, Scripts.T0).holds()).isFalse();
        assertThat(Judge.judge(new Condition.SelfTest("fan"), view, tested, Scripts.T0).text())
                .isEqualTo("the self-test fan passed: 900");
        assertThat(Judge.judge(new Condition.SelfTest("lamp"), view, tested, Scripts.T0).holds()).isFalse();
        assertThat(Judge.judge(new Condition.SelfTest("door"), view, tested, Scripts.T0).text())
                .isEqualTo("the self-test has no test door");
        assertThat(Judge.judge(new Condition.SelfTest("fan"), view, run, Scripts.T0).text())
                .isEqualTo("no self-test was done in this run");
    }
}
