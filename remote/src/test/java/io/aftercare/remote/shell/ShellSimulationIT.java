package io.aftercare.remote.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.action.ActionRoom;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Sessions under random people, a random device and random deaths of the backend, beside a plain model: what the device has said
/// while the session was open, and what it has heard. Whatever happens: nothing opens that another person and the customer did not want, a
/// session that is over takes and gives nothing, and its recording is what was said and heard in it, in order. `-Dsimulation.seeds=300` for more.
class ShellSimulationIT {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 12);
    private static final int STEPS = 150;
    private static final Principal ANNA = engineer("anna");
    private static final Principal BEN = engineer("ben");

    private static Principal engineer(String name) {
        return new Principal(name, Set.of(Role.ENGINEER), "", "");
    }

    private final ShellHouse shells = new ShellHouse();

    /// What the device has said in a session.
    private static final class Terminal {
        private int seq;
        private final StringBuilder shown = new StringBuilder();
    }

    /// One run.
    private final class World {
        private final Random random;
        private final List<String> sessions = new ArrayList<>();
        private final Map<String, Terminal> said = new HashMap<>();
        private ActionRoom actions = new ActionRoom(shells.house.ground);
        private ShellRoom room = room();

        World(long seed) {
            random = new Random(seed);
        }

        private ShellRoom room() {
            return new ShellRoom(shells.house.ground, shells.house.ground.config().shells(),
                    actions.actions());
        }

        private Shell find(String id) {
            return room.shells().find(Principal.SYSTEM, id);
        }

        void step() {
            try {
                act();
            } catch (Problem refusal) {
                assertThat(refusal.status()).as(refusal.getMessage()).isIn(403, 409);
            }
        }

        private void act() {
            if (sessions.isEmpty() || random.nextInt(12) == 0) {
                sessions.add(room.shells()
                        .request(ANNA, ShellHouse.DEVICE, new ShellWish("T-1", "why", 10, "SN-1", null, null))
                        .id());
                return;
            }
            String id = random.nextInt(3) == 0
                    ? sessions.get(random.nextInt(sessions.size()))
                    : sessions.getLast();
            switch (random.nextInt(16)) {
                case 0, 1 -> room.shells().approve(random.nextInt(3) > 0 ? BEN : ANNA, id, Optional.empty());
                case 2, 3 -> deviceAnswers(find(id));
                case 4, 5, 6 -> shows(find(id));
                case 7, 8, 9 -> room.terminals().find(id)
                        .ifPresent(here -> room.terminals().input(here, ("k" + random.nextInt(10)).getBytes(
                                StandardCharsets.UTF_8)));
                case 10 -> ends(id);
                case 11 -> shells.house.clock.pass(Duration.ofSeconds(random.nextInt(240)));
                case 12 -> room.shells().sweep();
                case 13 -> connection();
                case 14 -> shells.house.consents.put(Purpose.SHELL,
                        random.nextInt(4) == 0 ? Consent.WITHDRAWN : Consent.GIVEN);
                default -> crash();
            }
        }

        private void deviceAnswers(Shell shell) {
            String sent = "SN-1/actions/" + shell.action() + " ";
            if (shell.action() != null
                    && shells.house.sent.stream().anyMatch(line -> line.startsWith(sent))) {
                var _ = actions.actions().result(ShellHouse.DEVICE, shell.action(),
                        Json.object().put("status",
                                random.nextInt(6) == 0 ? "rejected" : "succeeded"));
            }
        }

        private void shows(Shell shell) {
            Terminal terminal = said.computeIfAbsent(shell.id(), _ -> new Terminal());
            int seq = random.nextInt(8) == 0 ? terminal.seq : terminal.seq + 1;
            String text = "<" + random.nextInt(1000) + ">";
            room.terminals().output(ShellHouse.DEVICE, shell.id(), Json.text(Json.object().put("seq", seq)
                    .put("data", Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))))
                    .getBytes(StandardCharsets.UTF_8));
            if (shell.state() == ShellState.OPEN && seq > terminal.seq) {
                terminal.seq = seq;
                terminal.shown.append(text);
            }
        }

        private void ends(String id) {
            switch (random.nextInt(4)) {
                case 0 -> room.shells().kill(BEN, id, null);
                case 1 -> room.shells().leave(ANNA, id);
                case 2 -> room.terminals().output(ShellHouse.DEVICE, id,
                        "{\"seq\":0,\"close\":\"exit\"}".getBytes(StandardCharsets.UTF_8));
                default -> room.shells().reject(BEN, id, "no", Optional.empty());
            }
        }

        private void connection() {
            shells.house.connected = random.nextInt(3) > 0;
            room.terminals().connectionChanged(ShellHouse.DEVICE);
            if (shells.house.connected) {
                actions.actions().connected(ShellHouse.DEVICE);
                room.terminals().reachable(ShellHouse.DEVICE);
            }
        }

        // The process is gone, with all that was only in its memory; another one begins with what is committed.
        private void crash() {
            actions = new ActionRoom(shells.house.ground);
            room = room();
            room.shells().recover();
        }

        void check() {
            int current = 0;
            for (String id : sessions) {
                Shell shell = find(id);
                current += shell.isOver() ? 0 : 1;
                if (shell.openedAt() != null) {
                    assertThat(shell.decidedBy()).as("approved, and not by who asked").isEqualTo("ben");
                }
                assertThat(shell.reason() != null).as("a reason once it is over").isEqualTo(shell.isOver());
                assertThat(room.terminals().find(id).isPresent()).as("in memory as in the database")
                        .isEqualTo(shell.state() == ShellState.OPEN);
            }
            assertThat(current).as("one at a time").isLessThanOrEqualTo(1);
        }

        void checkRecordings() throws Exception {
            for (String id : sessions) {
                assertThat(room.recordings().verify(find(id)).why()).isNull();
                CastReader.Read cast = CastReader.read(room.recordings().cast(BEN, find(id)));
                assertThat(cast.text("o"))
                        .isEqualTo(said.containsKey(id) ? said.get(id).shown.toString() : "");
                String heard = String.join("", shells.heard(id).stream().filter(it -> it.has("data"))
                        .map(it -> new String(Base64.getDecoder().decode(it.path("data").asText()),
                                StandardCharsets.UTF_8))
                        .toList());
                // A key is recorded before it goes; the last one may have found nobody there.
                assertThat(cast.text("i")).startsWith(heard).hasSizeLessThanOrEqualTo(heard.length() + 2);
            }
        }

        /// Nothing goes on for ever: when time has passed and everybody has gone, no session is left.
        void end() {
            shells.house.consents.put(Purpose.SHELL, Consent.WITHDRAWN);
            room.shells().sweep();
            assertThat(sessions).allSatisfy(id -> assertThat(find(id).isOver()).isTrue());
        }
    }

    @Test
    void whateverHappensSessionsEndAndRecordingsAreWhole() throws Exception {
        int opened = 0;
        int audited = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            World world = new World(seed);
            try {
                shells.house.connected = true;
                shells.house.consents.put(Purpose.SHELL, Consent.GIVEN);
                for (int step = 0; step < STEPS; step++) {
                    world.step();
                    world.check();
                }
                world.checkRecordings();
                world.end();
                audited += world.sessions.size();
                assertThat(shells.audited("shell.close")).as("each end once").hasSize(audited);
                opened += (int) world.sessions.stream().filter(id -> world.find(id).openedAt() != null)
                        .count();
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
        }
        assertThat(opened).as("some were open, or nothing was shown").isGreaterThan(SEEDS);
    }
}
