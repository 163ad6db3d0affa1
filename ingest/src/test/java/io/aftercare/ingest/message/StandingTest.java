package io.aftercare.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.message.Standing.Moment;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StandingTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Map<String, Standing> all = new TreeMap<>();
    private ObjectNode desired = Json.object();
    private ObjectNode reported = Json.object();
    private int version;
    private Instant now = START;

    private KeyState want(String key, int value) {
        desired = desired.deepCopy().put(key, value);
        version++;
        return settle(Set.of(key), key);
    }

    private KeyState report(String key, int value) {
        reported = reported.deepCopy().put(key, value);
        return settle(Set.of(), key);
    }

    private KeyState settle(Set<String> wanted, String key) {
        now = now.plusSeconds(1);
        all = Standing.after(all, new Moment(new Shadow(reported, desired, version), wanted, now));
        return standing(key).state();
    }

    private Standing standing(String key) {
        return Objects.requireNonNull(all.get(key));
    }

    @Test
    void aWishIsPendingUntilTheDeviceHasIt() {
        assertThat(want("a", 1)).isEqualTo(KeyState.PENDING);
        reported.put("b", 7);
        assertThat(settle(Set.of(), "a")).as("a report of something else").isEqualTo(KeyState.PENDING);
        assertThat(all).containsOnlyKeys("a");
        assertThat(report("a", 1)).isEqualTo(KeyState.IN_SYNC);
        assertThat(standing("a").wantedAt()).isEqualTo(START.plusSeconds(1));
    }

    @Test
    void whatWasSoAndIsNotAnyMoreHasDrifted() {
        reported.put("a", 1);
        assertThat(want("a", 1)).isEqualTo(KeyState.IN_SYNC);
        assertThat(report("a", 2)).isEqualTo(KeyState.DRIFTED);
        assertThat(Standing.differsSince(all)).contains(START.plusSeconds(2));
        assertThat(report("a", 3)).isEqualTo(KeyState.DRIFTED);
        assertThat(Standing.differsSince(all)).as("since the first of it").contains(START.plusSeconds(2));
        assertThat(report("a", 1)).isEqualTo(KeyState.IN_SYNC);
        assertThat(Standing.differsSince(all)).isEmpty();
    }

    @Test
    void aReportFromBeforeTheWishIsNoRefusal() {
        reported.put("a", 1);
        want("a", 2);
        assertThat(report("a", 1)).isEqualTo(KeyState.PENDING);
        reported.put(Shadow.VERSION, 0);
        assertThat(report("a", 1)).isEqualTo(KeyState.PENDING);
        reported.put(Shadow.VERSION, 1);
        assertThat(report("a", 1)).isEqualTo(KeyState.DRIFTED);
    }

    @Test
    void anAcknowledgementOfWhatWasNeverWantedIsNone() {
        want("a", 2);
        for (String said : new String[]{"2", "99999999999999", "-1", "\"1\"", "1.5", "null"}) {
            reported = (ObjectNode) Json.parse("{\"desiredVersion\":" + said + "}");
            assertThat(settle(Set.of(), "a")).as(said).isEqualTo(KeyState.PENDING);
        }
    }

    @Test
    void onlyADeviceThatCountsVersionsHearsThem() {
        desired.put("a", 1);
        assertThat(new Shadow(Json.object(), desired, 3).told(Set.of())).isEqualTo(desired);
        ObjectNode counts = Json.object().put(Shadow.VERSION, 2);
        assertThat(new Shadow(counts, desired, 3).told(Set.of()).toString())
                .isEqualTo("{\"a\":1,\"desiredVersion\":3}");
        assertThat(new Shadow(counts.deepCopy().put("a", 1), desired, 3).told(Set.of()).toString())
                .as("nothing to do but to say so").isEqualTo("{\"desiredVersion\":3}");
        assertThat(new Shadow(counts.deepCopy().put("a", 1), desired, 2).told(Set.of()).isEmpty()).isTrue();
    }

    /// A device that does what it hears, late, and whose reports come late: one that counts versions never drifts, and in the
    /// end each has all that is wanted.
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void anObedientDeviceEndsAsWantedAndOneThatCountsNeverDrifts(long seed) {
        for (boolean counts : new boolean[]{true, false}) {
            obey(new Random(seed), counts, "seed " + seed + (counts ? ", counting" : ""));
        }
    }

    private void obey(Random dice, boolean counts, String what) {
        all = new TreeMap<>();
        desired = Json.object();
        reported = Json.object();
        version = 0;
        Deque<ObjectNode> down = new ArrayDeque<>();
        Deque<ObjectNode> up = new ArrayDeque<>();
        ObjectNode device = Json.object();
        if (counts) {
            device.put(Shadow.VERSION, 0);
        }
        up.add(device.deepCopy());
        for (int wishes = 60; wishes > 0 || !down.isEmpty() || !up.isEmpty();) {
            int chance = dice.nextInt(3);
            if (chance == 0 && wishes > 0) {
                wishes--;
                wish(dice, down);
            } else if (chance == 1 && !down.isEmpty()) {
                MessageStore.merge(device, down.remove());
                up.add(device.deepCopy());
            } else if (chance == 2 && !up.isEmpty()) {
                hear(up.remove(), down);
            }
            if (counts) {
                assertThat(all.values()).as(what).extracting(Standing::state)
                        .doesNotContain(KeyState.DRIFTED);
            }
        }
        desired.fieldNames().forEachRemaining(
                key -> assertThat(device.get(key)).as(what + " " + key).isEqualTo(desired.get(key)));
        assertThat(all.values()).as(what).extracting(Standing::state).containsOnly(KeyState.IN_SYNC);
    }

    private void wish(Random dice, Deque<ObjectNode> down) {
        String key = "k" + dice.nextInt(3);
        ObjectNode before = desired.deepCopy();
        ObjectNode patch = Json.object();
        if (dice.nextInt(6) == 0 && reported.has(Shadow.VERSION)) {
            patch.putNull(key);
        } else {
            patch.put(key, dice.nextInt(3));
        }
        ObjectNode after = desired.deepCopy();
        MessageStore.merge(after, patch);
        Set<String> changed = Desired.changed(before, after);
        if (changed.isEmpty()) {
            return;
        }
        desired = after;
        version++;
        now = now.plusSeconds(1);
        Set<String> besides = Standing.unsettled(all);
        besides.retainAll(changed);
        Shadow shadow = new Shadow(reported.deepCopy(), desired, version);
        all = Standing.after(all, new Moment(shadow, changed, now));
        besides.addAll(Standing.unheard(all, shadow));
        say(shadow.told(besides), down);
    }

    private void hear(ObjectNode report, Deque<ObjectNode> down) {
        MessageStore.merge(reported, report);
        now = now.plusSeconds(1);
        Shadow shadow = new Shadow(reported.deepCopy(), desired, version);
        all = Standing.after(all, new Moment(shadow, Set.of(), now));
        if (shadow.isBehind()) {
            say(shadow.told(Standing.unheard(all, shadow)), down);
        }
    }

    private static void say(ObjectNode told, Deque<ObjectNode> down) {
        if (!told.isEmpty()) {
            down.add(told);
        }
    }
}
