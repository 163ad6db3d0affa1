package io.aftercare.diagnostics.engine;

import static io.aftercare.diagnostics.expression.Condition.FALSE;
import static io.aftercare.diagnostics.expression.Condition.TRUE;

import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.rule.Rule;
import org.jspecify.annotations.Nullable;

/// How each rule stands with one device, and the step from one judgement to the next. Belongs to a [DeviceState]; not thread-safe.
final class Standings {
    private final Plan plan;
    private final Frame frame;
    private final Coverage coverage;
    private final @Nullable RuleState[] rules;
    /// By rule, while it is open and has levels.
    private final @Nullable LevelState[] levels;

    Standings(Plan plan, Frame frame, Coverage coverage) {
        this.plan = plan;
        this.frame = frame;
        this.coverage = coverage;
        this.rules = new RuleState[plan.rules.size()];
        this.levels = new LevelState[rules.length];
    }

    /// Null while it is idle and always was.
    @Nullable
    RuleState of(int rule) {
        return rules[rule];
    }

    /// What its levels remember, null where nothing.
    @Nullable
    LevelState level(int rule) {
        return levels[rule];
    }

    Phase phase(int rule) {
        RuleState state = rules[rule];
        return state == null ? Phase.IDLE : state.phase();
    }

    /// How bad the rule says that its fault is, should it be open.
    Rule.Severity severity(int rule) {
        Rule.Severity own = plan.rules.get(rule).rule().fault().severity();
        LevelState level = levels[rule];
        return level == null ? own : level.severity(plan.rules.get(rule).levels(), own);
    }

    void restore(int rule, @Nullable RuleState state, @Nullable LevelState level) {
        rules[rule] = state;
        levels[rule] = level;
    }

    /// Sets a rule's standing as the database has it.
    void restore(int rule, RuleState state, String severity) {
        rules[rule] = state;
        CompiledRule compiled = plan.rules.get(rule);
        if (state.phase().isOpen() && !compiled.levels().isEmpty()) {
            Rule.Severity.parse(severity)
                    .ifPresent(known -> made(rule, compiled).restore(compiled.levels(), known));
        }
    }

    private LevelState made(int rule, CompiledRule compiled) {
        LevelState level = levels[rule];
        if (level == null) {
            level = new LevelState(compiled.levels().size());
            levels[rule] = level;
        }
        return level;
    }

    /// Asks a rule what it says now.
    ///
    /// @param device whom this is about, for the sink
    /// @param micros by the clock that the rule lives in
    void evaluate(DeviceState device, int rule, long micros, Following following, DeviceState.Sink sink) {
        CompiledRule compiled = plan.compiled[rule];
        if (!compiled.asksForSilence()) {
            ask(device, rule, compiled, micros, following, sink);
        } else if (following != Following.SNAPSHOT) {
            Phase before = phase(rule);
            ask(device, rule, compiled, micros, following, sink);
            if (phase(rule) != before) {
                coverage.changed(); // when something arrived is not stored with it
            }
        }
    }

    private void ask(DeviceState device, int rule, CompiledRule compiled, long micros, Following following,
            DeviceState.Sink sink) {
        int when = compiled.when().of(frame);
        RuleState state = rules[rule];
        if (state == null) {
            if (when != TRUE) {
                return;
            }
            state = new RuleState();
            rules[rule] = state;
        } else if (when != TRUE && state.phase() == Phase.IDLE) {
            return;
        }
        if (following == Following.FAULTS) {
            state.replay(when, compiled.clear(when, frame), micros);
            var _ = stepLevels(rule, compiled, state, micros);
        } else {
            step(device, rule, compiled, state, when, micros, sink);
        }
    }

    private void step(DeviceState device, int rule, CompiledRule compiled, RuleState state, int verdict,
            long micros, DeviceState.Sink sink) {
        boolean open = state.phase().isOpen();
        int when = !open && verdict == TRUE
                && !compiled.rule().schedule().allows(micros, device.device().tags())
                        ? FALSE
                        : verdict;
        int clear = open ? compiled.clear(when, frame) : FALSE;
        Signal signal = state.step(compiled.timing(), when, clear, micros);
        boolean otherLevel = stepLevels(rule, compiled, state, micros);
        if (signal != Signal.NONE) {
            sink.signal(device, rule, signal, micros);
        } else if (open) {
            sink.stillOpen(device, rule, state.phase(), micros);
        }
        if (otherLevel && signal != Signal.RAISED) {
            sink.levelChanged(device, rule, micros);
        }
    }

    private boolean stepLevels(int rule, CompiledRule compiled, RuleState state, long micros) {
        if (compiled.levels().isEmpty()) {
            return false;
        }
        if (!state.phase().isOpen()) {
            levels[rule] = null;
            return false;
        }
        return made(rule, compiled).step(compiled.levels(), frame, micros);
    }
}
