package io.aftercare.fleet.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class WindowTest {
    private static final Window NIGHT = new Window(LocalTime.of(23, 0), Duration.ofHours(4), "Europe/Berlin");

    @Test
    void itIsOpenFromItsStartAndOverMidnight() {
        assertThat(NIGHT.isOpen(at("2026-01-10T21:59:59Z"), "")).isFalse();
        assertThat(NIGHT.isOpen(at("2026-01-10T22:00:00Z"), "")).isTrue();
        assertThat(NIGHT.isOpen(at("2026-01-11T01:59:59Z"), "")).isTrue();
        assertThat(NIGHT.isOpen(at("2026-01-11T02:00:00Z"), "")).isFalse();
        assertThat(NIGHT.opens(at("2026-01-11T02:00:00Z"), "")).isEqualTo(at("2026-01-11T22:00:00Z"));
    }

    @Test
    void itSaysWhenItCloses() {
        assertThat(NIGHT.closes(at("2026-01-10T23:30:00Z"), "")).isEqualTo(at("2026-01-11T02:00:00Z"));
        assertThat(NIGHT.closes(at("2026-01-11T02:00:00Z"), "")).as("of the next one")
                .isEqualTo(at("2026-01-12T02:00:00Z"));
    }

    @Test
    void itFollowsTheClockOnTheWallThroughSummerTime() {
        assertThat(NIGHT.opens(at("2026-03-28T12:00:00Z"), "")).isEqualTo(at("2026-03-28T22:00:00Z"));
        assertThat(NIGHT.opens(at("2026-03-29T12:00:00Z"), "")).isEqualTo(at("2026-03-29T21:00:00Z"));
        // half past two does not exist on that day: the window opens when the clock has jumped
        Window gap = new Window(LocalTime.of(2, 30), Duration.ofHours(1), "Europe/Berlin");
        assertThat(gap.opens(at("2026-03-29T00:00:00Z"), "")).isEqualTo(at("2026-03-29T01:30:00Z"));
    }

    @Test
    void eachDeviceHasItsOwnZoneWhereThatIsAsked() {
        Window own = new Window(LocalTime.of(2, 0), Duration.ofHours(1), "device");
        assertThat(own.isOpen(at("2026-06-01T18:30:00Z"), "Asia/Shanghai")).isTrue();
        assertThat(own.isOpen(at("2026-06-01T18:30:00Z"), "")).isFalse();
        assertThat(own.isOpen(at("2026-06-01T02:30:00Z"), "no such zone")).isTrue();
    }

    @Test
    void aWindowThatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> new Window(LocalTime.NOON, Duration.ofHours(25), "UTC"))
                .hasMessageContaining("PT24H");
        assertThatThrownBy(() -> new Window(LocalTime.NOON, Duration.ZERO, "UTC"))
                .hasMessageContaining("PT24H");
        assertThatThrownBy(() -> new Window(LocalTime.NOON, Duration.ofHours(1), "Mars/Base"))
                .hasMessageContaining("Mars/Base");
    }

    private static Instant at(String text) {
        return Instant.parse(text);
    }
}
