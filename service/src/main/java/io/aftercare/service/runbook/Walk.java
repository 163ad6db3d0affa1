package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.runbook.Run.At;
import io.aftercare.service.runbook.Run.End;
import io.aftercare.service.runbook.Run.Memory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One decision of [RunFlow] in the making: the run as it becomes, and what is to be done of it. Every change of state passes
/// [#become], which knows the table. Used once, by one thread.
final class Walk {
    /// What a device says is shown, and never more of it than this.
    private static final int TEXT_MAX = 500;
    private static final int SELF_TEST_MAX = 16_000;

    private final Procedure procedure;
    private final Instant now;
    private final List<Effect> effects = new ArrayList<>();
    private final List<Line> lines;
    private Run run;
    private RunState state;
    private At at;
    private Memory memory;

    Walk(Procedure procedure, Run run, Instant now) {
        this.procedure = procedure;
        this.run = run;
        this.now = now;
        this.state = run.state();
        this.at = run.at();
        this.memory = run.memory();
        this.lines = new ArrayList<>(run.lines());
    }

    /// As it was before.
    Run run() {
        return run;
    }

    RunState state() {
        return state;
    }

    /// Number of the step that it is at.
    int number() {
        return at.step();
    }

    Step step() {
        return procedure.step(at.step());
    }

    int visit() {
        return at.visit();
    }

    int tries() {
        return at.tries();
    }

    @Nullable
    String action() {
        return at.action();
    }

    String classOf(Step.Act act) {
        return memory.classes().getOrDefault(act.action(), "D");
    }

    int target(String label) {
        return procedure.target(label, at.step());
    }

    boolean isDue() {
        return state.isOpen() && at.wake() != null && !now.isBefore(at.wake());
    }

    boolean isTimeUp(Condition condition) {
        return !now.isBefore(at.since().plus(condition.patience()));
    }

    /// Who confirmed the action of this step, null where nobody had to.
    @Nullable
    String confirmer() {
        return at.isConfirmed() ? at.asker().name() : null;
    }

    void tell(String text, @Nullable JsonNode data) {
        effects.add(new Effect.Tell(now, text, data));
    }

    /// Comes to a step.
    void enter(int number) {
        if (number > procedure.steps().size()) {
            finish(RunState.DONE, Result.COMPLETED, "every step is done");
            return;
        }
        if (at.visit() >= Procedure.VISITS_MAX) {
            finish(RunState.FAILED, null, "it went through " + at.visit() + " steps and came to no end");
            return;
        }
        at = new At(number, at.visit() + 1, now, null, null, run.head().startedBy(), false, 0);
        switch (step()) {
            case Step.Manual _, Step.Ask _ -> become(RunState.WAITING_PERSON);
            case Step.Act act -> {
                if (Set.of("A", "B").contains(classOf(act))) {
                    request();
                } else {
                    become(RunState.WAITING_PERSON);
                    tell("Waits for somebody to confirm " + act.action() + ", class " + classOf(act),
                            Json.object()
                                    .put("says", "waits-confirmation").put("action", act.action())
                                    .put("class", classOf(act)));
                }
            }
            case Step.Check check -> look(check.is());
            case Step.Branch branch -> look(branch.when());
            case Step.Wait wait -> {
                become(RunState.WAITING_TIME);
                wake(now.plus(wait.length()));
            }
            case Step.End end -> {
                leave("done", end.reason().isEmpty() ? end.result().text() : end.reason(), null, null, null);
                finish(RunState.DONE, end.result(), end.reason());
            }
        }
    }

    void look(Condition condition) {
        become(RunState.WAITING_TIME);
        wake(now);
        effects.add(new Effect.Look(condition));
    }

    void lookAgain(Duration pause, Condition condition) {
        Instant end = at.since().plus(condition.patience());
        Instant next = now.plus(pause);
        wake(next.isAfter(end) ? end : next);
    }

    void request() {
        if (state != RunState.WAITING_DEVICE) {
            become(RunState.RUNNING);
        }
        at = new At(at.step(), at.visit(), at.since(),
                state == RunState.WAITING_DEVICE ? now.plus(Duration.ofMinutes(10)) : null,
                at.action(), at.asker(), at.isConfirmed(), at.tries() + 1);
        effects.add(new Effect.Request(at.visit(), at.tries()));
    }

    void confirmed(Asker who) {
        at = new At(at.step(), at.visit(), at.since(), at.wake(), at.action(), who, true, at.tries());
    }

    void waitForDevice(String action, Duration longest) {
        become(RunState.WAITING_DEVICE);
        Instant end = at.since().plus(longest);
        at = new At(at.step(), at.visit(), at.since(),
                end.isAfter(now) ? end : now.plus(Duration.ofMinutes(10)), action,
                at.asker(), at.isConfirmed(), at.tries());
    }

    void putOff(Duration pause) {
        become(RunState.WAITING_TIME);
        wake(now.plus(pause));
    }

    /// The device did something: samples from before say nothing of it.
    void acted(@Nullable JsonNode selfTest) {
        boolean isKept = selfTest != null && Json.text(selfTest).length() <= SELF_TEST_MAX;
        memory = new Memory(memory.classes(), memory.before(), now,
                isKept ? selfTest : memory.selfTest());
    }

    /// Leaves the step for the one after it.
    void pass(String result, String text, @Nullable String note, @Nullable String person,
            @Nullable JsonNode data) {
        int number = at.step();
        leave(result, text, note, person, data);
        enter(number + 1);
    }

    /// Leaves a step that failed, for where it leads then.
    ///
    /// @param otherwise what the run ends with where it leads nowhere; null for a failure
    void miss(String result, String text, @Nullable JsonNode data, @Nullable String onFail,
            @Nullable Result otherwise) {
        int next = onFail == null ? 0 : target(onFail);
        leave(result, text, null, confirmer(), data);
        if (next > 0) {
            enter(next);
        } else {
            finish(otherwise == null ? RunState.FAILED : RunState.DONE, otherwise, text);
        }
    }

    /// Writes down what the step showed.
    void leave(String result, String said, @Nullable String note, @Nullable String person,
            @Nullable JsonNode data) {
        String text = brief(said);
        lines.add(new Line(at.visit(), at.step(), step().kind(), at.since(), now, result, text, note, person,
                data));
        var told = Json.object().put("run", Long.toString(run.head().id())).put("step", at.step())
                .put("result", result).put("says", "step").put("words", text);
        if (data != null) {
            told.set("data", data);
        }
        tell(run.head().name() + ", step " + at.step() + ": " + text, told);
    }

    private static String brief(String said) {
        return said.length() > TEXT_MAX ? said.substring(0, TEXT_MAX) + "…" : said;
    }

    void finish(RunState how, @Nullable Result result, String reason) {
        become(how);
        wake(null);
        String evidence = result == Result.FIXED ? evidence() : "";
        End end = new End(result, evidence.isEmpty() ? brief(reason) : evidence, now);
        run = new Run(run.head(), run.version(), state, at, memory, lines, end);
        tell("Runbook " + run.head().name() + ": " + (result == null ? how.text() : result.text())
                + (end.reason().isEmpty() ? "" : "; " + end.reason()),
                Json.object().put("says", "over").put("result", result == null ? how.text() : result.text())
                        .put("words", end.reason()));
        effects.add(new Effect.Finish(end, evidence, memory.acted() == null ? now : memory.acted()));
    }

    /// Why the fault is believed to be gone: what the last look of each check showed.
    private String evidence() {
        Set<Integer> seen = new LinkedHashSet<>();
        List<String> proofs = new ArrayList<>();
        for (Line line : lines.reversed()) {
            if (line.kind().equals("check") && line.result().equals("held") && seen.add(line.step())
                    && line.data() != null) {
                proofs.addFirst(line.data().path("proof").asText());
            }
        }
        return "believed fixed because " + (proofs.isEmpty()
                ? "its steps were done; it checks nothing"
                : String.join(", ", proofs));
    }

    private void wake(@Nullable Instant when) {
        at = new At(at.step(), at.visit(), at.since(), when, at.action(), at.asker(), at.isConfirmed(),
                at.tries());
    }

    private void become(RunState next) {
        if (!state.next().contains(next)) {
            throw new IllegalStateException("A run cannot become " + next.text() + " from " + state.text());
        }
        state = next;
    }

    RunFlow.Done done() {
        return new RunFlow.Done(new Run(run.head(), run.version(), state, at, memory, lines, run.end()),
                effects);
    }
}
