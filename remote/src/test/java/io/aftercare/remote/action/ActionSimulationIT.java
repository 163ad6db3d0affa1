package io.aftercare.remote.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.Downlink;
import io.aftercare.remote.NoFleet;
import io.aftercare.remote.RemoteConfig;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Surroundings;
import io.aftercare.remote.TestRemote;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/// Requests, approvals, connections, losses, backends that die at any point, answers twice, late or never, and the clock, by
/// dice; beside a plain model that remembers what was allowed. More on demand: `-Dactions.seeds=500`.
class ActionSimulationIT {
    private static final List<DeviceId> DEVICES = List.of(new DeviceId("SN-1"), new DeviceId("SN-2"));
    private static final List<Principal> PEOPLE = List.of(person("ann", Role.AGENT),
            person("eve", Role.ENGINEER),
            person("fay", Role.ENGINEER));
    private static final int STEPS = 150;

    @AutoClose
    private final TestRemote house = new TestRemote();
    private final Vertx vertx = Vertx.vertx();

    private static Principal person(String name, Role role) {
        return new Principal(name, Set.of(role), "", "");
    }

    @Test
    void nothingIsDoneThatWasNotAllowedAndEveryActionEnds() {
        DEVICES.forEach(device -> house.device(device.value()));
        house.database.jdbi()
                .useHandle(handle -> handle.createUpdate("UPDATE fleet.product SET document = :doc")
                        .bindByType("doc", Json.parse("""
                                {"model":"LP-2000","name":"Printer","actions":[
                                {"name":"a","class":"A","params":{"type":"object"},"timeoutSeconds":20},
                                {"name":"b","class":"B","params":{"type":"object"},"timeoutSeconds":20},
                                {"name":"c","class":"C","params":{"type":"object"},"timeoutSeconds":20},
                                {"name":"d","class":"D","params":{"type":"object"},"timeoutSeconds":20}]}"""),
                                JsonNode.class)
                        .execute());
        try {
            int executed = 0;
            int seeds = Integer.getInteger("actions.seeds", 12);
            for (int seed = 1; seed <= seeds; seed++) {
                World world = new World(seed);
                world.run();
                executed += world.executedBy.size();
            }
            assertThat(executed).as("the dice did something").isGreaterThan(seeds * 6);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().join();
        }
    }

    /// The backend's process ends here.
    private static final class Death extends RuntimeException {}

    /// A device that remembers the ids of its actions.
    private static final class Thing {
        private boolean connected;
        private final Map<String, JsonNode> remembered = new HashMap<>();
    }

    private record Said(DeviceId device, String action, JsonNode result) {}

    private final class World extends NoFleet implements Surroundings {
        private final int seed;
        private final Random dice;
        private final Map<DeviceId, Thing> things = new HashMap<>();
        private final List<Said> underWay = new ArrayList<>();
        private final Map<String, Action> over = new HashMap<>();
        /// By the number that each wish carries.
        private final Map<Integer, String> wished = new HashMap<>();
        private final Map<Integer, String> executedBy = new HashMap<>();
        private final Map<String, @Nullable String> approved = new HashMap<>();
        private final Set<String> handed = new HashSet<>();
        private final Set<String> takenBackInTime = new HashSet<>();
        private final List<String> mine = new ArrayList<>();
        private boolean ticketOpen = true;
        private boolean updating;
        private Consent said = Consent.NOT_ASKED;
        private int wishes;
        private Actions actions;

        @Override
        public boolean isBelow(String firmware, String other) {
            return firmware.compareTo(other) < 0;
        }

        World(int seed) {
            this.seed = seed;
            this.dice = new Random(seed);
            DEVICES.forEach(device -> things.put(device, new Thing()));
            this.actions = begun();
        }

        private Actions begun() {
            Downlink downlink = new Downlink() {
                @Override
                public boolean send(DeviceId device, String suffix, byte[] payload) {
                    return hand(device, suffix.substring("actions/".length()), Json.parse(new String(payload,
                            StandardCharsets.UTF_8)));
                }

                @Override
                public boolean reaches(DeviceId device) {
                    return thing(device).connected;
                }
            };
            return new Actions(new RemoteGround(house.database, house.devices, downlink, this, () -> {
            }, new Events(vertx, Clock.systemUTC()), house.meters, house.clock, house.files,
                    RemoteConfig.defaults()
                            .with(new ActionConfig(ConsentPolicy.WHERE_ASKED, 10_000, 10_000, 10_000))));
        }

        private Thing thing(DeviceId device) {
            return Objects.requireNonNull(things.get(device));
        }

        @Override
        public boolean isOpenTicket(String ticket, DeviceId device) {
            return ticketOpen;
        }

        @Override
        public Optional<Build> release(String id) {
            return Optional.empty();
        }

        @Override
        public boolean isUpdating(DeviceId device) {
            return updating;
        }

        @Override
        public Consent consent(DeviceId device, @Nullable String ticket, Purpose purpose) {
            return said;
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                try {
                    step(dice.nextInt(100));
                } catch (Problem refused) {
                    assertThat(refused.status()).as(at("a refusal")).isIn(400, 403, 409);
                } catch (Death died) {
                    things.values().forEach(thing -> thing.connected = false);
                    actions = begun();
                }
                check();
            }
            house.clock.pass(Duration.ofDays(10));
            while (actions.expire(100) > 0) {
                check();
            }
            for (String id : mine) {
                assertThat(now(id).state().isOver()).as(at(id + " ends")).isTrue();
            }
        }

        private String at(String what) {
            return "seed " + seed + ": " + what;
        }

        private void step(int roll) {
            DeviceId device = DEVICES.get(dice.nextInt(DEVICES.size()));
            if (roll < 22) {
                ask(device);
            } else if (roll < 32) {
                decide();
            } else if (roll < 47) {
                thing(device).connected = true;
                actions.connected(device);
            } else if (roll < 54) {
                thing(device).connected = false;
            } else if (roll < 72) {
                answer();
            } else if (roll < 80) {
                actions.lookAround("");
            } else if (roll < 90) {
                house.clock.pass(Duration.ofSeconds(dice.nextInt(15)));
                actions.expire(100);
            } else if (roll < 93) {
                updating = dice.nextInt(4) == 0;
            } else if (roll < 96) {
                ticketOpen = dice.nextInt(4) > 0;
            } else {
                said = dice.nextBoolean()
                        ? Consent.GIVEN
                        : List.of(Consent.values()).get(dice.nextInt(Consent.values().length));
            }
        }

        private void ask(DeviceId device) {
            int number = ++wishes;
            String name = List.of("a", "b", "c", "d").get(dice.nextInt(4));
            Wish wish = Wish.of(name).with(Json.object().put("n", number)).within(Duration.ofSeconds(40))
                    .forTicket("T-1").confirmed(device.value()).keyed("sim:" + seed + ":" + number);
            Principal who = PEOPLE.get(dice.nextInt(PEOPLE.size()));
            try {
                note(number, actions.request(who, device, wish));
            } catch (Death died) {
                // Whoever asked gets no answer and asks again, of the next backend.
                things.values().forEach(thing -> thing.connected = false);
                actions = begun();
                note(number, actions.request(who, device, wish));
            }
            if (dice.nextInt(4) == 0) {
                note(number, actions.request(who, device, wish));
            }
        }

        private void note(int number, Action action) {
            String before = wished.put(number, action.id());
            assertThat(before == null || before.equals(action.id())).as(at("one key, one action")).isTrue();
            if (before == null) {
                mine.add(action.id());
            }
        }

        private void decide() {
            if (mine.isEmpty()) {
                return;
            }
            String id = mine.get(mine.size() - 1 - dice.nextInt(Math.min(6, mine.size())));
            Principal who = PEOPLE.get(dice.nextInt(PEOPLE.size()));
            switch (dice.nextInt(4)) {
                case 0 -> actions.reject(who, id, "no");
                case 1 -> {
                    boolean unsent = !handed.contains(id);
                    actions.cancel(who, id, "no");
                    if (unsent) {
                        takenBackInTime.add(id);
                    }
                }
                default -> {
                    // Said before it is done: the sending is part of it.
                    @Nullable
                    String before = approved.put(id, who.name());
                    try {
                        actions.approve(who, id);
                    } catch (Problem refused) {
                        approved.put(id, before);
                        throw refused;
                    }
                }
            }
        }

        /// Something goes down to a device: perhaps it arrives, perhaps the backend dies before or after.
        private boolean hand(DeviceId device, String id, JsonNode payload) {
            if (!thing(device).connected) {
                return false;
            }
            int fate = dice.nextInt(20);
            if (fate == 0) {
                throw new Death();
            }
            handed.add(id);
            if (fate > 2) {
                arrive(device, id, payload);
            }
            if (fate == 1) {
                throw new Death();
            }
            return true;
        }

        private void arrive(DeviceId device, String id, JsonNode payload) {
            Thing thing = thing(device);
            JsonNode known = thing.remembered.get(id);
            if (known != null) {
                underWay.add(new Said(device, id, known));
                return;
            }
            boolean cancelled = payload.path("cancelled").asBoolean();
            JsonNode result = cancelled
                    ? said("rejected")
                    : said(dice.nextInt(5) == 0 ? "failed" : "succeeded");
            thing.remembered.put(id, result);
            if (!cancelled) {
                execute(id, payload);
                if (dice.nextInt(3) == 0) {
                    underWay.add(new Said(device, id, said("running")));
                }
            }
            if (dice.nextInt(8) > 0) {
                underWay.add(new Said(device, id, result));
            }
        }

        private void execute(String id, JsonNode payload) {
            int number = payload.path("params").path("n").asInt();
            assertThat(executedBy.put(number, id)).as(at("a wish is done once")).isNull();
            assertThat(house.clock.instant()).as(at("not after it expired"))
                    .isBefore(Instant.parse(payload.path("expires").asText()));
            assertThat(takenBackInTime).as(at("not taken back before")).doesNotContain(id);
            String name = payload.path("action").asText();
            assertThat(ticketOpen).as(at("for an open ticket")).isTrue();
            if (!name.equals("a")) {
                assertThat(said).as(at("nobody refused")).isIn(Consent.GIVEN, Consent.NOT_ASKED);
                assertThat(updating).as(at("not in an update")).isFalse();
            }
            if (name.equals("d")) {
                assertThat(approved.get(id)).as(at("by a second person")).isNotNull()
                        .isNotEqualTo(now(id).requestedBy());
            }
        }

        private static JsonNode said(String status) {
            return Json.object().put("status", status);
        }

        private void answer() {
            if (underWay.isEmpty()) {
                return;
            }
            int place = dice.nextInt(underWay.size());
            Said told = dice.nextInt(5) == 0 ? underWay.get(place) : underWay.remove(place);
            DeviceId other = DEVICES.get(told.device().equals(DEVICES.getFirst()) ? 1 : 0);
            if (dice.nextInt(6) == 0) {
                assertThat(actions.result(other, told.action(), told.result())).as(at("another's")).isFalse();
            }
            assertThat(actions.result(told.device(), told.action(), told.result())).as(at("its own"))
                    .isTrue();
        }

        private Action now(String id) {
            return actions.find(Principal.SYSTEM, id);
        }

        /// What is over stays as it is, but for what came late.
        private void check() {
            for (String id : mine) {
                if (over.containsKey(id)) {
                    continue;
                }
                Action now = now(id);
                if (now.state().isOver()) {
                    over.put(id, now);
                }
            }
            if (over.isEmpty()) {
                return;
            }
            Action before = new ArrayList<>(over.values()).get(dice.nextInt(over.size()));
            Action now = now(before.id());
            assertThat(List.of(now.state(), String.valueOf(now.output()), String.valueOf(now.finishedAt())))
                    .as(at("over is over")).isEqualTo(List.of(before.state(), String.valueOf(before.output()),
                            String.valueOf(before.finishedAt())));
        }
    }
}
