package io.aftercare.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.aftercare.ingest.message.Availability.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AvailabilityTest {
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final int SPAN = 3600;

    private static Change change(int second, boolean connected, String reason) {
        return new Change(FROM.plusSeconds(second), connected, reason);
    }

    private static Availability of(Change before, Change... changes) {
        return Availability.of(before, List.of(changes), FROM, FROM.plusSeconds(SPAN));
    }

    @Test
    void aGoodByeIsNoDropButTheTimeCounts() {
        Availability day = of(change(-5, true, ""), change(900, false, Availability.GOOD_BYE),
                change(1800, true, ""));
        assertThat(day).isEqualTo(new Availability(FROM, 75.0, 0, 900, Availability.GOOD_BYE));
    }

    @Test
    void theWorstReasonIsTheOneThatCostTheMostTime() {
        Availability day = of(change(-5, true, ""), change(10, false, "connection lost"),
                change(20, true, ""),
                change(30, false, "connection lost"), change(40, true, ""),
                change(50, false, "keep-alive passed without a packet"), change(150, true, ""));
        assertThat(day.drops()).isEqualTo(3);
        assertThat(day.longestGapSeconds()).isEqualTo(100);
        assertThat(day.worstReason()).isEqualTo("keep-alive passed without a packet");
    }

    @Test
    void aDeviceThatIsNewIsMeasuredFromItsFirstConnection() {
        Availability day = Availability.of(null, List.of(change(1800, true, "")), FROM,
                FROM.plusSeconds(SPAN));
        assertThat(day.percent()).isEqualTo(100.0);
        assertThat(day.from()).isEqualTo(FROM.plusSeconds(1800));
        assertThat(Availability.of(null, List.of(), FROM, FROM.plusSeconds(SPAN)).percent()).isNull();
    }

    /// By dice, beside a device that is looked at every second.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void itIsAsIfSomebodyLookedEverySecond(long seed) {
        Random dice = new Random(seed);
        List<Change> changes = new ArrayList<>();
        List<String> reasons = List.of("a", "b", Availability.GOOD_BYE);
        Change before = change(-1 - dice.nextInt(100), dice.nextBoolean(), reasons.get(dice.nextInt(3)));
        boolean here = before.connected();
        String reason = before.reason();
        int up = 0;
        int drops = 0;
        int gap = 0;
        int longest = 0;
        Map<String, Integer> lost = new TreeMap<>();
        for (int second = 0; second < SPAN; second++) {
            if (dice.nextInt(40) == 0) {
                boolean connects = dice.nextBoolean();
                Change change = change(second, connects, reasons.get(dice.nextInt(3)));
                changes.add(change);
                if (here && !connects) {
                    reason = change.reason();
                    drops += reason.equals(Availability.GOOD_BYE) ? 0 : 1;
                    gap = 0;
                }
                here = connects;
            }
            if (here) {
                up++;
            } else {
                gap++;
                longest = Math.max(longest, gap);
                lost.merge(reason, 1, Integer::sum);
            }
        }
        Availability found = Availability.of(before, changes, FROM, FROM.plusSeconds(SPAN));
        String what = "seed " + seed;
        assertThat(found.percent()).as(what).isCloseTo(100.0 * up / SPAN, within(0.001));
        assertThat(found.drops()).as(what).isEqualTo(drops);
        assertThat(found.longestGapSeconds()).as(what).isEqualTo(longest);
        if (!lost.isEmpty()) {
            int worst = lost.values().stream().max(Integer::compareTo).orElseThrow();
            assertThat(lost.get(String.valueOf(found.worstReason()))).as(what).isEqualTo(worst);
        }
    }
}
