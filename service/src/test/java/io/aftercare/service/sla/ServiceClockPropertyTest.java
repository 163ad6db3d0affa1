package io.aftercare.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.calendar.Calendar;
import io.aftercare.service.sla.ClockEvent.Beat;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Clocks against a plain model that walks through time minute by minute, with random deeds. The seed of a failure is in
/// its message.
class ServiceClockPropertyTest {
    private static final Instant T0 = Instant.parse("2026-11-02T09:00:00Z");
    private static final int SEEDS = 500;
    private static final int MINUTES = 400;

    /// A clock as somebody with a stopwatch would keep it.
    private static final class Stopwatch {
        private boolean running = true;
        private boolean over;
        private boolean annulled;
        private boolean late;
        private int counted;
        private final int target;

        Stopwatch(int target) {
            this.target = target;
        }

        void minute() {
            if (running) {
                counted++;
            }
        }

        void look() {
            late |= running && counted > target;
        }
    }

    @Test
    void aClockCountsWhatAStopwatchCounts() {
        for (long seed = 0; seed < SEEDS; seed++) {
            walk(new Random(seed), "seed " + seed);
        }
    }

    private static void walk(Random random, String seed) {
        int target = 1 + random.nextInt(200);
        ServiceClock clock = ServiceClock.start(ClockType.RESOLUTION, "p", Calendar.ALWAYS,
                Duration.ofMinutes(target), T0);
        Stopwatch model = new Stopwatch(target);
        for (int minute = 1; minute <= MINUTES; minute++) {
            Instant now = T0.plus(Duration.ofMinutes(minute));
            model.minute();
            ServiceClock before = clock;
            clock = deed(random.nextInt(40), clock, model, now);
            assertThat(clock.events().subList(0, before.events().size())).as(seed).isEqualTo(before.events());
            assertThat(clock.counted(now)).as(seed).isEqualTo(Duration.ofMinutes(model.counted));
            assertThat(clock.runs()).as(seed).isEqualTo(model.running);
            assertThat(clock.isBreached()).as(seed).isEqualTo(model.late);
            assertThat(clock.due()).as(seed).isEqualTo(model.running
                    ? java.util.Optional.of(now.plus(Duration.ofMinutes((long) model.target - model.counted)))
                    : java.util.Optional.empty());
            assertThat(clock.events().stream().filter(event -> event.beat() == Beat.BREACHED).count())
                    .as(seed)
                    .isLessThanOrEqualTo(1);
            assertThat(clock.events()).as(seed).filteredOn(event -> event.beat() != Beat.BREACHED)
                    .extracting(ClockEvent::at).isSorted();
        }
    }

    private static ServiceClock deed(int dice, ServiceClock clock, Stopwatch model, Instant now) {
        return switch (dice) {
            case 0, 1, 2 -> {
                if (model.running) {
                    model.look();
                    model.running = false;
                }
                yield clock.pause(now);
            }
            case 3, 4, 5 -> {
                if (!model.running && !model.over) {
                    model.running = true;
                }
                yield clock.resume(now);
            }
            case 6 -> {
                if (!model.over) {
                    model.look();
                    model.over = true;
                    model.running = false;
                }
                yield clock.stop(now);
            }
            case 7, 8 -> {
                if (model.over && !model.annulled) {
                    model.over = false;
                    model.running = true;
                }
                yield clock.goOn(now);
            }
            case 9 -> {
                if (!model.over && now.getEpochSecond() % 7 == 0) {
                    model.look();
                    model.over = true;
                    model.annulled = true;
                    model.running = false;
                    yield clock.annul(now);
                }
                yield clock;
            }
            default -> {
                model.look();
                yield clock.tick(now);
            }
        };
    }
}
