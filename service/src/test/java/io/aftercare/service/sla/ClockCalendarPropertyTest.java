package io.aftercare.service.sla;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.service.calendar.CalendarModel;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Clocks on calendars by dice, with pauses, stops and reopenings by dice, beside a plain model that counts open cells of five minutes.
/// Nights, weekends, holidays, make-up workdays and changes of summer time are all in it; more with `-Dclocks.seeds=100000`.
class ClockCalendarPropertyTest {
    private static final int SEEDS = Integer.getInteger("clocks.seeds", 3_000);
    private static final int DEEDS = 8;

    /// The clock as somebody would keep it who marks open cells on paper.
    private static final class Paper {
        private final CalendarModel model;
        private final int target;
        private int counted;
        private int since;
        private boolean running = true;
        private boolean stopped;
        private int lateAt = -1;

        Paper(CalendarModel model, int target, int since) {
            this.model = model;
            this.target = target;
            this.since = since;
        }

        void look(int now) {
            if (!running || lateAt >= 0 || target < counted) {
                return;
            }
            int due = model.plus(since, target - counted);
            if (due >= 0 && now > due) {
                lateAt = due;
            }
        }

        void hold(int now) {
            look(now);
            if (running) {
                counted += model.open(since, now);
                running = false;
            }
        }

        void go(int now) {
            since = now;
            running = true;
        }
    }

    @Test
    @Tag("R17")
    @Tag("R21")
    @Tag("R23")
    void clocksCountOnlyOpenTimeInRunningStates() {
        int late = 0;
        for (long seed = 0; seed < SEEDS; seed++) {
            late += walk(new Random(seed), "seed " + seed) ? 1 : 0;
        }
        assertThat(late).isBetween(SEEDS / 10, SEEDS * 9 / 10);
    }

    private static boolean walk(Random random, String seed) {
        CalendarModel model = new CalendarModel(random);
        int now = random.nextInt(100);
        int target = 1 + random.nextInt(CalendarModel.CELLS / 3);
        Terms terms = new Terms("p-1", model.calendar, CalendarModel.CELL.multipliedBy(target), List.of(),
                "always");
        ServiceClock clock = ServiceClock.start(ClockType.RESOLUTION, terms, model.at(now));
        Paper paper = new Paper(model, target, now);
        for (int i = 0; i < DEEDS; i++) {
            now += random.nextInt((CalendarModel.CELLS - now) / 3 + 1);
            clock = deed(random.nextInt(5), clock, paper, now, model.at(now));
            check(clock, paper, now, seed + " deed " + i);
        }
        return paper.lateAt >= 0;
    }

    private static ServiceClock deed(int dice, ServiceClock clock, Paper paper, int now, Instant at) {
        return switch (dice) {
            case 0 -> {
                if (!paper.stopped) {
                    paper.hold(now);
                }
                yield clock.pause(at);
            }
            case 1, 2 -> {
                if (!paper.stopped && !paper.running) {
                    paper.go(now);
                }
                yield clock.resume(at);
            }
            case 3 -> {
                if (paper.stopped) {
                    paper.stopped = false;
                    paper.go(now);
                    yield clock.goOn(at);
                }
                paper.hold(now);
                paper.stopped = true;
                yield clock.stop(at);
            }
            default -> {
                paper.look(now);
                yield clock.tick(at);
            }
        };
    }

    private static void check(ServiceClock clock, Paper paper, int now, String where) {
        int counted = paper.counted + (paper.running ? paper.model.open(paper.since, now) : 0);
        assertThat(clock.counted(paper.model.at(now))).as(where)
                .isEqualTo(CalendarModel.CELL.multipliedBy(counted));
        assertThat(clock.isBreached()).as(where).isEqualTo(paper.lateAt >= 0);
        if (paper.lateAt >= 0) {
            assertThat(clock.events()).as(where)
                    .contains(new ClockEvent(ClockEvent.Beat.BREACHED, paper.model.at(paper.lateAt)));
        }
        assertThat(clock.due().isPresent()).as(where).isEqualTo(paper.running);
    }
}
