package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A run as the API shows it.
///
/// @param steps what the procedure says, each with what came of it last
/// @param trail what was done, in its order
@JsonInclude(JsonInclude.Include.ALWAYS)
record RunView(@JsonFormat(shape = JsonFormat.Shape.STRING) long id, int version, String runbook, String name,
        int edition, String startedBy, boolean byRule, Instant startedAt, boolean isFinished, RunState state,
        @Nullable Now now, @Nullable Result result, @Nullable String reason, @Nullable Instant endedAt,
        List<Shown> steps, List<Line> trail) {

    /// A step and what came of it, null before.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(int step, String kind, String label, String zh, String en, @Nullable String expect,
            @Nullable String result, @Nullable String note, @Nullable String person, @Nullable Instant at) {}

    /// The step that is being done.
    ///
    /// @param waitsFor    `result`, `answer` or `confirm` from a person, `device`, or `time`
    /// @param actionClass of the action, null where the step is none
    /// @param until       when it goes on by itself, or looks again
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Now(int step, @Nullable String waitsFor, Instant since, @Nullable Instant until,
            @Nullable String action,
            @Nullable String actionClass, @Nullable JsonNode params, List<Step.Choice> choices) {}

    static RunView of(Run run, Procedure procedure) {
        Run.Head head = run.head();
        Run.End end = run.end();
        return new RunView(head.id(), run.version(), Long.toString(head.runbook()), head.name(),
                head.edition(),
                head.startedBy().name(), head.byRule(), head.startedAt(), !run.isOpen(), run.state(),
                run.isOpen() ? now(run, procedure) : null, end == null ? null : end.result(),
                end == null ? null : end.reason(), end == null ? null : end.at(), steps(run, procedure),
                run.lines());
    }

    private static Now now(Run run, Procedure procedure) {
        Run.At at = run.at();
        Step step = procedure.step(at.step());
        Step.Act act = step instanceof Step.Act one ? one : null;
        return new Now(at.step(), RunFlow.waitsFor(run, procedure), at.since(), at.wake(),
                at.action(), act == null ? null : run.memory().classes().getOrDefault(act.action(), "D"),
                act == null ? null : act.params(), step instanceof Step.Ask ask ? ask.choices() : List.of());
    }

    private static List<Shown> steps(Run run, Procedure procedure) {
        List<Shown> shown = new ArrayList<>();
        for (Step step : procedure.steps()) {
            int number = shown.size() + 1;
            Line line = run.lines().stream().filter(one -> one.step() == number)
                    .max(Comparator.comparingInt(Line::visit)).orElse(null);
            String expect = step instanceof Step.Manual manual ? manual.expect() : null;
            shown.add(new Shown(number, step.kind(), step.label(), Words.zh(step), Words.en(step), expect,
                    line == null ? null : line.result(), line == null ? null : line.note(),
                    line == null ? null : line.person(), line == null ? null : line.to()));
        }
        return shown;
    }
}
