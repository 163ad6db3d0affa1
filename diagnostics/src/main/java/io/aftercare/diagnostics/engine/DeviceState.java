package io.aftercare.diagnostics.engine;

import static io.aftercare.diagnostics.expression.Condition.FALSE;
import static io.aftercare.diagnostics.expression.Condition.TRUE;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What the rules remember of one device, and how they judge its next sample. Belongs to the device's lane; not thread-safe.
/// Nothing is allocated unless something changes.
public final class DeviceState {
    /// How late a value may come and still be put into the windows it belongs to.
    static final long LATE_MAX_MICROS = 600_000_000L;

    final Plan plan;
    private Device device;
    private final Frame frame;
    private final @Nullable RuleState[] rules;
    /// By rule, while it is open and has levels.
    private final @Nullable LevelState[] levels;
    /// The rules whose `where` holds for this device.
    private int[] applicable = {};
    private long newest = Long.MIN_VALUE;
    private final @Nullable Recent recent;

    /// Hears of everything that a sample changes.
    public interface Sink {
        /// @param rule index in the plan
        void signal(DeviceState state, int rule, Signal signal, long micros);

        /// The rule's fault is open and this sample says so again.
        void stillOpen(DeviceState state, int rule, Phase phase, long micros);

        /// The rule's fault is open, and [#severity] of it may be another one now.
        default void levelChanged(DeviceState state, int rule, long micros) {
            // of no interest to those who ask the state itself
        }
    }

    public DeviceState(Plan plan, Device device) {
        this.plan = plan;
        this.device = device;
        this.frame = new Frame(plan.layout);
        this.rules = new RuleState[plan.rules.size()];
        this.levels = new LevelState[rules.length];
        this.recent = plan.layout.windows() == 0 ? null : new Recent();
        describe(device);
    }

    /// The same device under other rules: values, windows and standings that both sets of rules know are kept.
    static DeviceState moved(DeviceState from, Plan plan) {
        DeviceState to = new DeviceState(plan, from.device);
        to.newest = from.newest;
        to.frame.takeOver(from.frame);
        to.takeOver(from);
        return to;
    }

    private void takeOver(DeviceState from) {
        for (int i = 0; i < from.rules.length; i++) {
            RuleState state = from.rules[i];
            CompiledRule old = from.plan.rules.get(i);
            int now = indexOf(old.rule().id());
            if (state == null || now < 0 || !plan.rules.get(now).active().continues(old.active().version())) {
                continue;
            }
            boolean same = plan.rules.get(now).active().version() == old.active().version();
            // A changed rule's wait begins anew; what is open stays so until the new rule ends it.
            if (same || state.phase().isOpen() && plan.rules.get(now).code().equals(old.code())) {
                rules[now] = state;
                levels[now] = same ? from.levels[i] : null;
            }
        }
    }

    int indexOf(String ruleId) {
        for (int i = 0; i < plan.rules.size(); i++) {
            if (plan.rules.get(i).rule().id().equals(ruleId)) {
                return i;
            }
        }
        return -1;
    }

    /// Takes in what the registration says now.
    void describe(Device now) {
        device = now;
        frame.describe(now);
        int[] indices = new int[plan.rules.size()];
        int count = 0;
        for (int i = 0; i < indices.length; i++) {
            if (plan.rules.get(i).appliesTo(frame)) {
                indices[count++] = i;
            }
        }
        applicable = Arrays.copyOf(indices, count);
    }

    /// Whether any rule is for this device.
    boolean judgesAnything() {
        return applicable.length > 0;
    }

    Device device() {
        return device;
    }

    public Frame frame() {
        return frame;
    }

    /// Event time of the newest sample.
    long newest() {
        return newest;
    }

    public Phase phase(int rule) {
        RuleState state = rules[rule];
        return state == null ? Phase.IDLE : state.phase();
    }

    /// The measured values that a rule looks at, by the names they have in its conditions.
    public ObjectNode values(int rule) {
        return plan.rules.get(rule).values(plan.layout, frame);
    }

    /// The rule's standing, null while it is idle and always was.
    @Nullable
    RuleState standing(int rule) {
        return rules[rule];
    }

    /// How bad the rule says that its fault is, should it be open.
    public Rule.Severity severity(int rule) {
        CompiledRule compiled = plan.rules.get(rule);
        Rule.Severity own = compiled.rule().fault().severity();
        LevelState level = levels[rule];
        return level == null ? own : level.severity(compiled.levels(), own);
    }

    /// Sets a rule's standing as the database has it.
    void restore(int rule, RuleState state, String severity) {
        rules[rule] = state;
        CompiledRule compiled = plan.rules.get(rule);
        if (state.phase().isOpen() && !compiled.levels().isEmpty()) {
            Rule.Severity.parse(severity)
                    .ifPresent(known -> level(rule, compiled).restore(compiled.levels(), known));
        }
    }

    private LevelState level(int rule, CompiledRule compiled) {
        LevelState level = levels[rule];
        if (level == null) {
            level = new LevelState(compiled.levels().size());
            levels[rule] = level;
        }
        return level;
    }

    /// Judges a sample; answers how many rules looked at it.
    public int judge(Sample sample, Sink sink) {
        if (!take(sample)) {
            return 0;
        }
        return judgeAll(sample.micros(), sink);
    }

    /// Judges at a moment without a sample, after something else was told to the [#frame]; not before the newest sample.
    public int judgeAt(long micros, Sink sink) {
        newest = Math.max(newest, micros);
        frame.judgeAt(newest);
        return judgeAll(newest, sink);
    }

    private int judgeAll(long micros, Sink sink) {
        for (int rule : applicable) {
            CompiledRule compiled = plan.rules.get(rule);
            int when = compiled.when().of(frame);
            RuleState state = rules[rule];
            if (state == null) {
                if (when != TRUE) {
                    continue;
                }
                state = new RuleState();
                rules[rule] = state;
            }
            step(rule, compiled, state, when, micros, sink);
        }
        return applicable.length;
    }

    private void step(int rule, CompiledRule compiled, RuleState state, int when, long micros, Sink sink) {
        boolean open = state.phase().isOpen();
        if (!open && when == TRUE && !compiled.rule().schedule().allows(micros, device.tags())) {
            when = FALSE;
        }
        int clear = open ? compiled.clear(when, frame) : FALSE;
        Signal signal = state.step(compiled.timing(), when, clear, micros);
        boolean otherLevel = !compiled.levels().isEmpty() && stepLevels(rule, compiled, state, micros);
        if (signal != Signal.NONE) {
            sink.signal(this, rule, signal, micros);
        } else if (open) {
            sink.stillOpen(this, rule, state.phase(), micros);
        }
        if (otherLevel && signal != Signal.RAISED) {
            sink.levelChanged(this, rule, micros);
        }
    }

    private boolean stepLevels(int rule, CompiledRule compiled, RuleState state, long micros) {
        if (!state.phase().isOpen()) {
            levels[rule] = null;
            return false;
        }
        return level(rule, compiled).step(compiled.levels(), frame, micros);
    }

    /// Says that samples up to `micros` were judged before a restart: what comes again from before is late.
    void judgedUntil(long micros) {
        newest = Math.max(newest, micros);
    }

    /// Follows a stored sample after a restart, without effects.
    void replay(Sample sample) {
        if (!take(sample)) {
            return;
        }
        for (int rule : applicable) {
            CompiledRule compiled = plan.rules.get(rule);
            int when = compiled.when().of(frame);
            RuleState state = rules[rule];
            if (state == null && when == TRUE) {
                state = new RuleState();
                rules[rule] = state;
            }
            if (state != null) {
                state.replay(when, compiled.clear(when, frame), sample.micros());
                if (!compiled.levels().isEmpty()) {
                    var _ = stepLevels(rule, compiled, state, sample.micros());
                }
            }
        }
    }

    /// Takes the values in; false where the sample is too old to judge by.
    private boolean take(Sample sample) {
        long micros = sample.micros();
        boolean late = micros < newest;
        if (recent != null && recent.isRepeated(sample, micros <= newest)) {
            return !late;
        }
        boolean inWindows = micros >= newest - LATE_MAX_MICROS || !late;
        frame.arrived(micros);
        int[] slots = plan.slots(sample.metrics());
        for (int i = 0; i < sample.count() && inWindows; i++) {
            int place = sample.place(i);
            int slot = place < slots.length ? slots[place] : -1;
            if (slot >= 0) {
                frame.value(slot, sample.value(i), micros);
            }
        }
        if (late) {
            return false;
        }
        newest = micros;
        frame.judgeAt(micros);
        return true;
    }

    /// Rules that are open and that `next` no longer has, or has for another fault; each is told to `sink` as cleared.
    void dropVanished(Plan next, Sink sink, long micros) {
        for (int rule = 0; rule < rules.length; rule++) {
            CompiledRule old = plan.rules.get(rule);
            boolean stays = next.rules.stream().anyMatch(
                    it -> it.rule().id().equals(old.rule().id()) && it.code().equals(old.code())
                            && it.active().continues(old.active().version()));
            if (!stays && phase(rule).isOpen()) {
                rules[rule] = null;
                sink.signal(this, rule, Signal.CLEARED, micros);
            }
        }
    }

    /// Rules that are open and no longer meant for this device; each is told to `sink` as cleared.
    void dropInapplicable(Sink sink, long micros) {
        for (int rule = 0; rule < rules.length; rule++) {
            int index = rule;
            RuleState state = rules[rule];
            if (state != null && Arrays.stream(applicable).noneMatch(it -> it == index)) {
                rules[rule] = null;
                if (state.phase().isOpen()) {
                    sink.signal(this, rule, Signal.CLEARED, micros);
                }
            }
        }
    }
}
