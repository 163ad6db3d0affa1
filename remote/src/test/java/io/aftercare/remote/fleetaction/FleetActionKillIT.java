package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.remote.TestRemote;
import io.aftercare.remote.action.TestExpiry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A backend that dies at random places while a fleet action runs: between marking and asking, between asking and sending, between
/// sending and noting that. Devices come and go, answer, fail, and say everything twice. `-Dfleetactions.kills=200` for more.
class FleetActionKillIT {
    private static final int SEEDS = Integer.getInteger("fleetactions.kills", 10);
    private static final int DEVICES = 8;
    private static final int STEPS_MAX = 5_000;

    private static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    @Test
    void noDeviceDoesItTwiceAndEveryTurnEnds() throws Exception {
        int kills = 0;
        try (TestRemote house = new TestRemote()) {
            IntStream.range(0, DEVICES).forEach(i -> house.device("SN-" + i));
            for (long seed = 0; seed < SEEDS; seed++) {
                World world = new World(house, seed);
                try {
                    world.live();
                } catch (AssertionError | RuntimeException e) {
                    throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
                }
                kills += world.kills;
                house.clock.pass(Duration.ofDays(2));
                TestExpiry.expire(house.remote.actions());
            }
        }
        System.out.println("Fleet actions: " + SEEDS + " seeds, " + kills + " kills");
        assertThat(kills).isGreaterThan(SEEDS);
    }

    private static final class World {
        private final TestRemote house;
        private final Random random;
        private final String id;
        /// What each device has received and not done yet, as action ids.
        private final Map<String, Set<String>> received = new HashMap<>();
        private final Map<String, Set<String>> done = new HashMap<>();
        /// Devices that got an action of which the backend does not know that it was sent, for it died in that moment.
        private final Set<String> unnoted = new HashSet<>();
        private int heard;
        private int seen;
        private int kills;

        World(TestRemote house, long seed) throws Exception {
            this.house = house;
            this.random = new Random(seed);
            house.trouble = () -> {
            };
            house.connected = true;
            house.sent.clear();
            String devices = IntStream.range(0, DEVICES).mapToObj(i -> "\"SN-" + i + "\"")
                    .collect(Collectors.joining(","));
            JsonNode made = house.as("e:engineer", "POST", "/fleet-actions",
                    """
                            {"action":"set_interval","params":{"seconds":5},"model":"LP-2000","why":"kills","devices":[%s],
                            "gate":{"error":1,"success":0.3,"soak":"PT30S"},"expiresIn":"PT20M","deadline":"P1D","confirm":%d}"""
                            .formatted(devices, DEVICES))
                    .json();
            this.id = made.path("id").asText();
            if (made.path("state").asText().equals("awaiting-approval")) {
                assertThat(house.as("f:engineer", "POST", "/fleet-actions/" + id + "/approve", null).status())
                        .isEqualTo(200);
            }
            house.trouble = () -> {
                boolean sending = house.sent.size() > seen;
                seen = house.sent.size();
                if (random.nextInt(40) == 0) {
                    if (sending) {
                        unnoted.add(house.sent.getLast().split("/", 2)[0]);
                    }
                    throw new Killed();
                }
            };
        }

        void live() throws Exception {
            int steps = 0;
            while (!over()) {
                assertThat(steps++).as("steps without an end").isLessThan(STEPS_MAX);
                String device = "SN-" + random.nextInt(DEVICES);
                switch (random.nextInt(8)) {
                    case 0, 1 -> survive(house.remote.fleetActions()::round);
                    case 2 -> comeOrGo(device);
                    case 3 -> {
                        house.clock.pass(Duration.ofSeconds(random.nextInt(120)));
                        survive(() -> TestExpiry.expire(house.remote.actions()));
                    }
                    case 4 -> resume();
                    default -> work(device);
                }
                hear();
            }
            done.forEach((device, actions) -> assertThat(actions).as(device + " did it once")
                    .hasSizeLessThanOrEqualTo(unnoted.contains(device) ? 2 : 1));
            for (Turn turn : turns()) {
                assertThat(turn.state().isOver()).isTrue();
                boolean succeeded = turn.state() == TurnState.SUCCEEDED;
                assertThat(!succeeded || done.containsKey(turn.device())).as(turn.toString()).isTrue();
            }
        }

        private boolean over() {
            return turns().stream().allMatch(turn -> turn.state().isOver());
        }

        private List<Turn> turns() {
            return house.database.jdbi()
                    .withHandle(handle -> TurnSql.list(handle, id, null, null, 0, DEVICES));
        }

        private void survive(Runnable work) {
            try {
                work.run();
            } catch (Killed e) {
                kills++;
            }
        }

        private void comeOrGo(String device) {
            DeviceId each = new DeviceId(device);
            if (house.away.remove(each)) {
                survive(() -> house.remote.actions().connected(each));
            } else {
                house.away.add(each);
            }
        }

        // a person goes on whatever the gate says
        private void resume() throws Exception {
            house.as("e:engineer", "POST", "/fleet-actions/" + id + "/resume", null);
        }

        private void hear() {
            List<String> sent = new ArrayList<>(house.sent);
            for (String line : sent.subList(heard, sent.size())) {
                String[] parts = line.split("[/ ]", 4);
                received.computeIfAbsent(parts[0], _ -> new HashSet<>()).add(parts[2]);
            }
            heard = sent.size();
        }

        // what was received is done once for each action's id, and answered once or twice
        private void work(String device) {
            Set<String> waiting = received.getOrDefault(device, Set.of());
            if (waiting.isEmpty() || house.away.contains(new DeviceId(device))) {
                return;
            }
            String action = waiting.iterator().next();
            done.computeIfAbsent(device, _ -> new HashSet<>()).add(action);
            String status = random.nextInt(5) == 0 ? "failed" : "succeeded";
            for (int i = 0; i <= random.nextInt(2); i++) {
                survive(() -> house.remote.actions().result(new DeviceId(device), action,
                        Json.object().put("status", status)));
            }
        }
    }
}
