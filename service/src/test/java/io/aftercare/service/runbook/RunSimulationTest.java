package io.aftercare.service.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Random procedures under random devices, people, clocks and crashes before the commit, beside a plain reading of what each
/// step's result leads to.
class RunSimulationTest {
    private static final int SEEDS = Integer.getInteger("simulation.seeds", 3_000);
    private static final List<String> ACTIONS = List.of("look", "restart", "reboot", "reset", "self_test");

    /// What a crash leaves.
    private static final class World {
        final Procedure procedure;
        final Random random;
        final String seed;
        /// Wishes in the outbox by key; those that were handed on stay, and may come again.
        final Map<String, Effect.Request> wishes = new LinkedHashMap<>();
        /// What the device was asked for, by the key of the step: the id, and how it ended.
        final Map<String, String> actions = new LinkedHashMap<>();
        final Map<String, String> ends = new LinkedHashMap<>();
        Instant now = Scripts.T0;
        int finished;
        Run run;

        World(Random random, String seed) {
            this.random = random;
            this.seed = seed;
            this.procedure = procedure(random);
            RunFlow.Done begun = Scripts.begun(procedure, random.nextBoolean() ? Scripts.ANN : Asker.RULE);
            this.run = begun.run();
            commit(settle(begun));
        }

        /// Looks at the device as often as the run wants, as one transaction does.
        RunFlow.Done settle(RunFlow.Done first) {
            List<Effect> all = new ArrayList<>();
            List<Effect> open = new ArrayList<>(first.effects());
            Run last = first.run();
            while (!open.isEmpty()) {
                Effect effect = open.removeFirst();
                if (effect instanceof Effect.Look) {
                    RunFlow.Done next = (RunFlow.Done) RunFlow.next(procedure, last,
                            new RunEvent.Looked(Scripts.verdict(random.nextInt(3) > 0)), now);
                    last = next.run();
                    open.addAll(next.effects());
                } else {
                    all.add(effect);
                }
            }
            return new RunFlow.Done(last, all);
        }

        void commit(RunFlow.Done done) {
            assertThat(done.run().lines().subList(0, run.lines().size())).as(seed + ": lines only grow")
                    .isEqualTo(run.lines());
            run = done.run();
            for (Effect effect : done.effects()) {
                if (effect instanceof Effect.Request request) {
                    wishes.put(request.visit() + "/" + request.tries(), request);
                }
                if (effect instanceof Effect.Finish) {
                    finished++;
                }
            }
            assertThat(finished).as(seed + ": it ends once").isEqualTo(run.isOpen() ? 0 : 1);
            assertThat(run.at().wake() == null || run.isOpen()).as(seed).isTrue();
        }

        /// @param crashes whether the process may die before the commit
        void happen(RunEvent event, boolean crashes) {
            Run before = run;
            switch (RunFlow.next(procedure, run, event, now)) {
                case RunFlow.Refused refused -> assertThat(refused.why()).as(seed).isNotBlank();
                case RunFlow.Done done -> {
                    RunFlow.Done settled = settle(done);
                    if (!before.isOpen()) {
                        assertThat(settled.run()).as(seed + ": what is over stays").isEqualTo(before);
                        assertThat(settled.effects()).as(seed).isEmpty();
                    }
                    if (!crashes || random.nextInt(4) > 0) {
                        commit(settled);
                    }
                }
            }
        }

        void handOn(Effect.Request request, boolean crashes) {
            if (!run.isOpen() || run.at().visit() != request.visit()
                    || !(procedure.step(run.at().step()) instanceof Step.Act act)) {
                return;
            }
            String actionClass = Objects.requireNonNull(Scripts.CLASSES.get(act.action()));
            assertThat(run.at().isConfirmed())
                    .as(seed + ": " + act.action() + " is confirmed where it has to be")
                    .isEqualTo(actionClass.equals("C") || actionClass.equals("D"));
            String key = Integer.toString(request.visit());
            if (!actions.containsKey(key) && random.nextInt(6) == 0) {
                happen(new RunEvent.Denied(request.visit(), random.nextBoolean() ? 429 : 409, "not now"),
                        crashes);
                return;
            }
            String id = actions.computeIfAbsent(key, one -> "a" + one);
            String end = ends.get(id);
            happen(new RunEvent.Accepted(request.visit(),
                    new RemoteActions.Asked(id, end == null ? "queued" : end, end != null, null, null)),
                    crashes);
        }

        /// Another process, slower than this one, tells what it asked for.
        void tellLate() {
            int visit = random.nextInt(run.at().visit()) + 1;
            String id = actions.get(Integer.toString(visit));
            if (id != null && visit < run.at().visit()) {
                happen(new RunEvent.Accepted(visit,
                        new RemoteActions.Asked(id, "succeeded", true, null, null)), true);
                happen(new RunEvent.Denied(visit, 409, "too late"), true);
            }
        }

        void end(String id) {
            ends.putIfAbsent(id, random.nextInt(3) == 0 ? "failed" : "succeeded");
        }

        void tell(String id, boolean crashes) {
            String end = ends.get(id);
            if (end != null) {
                happen(new RunEvent.Ended(id, end, null, end.equals("failed") ? "broken" : null), crashes);
            }
        }
    }

    @Test
    void aRunGoesTheWayThatItsResultsSayAndComesToAnEnd() {
        int fixed = 0;
        for (int seed = 0; seed < SEEDS; seed++) {
            World world = new World(new Random(seed), "seed " + seed);
            for (int i = 0; i < 40; i++) {
                step(world, true);
            }
            if (world.random.nextInt(10) == 0) {
                world.happen(new RunEvent.Cancelled(Scripts.ANN, "enough"), false);
            }
            for (int i = 0; i < 20_000 && world.run.isOpen(); i++) {
                step(world, false);
            }
            assertThat(world.run.isOpen()).as("seed " + seed + ": it ends, at " + world.run.at()).isFalse();
            check(world);
            fixed += world.run.end() != null && world.run.end().result() == Result.FIXED ? 1 : 0;
        }
        assertThat(fixed).as("some of them mend something").isGreaterThan(SEEDS / 20);
    }

    private static void step(World world, boolean wild) {
        Random random = world.random;
        List<Effect.Request> wishes = List.copyOf(world.wishes.values());
        List<String> ids = List.copyOf(world.actions.values());
        if (wild && random.nextInt(10) == 0) {
            world.tellLate();
        }
        switch (random.nextInt(7)) {
            case 0, 1 -> {
                if (!wishes.isEmpty()) {
                    world.handOn(wild ? wishes.get(random.nextInt(wishes.size())) : wishes.getLast(), wild);
                }
            }
            case 2 -> {
                if (!ids.isEmpty()) {
                    world.end(ids.get(random.nextInt(ids.size())));
                }
            }
            case 3 -> {
                if (!ids.isEmpty()) {
                    world.tell(wild ? ids.get(random.nextInt(ids.size())) : ids.getLast(), wild);
                }
            }
            case 4 -> world.now = world.now.plus(Duration.ofSeconds(random.nextInt(600)));
            case 5 -> world.happen(new RunEvent.Due(), wild);
            default -> world.happen(said(world), wild);
        }
    }

    private static RunEvent said(World world) {
        Random random = world.random;
        int step = random.nextInt(4) == 0
                ? random.nextInt(world.procedure.steps().size()) + 1
                : world.run.at().step();
        return switch (random.nextInt(3)) {
            case 0 -> new RunEvent.Told(Scripts.ANN, step,
                    List.of("done", "failed", "skipped").get(random.nextInt(3)),
                    "");
            case 1 -> new RunEvent.Answered(Scripts.ANN, step, random.nextBoolean() ? "yes" : "no", "");
            default -> new RunEvent.Confirmed(Scripts.ANN, step, random.nextInt(4) == 0 ? "yes" : "RT-1");
        };
    }

    /// Reads the lines once more, by what the document says of each result.
    private static void check(World world) {
        int expected = 1;
        int visit = 0;
        for (Line line : world.run.lines()) {
            assertThat(line.visit()).as(world.seed).isEqualTo(++visit);
            assertThat(line.step()).as(world.seed + ": " + world.run.lines()).isEqualTo(expected);
            assertThat(line.to()).as(world.seed).isAfterOrEqualTo(line.from());
            if (line.kind().equals("action") && line.data() != null) {
                assertThat(line.data().get("action").asText()).as(world.seed + ": its own action's end")
                        .isEqualTo("a" + line.visit());
            }
            assertThat(line.text()).as(world.seed + ": refused for another step").doesNotContain("too late");
            expected = after(world.procedure, line);
        }
        assertThat(visit).as(world.seed).isLessThanOrEqualTo(Procedure.VISITS_MAX);
        Run.End end = Objects.requireNonNull(world.run.end());
        Line last = world.run.lines().isEmpty() ? null : world.run.lines().getLast();
        if (end.result() == Result.FIXED) {
            assertThat(last).as(world.seed).isNotNull().satisfies(
                    line -> assertThat(world.procedure.step(line.step())).isInstanceOf(Step.End.class));
            assertThat(end.reason()).as(world.seed).startsWith("believed fixed because");
        }
        assertThat(world.ends.keySet()).as(world.seed + ": the device did nothing that no step asked for")
                .isSubsetOf(world.actions.values());
    }

    private static int after(Procedure procedure, Line line) {
        int step = line.step();
        return switch (procedure.step(step)) {
            case Step.Manual manual -> line.result().equals("failed") && manual.onFail() != null
                    ? procedure.target(manual.onFail(), step)
                    : step + 1;
            case Step.Act act -> line.result().equals("done")
                    ? step + 1
                    : act.onFail() == null ? -1 : procedure.target(act.onFail(), step);
            case Step.Check check -> line.result().equals("held")
                    ? step + 1
                    : check.onFail() == null ? -1 : procedure.target(check.onFail(), step);
            case Step.Branch branch -> procedure.target(
                    line.result().equals("held") ? branch.then() : branch.otherwise(), step);
            case Step.Ask ask -> procedure.target(ask.choices().stream()
                    .filter(choice -> choice.answer().equals(line.result())).findFirst().orElseThrow().then(),
                    step);
            case Step.Wait _ -> step + 1;
            case Step.End _ -> -1;
        };
    }

    private static Procedure procedure(Random random) {
        while (true) {
            int length = random.nextInt(7) + 2;
            StringBuilder steps = new StringBuilder("[");
            for (int i = 0; i < length; i++) {
                steps.append("{\"label\":\"s").append(i).append("\",").append(step(random, length))
                        .append("},");
            }
            steps.append("{\"label\":\"s").append(length).append("\",\"end\":{\"result\":\"fixed\"}}]");
            try {
                return ProcedureReader.read(null, Json.parse(steps.toString()));
            } catch (Problem circle) {
                assertThat(circle.getMessage()).contains("with nothing done between");
            }
        }
    }

    private static String step(Random random, int length) {
        String other = "s" + random.nextInt(length + 1);
        String onFail = random.nextBoolean() ? ",\"onFail\":\"" + other + "\"" : "";
        String condition = random.nextBoolean()
                ? "\"fault\":\"cleared\",\"within\":\"PT" + random.nextInt(5) + "M\""
                : "\"metric\":\"memory\",\"op\":\"<\",\"value\":70";
        return switch (random.nextInt(6)) {
            case 0 -> "\"zh\":\"做\",\"en\":\"Do it\"" + onFail;
            case 1 -> "\"action\":{\"action\":\"" + ACTIONS.get(random.nextInt(5)) + "\"" + onFail + "}";
            case 2 -> "\"check\":{" + condition + onFail + "}";
            case 3 -> "\"wait\":\"PT" + (random.nextInt(5) + 1) + "M\"";
            case 4 -> "\"branch\":{\"if\":{" + condition + "},\"then\":\"next\",\"else\":\"" + other + "\"}";
            default ->
                "\"ask\":{\"zh\":\"好吗\",\"en\":\"Well?\",\"choices\":[{\"answer\":\"yes\",\"zh\":\"是\",\"en\":\"Yes\"},"
                        + "{\"answer\":\"no\",\"zh\":\"否\",\"en\":\"No\",\"then\":\"" + other + "\"}]}";
        };
    }
}
