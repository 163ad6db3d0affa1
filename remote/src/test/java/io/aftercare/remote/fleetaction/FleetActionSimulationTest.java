package io.aftercare.remote.fleetaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Fleet actions by dice beside a plain model: devices that do it, fail, sleep or break afterwards, and people who pause, resume and
/// abort at any time. Whatever happens, no device begins before its stage is open, no stage opens by itself that the model calls
/// bad, and everything ends. `-Dfleetactions.seeds=50000` for more.
class FleetActionSimulationTest {
    private static final int SEEDS = Integer.getInteger("fleetactions.seeds", 3_000);
    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void stagesOpenOnlyAfterGoodOnesAndEverythingEnds() {
        Map<FleetActionState, Integer> ends = new EnumMap<>(FleetActionState.class);
        for (long seed = 0; seed < SEEDS; seed++) {
            World world = new World(seed);
            try {
                world.live();
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
            }
            ends.merge(world.action.state(), 1, Integer::sum);
        }
        assertThat(ends).containsOnlyKeys(FleetActionState.FINISHED, FleetActionState.ABORTED,
                FleetActionState.EXPIRED, FleetActionState.REJECTED);
    }

    private static final class World {
        private final Random random;
        private final List<Integer> stageOf;
        private final TurnState[] states;
        private final boolean[] faulty;
        private final List<Instant> asked = new ArrayList<>();
        private final int badPercent;
        /// Whether there are people at all.
        private final boolean isAttended;
        private FleetAction action;
        private Instant now = START;
        /// By stage: since when the model has called it good at every look, null for not now.
        private final @Nullable Instant[] goodSince;
        private final int[] forgiven;

        World(long seed) {
            random = new Random(seed);
            int devices = 1 + random.nextInt(60);
            List<FleetPlan.Stage> stages = new ArrayList<>();
            boolean canaries = random.nextBoolean();
            if (canaries) {
                stages.add(FleetPlan.Stage.CANARIES);
            }
            stages.add(new FleetPlan.Stage(null, 1 + random.nextInt(3), false));
            stages.add(new FleetPlan.Stage(20.0 + random.nextInt(30), null, random.nextInt(4) == 0));
            stages.add(new FleetPlan.Stage(100.0, null, false));
            List<String> ids = IntStream.range(0, devices).mapToObj(n -> "SN-" + n).toList();
            stageOf = Stages.places("f" + seed, ids, canaries ? List.of("SN-0") : List.of(), stages).stream()
                    .map(Stages.Place::stage).toList();
            states = new TurnState[devices];
            Arrays.fill(states, TurnState.WAITING);
            faulty = new boolean[devices];
            isAttended = random.nextInt(10) > 0;
            badPercent = random.nextInt(3) == 0 ? 40 : 3;
            FleetPlan.Gate gate = new FleetPlan.Gate(0.8 + random.nextInt(3) / 10.0,
                    0.1 + random.nextInt(3) / 10.0,
                    1 + random.nextInt(5), Duration.ofSeconds(random.nextInt(3) * 30L), true,
                    random.nextBoolean() ? FleetPlan.Stop.PAUSE : FleetPlan.Stop.ABORT);
            action = FleetAction.made("f" + seed, "ann",
                    new FleetPlan(stages, gate, null, 60 + random.nextInt(200),
                            Duration.ofHours(1)),
                    random.nextBoolean(), now, now.plus(Duration.ofHours(2)));
            goodSince = new Instant[stages.size()];
            forgiven = new int[stages.size()];
        }

        void live() {
            int steps = 0;
            while (!action.state().isOver() || has(TurnState.ASKED)) {
                assertThat(steps++).as("steps without an end").isLessThan(50_000);
                switch (random.nextInt(8)) {
                    case 0, 1, 2 -> look();
                    case 3, 4, 5 -> device(random.nextInt(states.length));
                    case 6 -> {
                        if (isAttended) {
                            people();
                        }
                    }
                    default -> now = now.plusSeconds(random.nextInt(30));
                }
            }
            assertThat(states).doesNotContain(TurnState.WAITING, TurnState.ASKED);
        }

        private boolean has(TurnState state) {
            return List.of(states).contains(state);
        }

        private void look() {
            FleetAction before = action;
            List<Tally> tallies = tallies();
            model(before);
            int lastMinute = (int) asked.stream().filter(at -> at.isAfter(now.minusSeconds(60))).count();
            carryOut(before.next(new FleetEvent.Tick(tallies, lastMinute), now));
            for (int stage = before.stage() + 1; before.state() == FleetActionState.RUNNING
                    && stage <= action.stage()
                    && action.stages().get(stage).openedAt() != null; stage++) {
                Instant good = goodSince[stage - 1];
                assertThat(isEmpty(stage - 1) || good != null
                        && !now.isBefore(good.plus(before.plan().gate().soak())))
                        .as("stage " + stage + " opens after a good one").isTrue();
            }
            if (before.state() == FleetActionState.RUNNING && now.isBefore(before.deadline())
                    && failsTooOften(before)) {
                assertThat(action.state()).as("too many failures stop it").isIn(FleetActionState.PAUSED,
                        FleetActionState.ABORTED);
            }
        }

        // counted the slow way
        private void model(FleetAction before) {
            for (int stage = 0; stage <= before.stage(); stage++) {
                int good = 0;
                int counted = 0;
                for (int i = 0; i < states.length; i++) {
                    if (stageOf.get(i) == stage && states[i] != TurnState.SKIPPED
                            && states[i] != TurnState.UNREACHED
                            && states[i] != TurnState.CANCELLED) {
                        counted++;
                        good += states[i] == TurnState.SUCCEEDED && !faulty[i] ? 1 : 0;
                    }
                }
                boolean isGood = good > 0 && good >= before.plan().gate().success() * counted;
                if (before.state() == FleetActionState.RUNNING) {
                    goodSince[stage] = !isGood ? null : goodSince[stage] == null ? now : goodSince[stage];
                }
            }
        }

        private boolean failsTooOften(FleetAction before) {
            boolean bad = false;
            for (int stage = 0; stage <= before.stage(); stage++) {
                int failed = failed(stage);
                int ended = failed;
                int members = 0;
                for (int i = 0; i < states.length; i++) {
                    ended += stageOf.get(i) == stage && states[i] == TurnState.SUCCEEDED && !faulty[i]
                            ? 1
                            : 0;
                    members += stageOf.get(i) == stage && states[i] != TurnState.SKIPPED
                            && states[i] != TurnState.UNREACHED && states[i] != TurnState.CANCELLED ? 1 : 0;
                }
                int news = failed - forgiven[stage];
                bad |= news > 0 && ended >= Math.min(members, before.plan().gate().minimum())
                        && news >= before.plan().gate().error() * ended;
            }
            return bad;
        }

        private int failed(int stage) {
            return (int) IntStream.range(0, states.length).filter(i -> stageOf.get(i) == stage
                    && (states[i] == TurnState.FAILED || states[i] == TurnState.SUCCEEDED && faulty[i]))
                    .count();
        }

        private boolean isEmpty(int stage) {
            return !stageOf.contains(stage);
        }

        private List<Tally> tallies() {
            List<Tally> tallies = new ArrayList<>();
            for (int stage = 0; stage < action.stages().size(); stage++) {
                Tally tally = Tally.EMPTY;
                for (int i = 0; i < states.length; i++) {
                    tally = stageOf.get(i) == stage ? tally.plus(states[i], faulty[i], 1) : tally;
                }
                tallies.add(tally);
            }
            return tallies;
        }

        private void carryOut(FleetAction.Decision decision) {
            action = decision.next();
            for (FleetEffect effect : decision.effects()) {
                switch (effect) {
                    case FleetEffect.Ask ask -> begin(ask);
                    case FleetEffect.Drop drop -> {
                        for (int i = 0; i < states.length; i++) {
                            states[i] = states[i] == TurnState.WAITING ? after(i, drop.event()) : states[i];
                        }
                    }
                }
            }
        }

        private TurnState after(int device, TurnEvent event) {
            return states[device].after(event).orElseThrow();
        }

        private void begin(FleetEffect.Ask ask) {
            assertThat(action.state()).isEqualTo(FleetActionState.RUNNING);
            int begun = 0;
            for (int i = 0; i < states.length && begun < ask.max(); i++) {
                if (states[i] == TurnState.WAITING && stageOf.get(i) <= ask.stage()) {
                    assertThat(action.stages().get(stageOf.get(i)).openedAt()).as("its stage is open")
                            .isNotNull();
                    states[i] = after(i, TurnEvent.ASK);
                    asked.add(now);
                    begun++;
                }
            }
            long minute = asked.stream().filter(at -> at.isAfter(now.minusSeconds(60))).count();
            assertThat(minute).isLessThanOrEqualTo(action.plan().devicesPerMinute());
        }

        private void device(int device) {
            if (states[device] == TurnState.SUCCEEDED) {
                faulty[device] |= random.nextInt(100) < badPercent / 3;
            } else if (states[device] == TurnState.ASKED) {
                int dice = random.nextInt(100);
                TurnEvent event = dice < badPercent
                        ? TurnEvent.FAIL
                        : dice > 95
                                ? List.of(TurnEvent.MISS, TurnEvent.SKIP, TurnEvent.CANCEL)
                                        .get(random.nextInt(3))
                                : dice > 90 && !action.state().isOver() ? TurnEvent.DEFER : TurnEvent.SUCCEED;
                states[device] = after(device, event);
            }
        }

        private void people() {
            @Nullable
            FleetEvent event = switch (random.nextInt(60)) {
                case 0, 1 -> new FleetEvent.Approve(random.nextBoolean() ? "ann" : "ben");
                case 2 -> random.nextInt(5) == 0
                        ? new FleetEvent.Reject("ben", "no")
                        : new FleetEvent.Approve("ben");
                case 3 -> new FleetEvent.Pause("cid", "lunch");
                case 4, 5, 6, 7 -> new FleetEvent.Resume(tallies());
                case 8 -> new FleetEvent.Advance();
                case 9 ->
                    random.nextInt(8) == 0 ? new FleetEvent.Abort("cid", "enough") : new FleetEvent.Advance();
                default -> null;
            };
            if (event == null) {
                return;
            }
            FleetActionState before = action.state();
            try {
                FleetAction.Decision decision = action.next(event, now);
                assertThat(before.isOver()).as(before + " takes nothing more").isFalse();
                if (event instanceof FleetEvent.Approve approve) {
                    assertThat(approve.by()).isNotEqualTo("ann");
                }
                if (event instanceof FleetEvent.Resume) {
                    IntStream.rangeClosed(0, action.stage())
                            .forEach(stage -> forgiven[stage] = failed(stage));
                }
                carryOut(decision);
            } catch (Problem refused) {
                assertThat(refused.status()).isEqualTo(409);
            }
        }
    }
}
