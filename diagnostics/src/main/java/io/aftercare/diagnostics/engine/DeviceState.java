package io.aftercare.diagnostics.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.expression.Frame;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// What the rules remember of one device, and how they judge what comes of it next. Belongs to the device's lane; not thread-safe.
/// Nothing is allocated unless something changes. Deterministic: what follows is given by what is here and by the arguments.
///
/// Two clocks: `micros` is the device's own, `arrived` the server's. Rules live in the device's time; those that ask for silence
/// live in the server's, because silence has no time of its own.
public final class DeviceState {
    private static final long NEVER = Long.MIN_VALUE;

    final Plan plan;
    private Device device;
    private final Frame frame;
    private final Coverage coverage = new Coverage();
    private final Standings standings;
    /// The rules that judge this device: neither parked nor meant for others; and those of them that ask for silence.
    private int[] applicable = {};
    private int[] silences = {};
    private long newest = NEVER;
    private long arrived = NEVER;
    /// Metrics whose value changed since the rules were asked, by [Plan#bit].
    private long changed = -1;
    private boolean isAwaiting;
    private Following following = Following.NOTHING;
    private final Map<String, String> texts = new HashMap<>(0);
    private final @Nullable Recent recent;

    /// Hears of everything that an input changes.
    public interface Sink {
        /// @param rule index in the plan
        void signal(DeviceState state, int rule, Signal signal, long micros);

        /// The rule's fault is open and this input says so again.
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
        this.standings = new Standings(plan, frame, coverage);
        this.recent = plan.remembers() ? new Recent() : null;
        describe(device);
    }

    /// The same device under other rules: values, windows and standings that both sets of rules know are kept.
    static DeviceState moved(DeviceState from, Plan plan) {
        DeviceState to = new DeviceState(plan, from.device);
        to.newest = from.newest;
        to.arrived = from.arrived;
        to.frame.takeOver(from.frame);
        to.texts.putAll(from.texts);
        to.coverage.followed(from.coverage.until());
        to.coverage.changed();
        Handover.standings(from, to);
        to.describe(from.device);
        return to;
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
        if (now.version() != device.version()) {
            coverage.changed();
        }
        device = now;
        frame.describe(now);
        changed = -1;
        applicable = rules(rule -> plan.rules.get(rule).judges(frame));
        silences = Arrays.stream(applicable).filter(rule -> plan.rules.get(rule).asksForSilence()).toArray();
    }

    private int[] rules(IntPredicate which) {
        return IntStream.range(0, plan.rules.size()).filter(which).toArray();
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

    /// Event time of the newest input.
    long newest() {
        return newest;
    }

    /// When something came of it last, by the server's clock.
    long arrived() {
        return arrived;
    }

    public Phase phase(int rule) {
        return standings.phase(rule);
    }

    /// The measured values that a rule looks at, by the names they have in its conditions.
    public ObjectNode values(int rule) {
        return plan.rules.get(rule).values(plan.layout, frame);
    }

    /// The rule's standing, null while it is idle and always was.
    @Nullable
    RuleState standing(int rule) {
        return standings.of(rule);
    }

    /// How bad the rule says that its fault is, should it be open.
    public Rule.Severity severity(int rule) {
        return standings.severity(rule);
    }

    /// Sets a rule's standing.
    void restore(int rule, @Nullable RuleState state, @Nullable LevelState level) {
        standings.restore(rule, state, level);
    }

    /// Sets a rule's standing as the database has it.
    void restore(int rule, RuleState state, String severity) {
        standings.restore(rule, state, severity);
    }

    /// What its levels remember, null where nothing.
    @Nullable
    LevelState levelState(int rule) {
        return standings.level(rule);
    }

    Coverage coverage() {
        return coverage;
    }

    /// Judges a sample that comes in its own time; answers how many rules looked at it.
    public int judge(Sample sample, Sink sink) {
        return accept(sample, sample.micros(), sink, false);
    }

    /// Judges a sample; answers how many rules looked at it.
    ///
    /// @param timed whether each rule's time is taken
    int accept(Sample sample, long arrivedMicros, Sink sink, boolean timed) {
        long own = sample.micros();
        long micros = begin(own, arrivedMicros, sink);
        if (recent != null && recent.isRepeated(sample, own <= coverage.until())) {
            listen(sink);
            return 0;
        }
        boolean late = micros < newest;
        boolean counts = !late || micros >= newest - plan.time.lateMicros();
        coverage.took(own, counts, plan.time.isAhead(own, arrivedMicros));
        if (counts) {
            take(sample, micros);
        }
        if (late) {
            listen(sink);
            return 0;
        }
        return judge(micros, sink, timed);
    }

    // What is followed is judged when its moment is over: a message's samples may come in pieces.
    private int judge(long micros, Sink sink, boolean timed) {
        newest = micros;
        isAwaiting = following != Following.NOTHING;
        return isAwaiting ? 0 : ask(micros, sink, timed);
    }

    // What a message that came before and was not judged yet is waiting for is done, unless this is of the same moment.
    private long begin(long own, long arrivedMicros, Sink sink) {
        long micros = plan.time.isAhead(own, arrivedMicros) ? Math.max(arrivedMicros, newest) : own;
        if (isAwaiting && micros != newest) {
            settle(sink);
        }
        arrived = Math.max(arrived, arrivedMicros);
        if (plan.listens) {
            frame.arrived(arrived);
        }
        return micros;
    }

    private void take(Sample sample, long micros) {
        int[] slots = plan.slots(sample.metrics());
        for (int i = 0; i < sample.count(); i++) {
            int place = sample.place(i);
            int slot = place < slots.length ? slots[place] : -1;
            if (slot >= 0) {
                double value = sample.value(i);
                if (frame.slot(slot) != value) {
                    changed |= plan.bit(slot);
                }
                frame.value(slot, value, micros);
            }
        }
    }

    /// Something that the device told beside its samples.
    public void tell(Happening happening, long arrivedMicros, Sink sink) {
        switch (happening) {
            case Happening.Event event ->
                event(event.micros(), event.code(), event.requested(), arrivedMicros, sink);
            case Happening.Text text -> text(text.micros(), text.name(), text.text(), arrivedMicros, sink);
        }
    }

    /// A device event. What happened counts as of its own time, and is judged at once even where it is late, as of the newest input.
    ///
    /// @param requested whether somebody asked for what it tells of
    public void event(long own, String code, boolean requested, long arrivedMicros, Sink sink) {
        boolean isReboot = code.equals("boot") && !requested && plan.countsReboots;
        long micros = begin(own, arrivedMicros, sink);
        if (!isReboot && !plan.events.contains(code)) {
            listen(sink);
            return;
        }
        boolean counts = micros >= newest - plan.time.lateMicros() || newest == NEVER;
        coverage.took(own, counts, plan.time.isAhead(own, arrivedMicros));
        if (!counts) {
            listen(sink);
            return;
        }
        if (plan.events.contains(code)) {
            frame.event(code, micros);
        }
        if (isReboot) {
            frame.reboot(micros);
        }
        var _ = judge(Math.max(newest, micros), sink, false);
    }

    /// A text attribute's text. What it changes is judged together with a sample of the same moment, or by [#settle]. One that is older
    /// than the newest input is passed over: what it was then, it has not become since.
    public void text(long own, String name, String text, long arrivedMicros, Sink sink) {
        long micros = begin(own, arrivedMicros, sink);
        if (!plan.texts.contains(name) || text.equals(texts.get(name))) {
            listen(sink);
            return;
        }
        boolean counts = micros >= newest;
        coverage.took(own, counts, plan.time.isAhead(own, arrivedMicros));
        if (counts) {
            coverage.changed(); // the store has no row where it knew the text from a report that was passed over here
            frame.text(name, text, micros);
            texts.put(name, text);
            changed = -1;
            newest = micros;
            isAwaiting = true;
        } else {
            listen(sink);
        }
    }

    /// As is stored of it, it had this text before anything else is told.
    void textBefore(long own, String name, String text) {
        if (plan.texts.contains(name)) {
            frame.text(name, text, own);
            texts.put(name, text);
            changed = -1;
        }
    }

    /// Judges what is still waiting to be.
    public void settle(Sink sink) {
        if (isAwaiting) {
            isAwaiting = false;
            var _ = ask(newest, sink, false);
        }
    }

    /// Something else came of the device.
    public void heard(long arrivedMicros, Sink sink) {
        arrived = Math.max(arrived, arrivedMicros);
        frame.arrived(arrived);
        listen(sink);
    }

    /// As is stored of it, it was last heard of then.
    void heardBefore(long arrivedMicros) {
        arrived = Math.max(arrived, arrivedMicros);
        frame.arrived(arrivedMicros);
    }

    /// Time has passed by the server's clock.
    public void tick(long now, Sink sink) {
        arrived = Math.max(arrived, now);
        frame.clock(arrived);
        listen(sink);
    }

    // Asks the rules about silence, and no others: the device's own time stands still.
    private void listen(Sink sink) {
        if (silences.length == 0 || following != Following.NOTHING) {
            return;
        }
        frame.judgeAt(newest == NEVER ? arrived : newest);
        for (int rule : silences) {
            evaluate(rule, arrived, sink);
        }
    }

    /// When [#tick] should come, should nothing else; [Long#MAX_VALUE] for never.
    public long wakeAt() {
        if (silences.length == 0) {
            return Long.MAX_VALUE;
        }
        long at = frame.nextDeadline();
        for (int rule : silences) {
            RuleState state = standings.of(rule);
            if (state != null) {
                at = Math.min(at, state.dueAt(plan.rules.get(rule).timing()));
            }
        }
        return at;
    }

    /// Nothing counts as silence before this moment of the server's clock, because nobody could have listened.
    void listenFrom(long arrivedMicros) {
        frame.listenFrom(arrivedMicros);
    }

    private int ask(long micros, Sink sink, boolean timed) {
        frame.judgeAt(micros);
        long what = changed | Plan.TIME;
        changed = 0;
        for (int rule : applicable) {
            CompiledRule compiled = plan.compiled[rule];
            RuleState state = standings.of(rule);
            if ((compiled.inputs() & what) == 0 && (state == null || state.phase() == Phase.IDLE)) {
                continue; // it said "not true" to the very same values
            }
            if (timed) {
                long begun = System.nanoTime();
                evaluate(rule, micros, sink);
                compiled.cost().add(System.nanoTime() - begun);
            } else {
                evaluate(rule, micros, sink);
            }
        }
        return applicable.length;
    }

    private void evaluate(int rule, long micros, Sink sink) {
        standings.evaluate(this, rule, plan.compiled[rule].asksForSilence() ? arrived : micros, following,
                sink);
    }

    /// What comes now is from the store, and has no effects; until [#followed].
    void follow(Following what) {
        following = what;
    }

    /// What comes now is new.
    ///
    /// @param judged event time up to which samples were judged at least: what comes again from before is late
    void followed(long judged) {
        settle(Muted.SINK);
        following = Following.NOTHING;
        newest = Math.max(newest, judged);
        coverage.followed(newest);
    }

    /// What no rule decides: values, windows, texts, and what came last.
    void saveInputs(DataOutput out) throws IOException {
        out.writeLong(newest);
        out.writeLong(arrived);
        out.writeInt(texts.size());
        for (Map.Entry<String, String> text : texts.entrySet()) {
            out.writeUTF(text.getKey());
            out.writeUTF(text.getValue());
        }
        if (recent != null) {
            recent.save(out);
        }
        frame.save(out);
    }

    void loadInputs(DataInput in) throws IOException {
        newest = in.readLong();
        arrived = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            texts.put(in.readUTF(), in.readUTF());
        }
        if (recent != null) {
            recent.load(in);
        }
        frame.load(in);
        describe(device);
    }
}
