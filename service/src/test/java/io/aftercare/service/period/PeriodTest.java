package io.aftercare.service.period;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class PeriodTest {
    @Test
    void aPeriodIsReadWrittenAndFollowsTheOneBefore() {
        for (String text : List.of("2026-11", "2026-Q4", "2026")) {
            assertThat(Period.parse(text).text()).isEqualTo(text);
        }
        assertThat(Period.parse("2026-Q1").before().text()).isEqualTo("2025-Q4");
        assertThat(Period.parse("2026-01").before().text()).isEqualTo("2025-12");
        assertThat(Period.parse("2026").before().text()).isEqualTo("2025");
        assertThat(Period.parse("2026-Q4").names()).containsExactly("2026-10", "2026-11", "2026-12");
        for (String text : List.of("", "2026-13", "2026-Q5", "26-01", "2026-1", "2026-Q", "zwei")) {
            assertThat(Period.find(text)).as(text).isEmpty();
            assertThatThrownBy(() -> Period.parse(text)).hasMessageContaining("2026-Q4");
        }
    }

    @Test
    void itsEndsAreThoseOfItsZoneAlsoWhereTheClocksChange() {
        ZoneId berlin = ZoneId.of("Europe/Berlin");
        Period october = Period.parse("2026-10");
        assertThat(october.from(berlin)).isEqualTo(Instant.parse("2026-09-30T22:00:00Z"));
        assertThat(october.to(berlin)).isEqualTo(Instant.parse("2026-10-31T23:00:00Z"));
        assertThat(Period.monthOf(Instant.parse("2026-10-31T17:00:00Z"), ZoneId.of("Asia/Shanghai")).text())
                .isEqualTo("2026-11");
        assertThat(october.isOver(october.to(ZoneOffset.UTC), ZoneOffset.UTC)).isTrue();
        assertThat(october.isOver(october.to(ZoneOffset.UTC).minusMillis(1), ZoneOffset.UTC)).isFalse();
    }
}
