package io.aftercare.service.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Calendars beside a model that looks at the wall every five minutes; more with `-Dclocks.seeds=100000`.
class CalendarPropertyTest {
    private static final int SEEDS = Integer.getInteger("clocks.seeds", 3_000);

    @Test
    void aCalendarCountsWhatTheClockOnTheWallSays() {
        for (long seed = 0; seed < SEEDS; seed++) {
            Random random = new Random(seed);
            CalendarModel model = new CalendarModel(random);
            for (int i = 0; i < 4; i++) {
                int from = random.nextInt(CalendarModel.CELLS);
                int to = from + random.nextInt(CalendarModel.CELLS - from + 1);
                int cells = model.open(from, to);
                check(model, from, to, cells, "seed " + seed + " from " + from + " to " + to);
                inverse(model, from, random, "seed " + seed + " from " + from);
            }
        }
    }

    private static void check(CalendarModel model, int from, int to, int cells, String where) {
        Duration open = CalendarModel.CELL.multipliedBy(cells);
        if (!model.calendar.open(model.at(from), model.at(to)).equals(open)) {
            assertThat(model.calendar.open(model.at(from), model.at(to))).as(where).isEqualTo(open);
        }
        Instant ahead = model.at(model.plus(from, cells));
        if (!model.calendar.plus(model.at(from), open).equals(ahead)) {
            assertThat(model.calendar.plus(model.at(from), open)).as(where + ": plus").isEqualTo(ahead);
        }
        Instant back = model.at(model.minus(to, cells));
        if (!model.calendar.plus(model.at(to), open.negated()).equals(back)) {
            assertThat(model.calendar.plus(model.at(to), open.negated())).as(where + ": back")
                    .isEqualTo(back);
        }
    }

    // Whatever the length, to the second: what was added is what is counted between.
    private static void inverse(CalendarModel model, int from, Random random, String where) {
        Duration some = Duration.ofSeconds(random.nextInt(5 * 24 * 3600));
        Instant begin = model.at(from).plusSeconds(random.nextInt(300));
        Instant end = model.calendar.plus(begin, some);
        assertThat(model.calendar.open(begin, end)).as(where + " plus " + some).isEqualTo(some);
        Instant before = model.calendar.plus(begin, some.negated());
        assertThat(model.calendar.open(before, begin)).as(where + " minus " + some).isEqualTo(some);
    }
}
