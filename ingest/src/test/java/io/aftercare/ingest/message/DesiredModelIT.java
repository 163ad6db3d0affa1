package io.aftercare.ingest.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.MutableClock;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.DeviceToken;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Wishes, rollbacks and reports by dice, beside a model that keeps everything and looks at all of it each time.
class DesiredModelIT {
    private static final Principal EVE = new Principal("eve", Set.of(Role.ENGINEER), "", "");
    private static final int STEPS = 60;

    private static Database database;
    private static Devices devices;

    @BeforeAll
    static void start() {
        database = TestDatabase.create("ingest");
        devices = new Devices(database);
        database.jdbi().useHandle(handle -> handle
                .execute("INSERT INTO fleet.product (model, name, document) VALUES ('m', 'M', '{}')"));
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    /// What happened, in order: a version that was made (with its document) or the whole state after a report.
    private record Happened(Map<String, Integer> desired, Map<String, Integer> reported, int version,
            Set<String> wanted, int acknowledged) {}

    private final MutableClock clock = new MutableClock();
    private final List<Happened> past = new ArrayList<>();
    private final List<Map<String, Integer>> versions = new ArrayList<>(List.of(Map.of()));
    private Map<String, Integer> reported = new TreeMap<>();
    private int acknowledged = -1;

    private void happened(Set<String> wanted) {
        past.add(new Happened(versions.getLast(), new TreeMap<>(reported), versions.size() - 1, wanted,
                acknowledged));
    }

    /// How a member stands, from all that happened since it was wanted so.
    private String expected(String key) {
        int wantedAt = IntStream.range(0, past.size()).filter(i -> past.get(i).wanted().contains(key)).max()
                .orElseThrow();
        int wantedIn = past.get(wantedAt).version();
        Integer value = versions.getLast().get(key);
        String state = "pending";
        for (Happened one : past.subList(wantedAt, past.size())) {
            boolean same = Objects.equals(value, one.reported().get(key));
            boolean knows = one.acknowledged() >= 0 && one.acknowledged() <= one.version();
            if (same) {
                state = "inSync";
            } else if (knows && one.acknowledged() >= wantedIn || !knows && state.equals("inSync")) {
                state = "drifted";
            } else if (knows && state.equals("inSync")) {
                state = "pending";
            }
        }
        return state;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void versionsAndStandingsAreAsTheModelSays(long seed) {
        Random dice = new Random(seed);
        Device device = device("D-" + seed);
        Desired desired = new Desired(database, clock);
        MessageStore store = new MessageStore(database);
        boolean counts = seed % 2 == 0;
        for (int step = 0; step < STEPS; step++) {
            clock.pass(Duration.ofSeconds(1));
            String what = "seed " + seed + " step " + step;
            switch (dice.nextInt(4)) {
                case 0, 1 -> patch(desired, device, dice);
                case 2 -> rollBack(desired, device, dice, what);
                default -> report(store, device, dice, counts);
            }
            check(desired, store, device, what);
        }
    }

    private void patch(Desired desired, Device device, Random dice) {
        Map<String, Integer> after = new TreeMap<>(versions.getLast());
        ObjectNode patch = Json.object();
        for (int i = 0; i <= dice.nextInt(2); i++) {
            String key = "k" + dice.nextInt(4);
            if (dice.nextInt(4) == 0) {
                patch.putNull(key);
                after.remove(key);
            } else {
                int value = dice.nextInt(3);
                patch.put(key, value);
                after.put(key, value);
            }
        }
        desired.change(device, new Desired.Wish(EVE, versions.size() - 1, "", null), patch);
        next(after);
    }

    private void rollBack(Desired desired, Device device, Random dice, String what) {
        int to = dice.nextInt(versions.size());
        if (dice.nextInt(5) == 0) {
            int old = versions.size() + dice.nextInt(3);
            assertThat(refusal(() -> desired.rollBack(device, new Desired.Wish(EVE, old, "", null), to)))
                    .as(what).isEqualTo(412);
            return;
        }
        desired.rollBack(device, new Desired.Wish(EVE, versions.size() - 1, "", null), to);
        next(new TreeMap<>(versions.get(to)));
    }

    private static int refusal(Runnable work) {
        try {
            work.run();
            return 200;
        } catch (Problem problem) {
            return problem.status();
        }
    }

    private void next(Map<String, Integer> after) {
        Map<String, Integer> before = versions.getLast();
        if (after.equals(before)) {
            return;
        }
        Set<String> wanted = Desired.changed((ObjectNode) Json.tree(before), (ObjectNode) Json.tree(after));
        versions.add(after);
        happened(wanted);
    }

    private void report(MessageStore store, Device device, Random dice, boolean counts) {
        ObjectNode report = Json.object();
        String key = "k" + dice.nextInt(4);
        int value = versions.getLast().getOrDefault(key, 0);
        if (dice.nextInt(3) == 0) {
            value = dice.nextInt(3);
        }
        report.put(key, value);
        reported.put(key, value);
        if (counts) {
            acknowledged = dice.nextInt(versions.size() + 1);
            report.put(Shadow.VERSION, acknowledged);
        }
        store.state(device, report, clock.instant());
        happened(Set.of());
    }

    private void check(Desired desired, MessageStore store, Device device, String what) {
        Shadow shadow = store.shadow(device);
        assertThat(shadow.version()).as(what).isEqualTo(versions.size() - 1);
        assertThat(shadow.desired()).as(what).isEqualTo(Json.tree(versions.getLast()));
        Map<String, String> expected = new TreeMap<>();
        versions.getLast().keySet().forEach(key -> expected.put(key, expected(key)));
        Map<String, Standing> standings = desired.standings(device);
        Map<String, String> found = new TreeMap<>();
        standings.forEach((key, standing) -> found.put(key, standing.state().text()));
        assertThat(found).as(what).isEqualTo(expected);
        boolean listed = database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT EXISTS (SELECT FROM ingest.desired_state WHERE device = :device
                    AND differs_since IS NOT NULL)""").bind("device", device.number()).mapTo(Boolean.class)
                .one());
        assertThat(listed).as(what)
                .isEqualTo(expected.values().stream().anyMatch(one -> !one.equals("inSync")));
        List<DesiredStore.Version> kept = desired.versions(device, Long.MAX_VALUE, 1000);
        assertThat(kept).as(what).hasSize(Math.min(versions.size() - 1, DesiredStore.VERSIONS_MAX));
        kept.forEach(version -> assertThat(version.document()).as(what)
                .isEqualTo(Json.tree(versions.get(version.version()))));
    }

    private static Device device(String id) {
        database.jdbi().useHandle(handle -> handle
                .createUpdate("INSERT INTO fleet.device (id, model, token_hash) VALUES (:id, 'm', :hash)")
                .bind("id", id).bind("hash", DeviceToken.random().hash()).execute());
        return devices.find(new DeviceId(id)).orElseThrow();
    }
}
