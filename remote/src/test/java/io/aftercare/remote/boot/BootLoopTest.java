package io.aftercare.remote.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BootLoopTest {
    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private static List<BootLoop.Start> every(Duration gap, int count) {
        return IntStream.range(0, count).mapToObj(i -> NOW.minus(gap.multipliedBy(i)))
                .map(at -> new BootLoop.Start(at, at)).toList();
    }

    @Test
    void fiveStartsInTenMinutesAreALoopAndFourAreNot() {
        assertThat(BootLoop.of(every(Duration.ofMinutes(1), 4), NOW, 5)).isEmpty();
        assertThat(BootLoop.of(every(Duration.ofMinutes(1), 5), NOW, 5))
                .contains(new BootLoop(5, NOW.minus(Duration.ofMinutes(4))));
    }

    @Test
    void whatWasLongAgoCountsNoMore() {
        assertThat(BootLoop.of(every(Duration.ofMinutes(3), 9), NOW, 5)).isEmpty();
        assertThat(BootLoop.of(every(Duration.ofSeconds(150), 5), NOW, 5))
                .as("exactly ten minutes ago is over").isEmpty();
    }

    @Test
    void startsOfOtherDaysThatAreToldTogetherAreNone() {
        assertThat(BootLoop.of(IntStream.range(0, 9)
                .mapToObj(i -> new BootLoop.Start(NOW.minus(Duration.ofDays(i)), NOW.minusSeconds(i)))
                .toList(), NOW, 5)).isEmpty();
    }

    @Test
    void aDeviceThatKnowsNoTimeIsInALoopAllTheSame() {
        assertThat(BootLoop.of(IntStream.range(0, 6)
                .mapToObj(i -> new BootLoop.Start(Instant.EPOCH.plusSeconds(3), NOW.minusSeconds(60L * i)))
                .toList(), NOW, 5)).contains(new BootLoop(6, NOW.minusSeconds(300)));
    }
}
