package io.aftercare.diagnostics.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.diagnostics.rule.TestInput;
import io.aftercare.diagnostics.time.Durations;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.Sample;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Rules over one device's past, stored or told by a test, judged by the very code that judges live: the same evaluation, the same ways in
/// for samples, events, texts and silence, and the same book that makes faults of its signals. Writes nothing. Not thread-safe.
public final class Rehearsal {
    private final DeviceState state;
    private final FaultBook book;
    private final LaneDevices.Entry entry;
    private final Map<String, Raised> faults = new HashMap<>();
    private final List<Raised> inOrder = new ArrayList<>();
    private long samples;

    /// A fault that would have been opened. Times are event time in microseconds.
    public static final class Raised {
        private final TrackedFault fault;
        private final long opened;

        private Raised(TrackedFault fault, long opened) {
            this.fault = fault;
            this.opened = opened;
        }

        public String code() {
            return fault.code;
        }

        public String rule() {
            return fault.rule;
        }

        public String severity() {
            return fault.severity;
        }

        public long openedMicros() {
            return opened;
        }

        public boolean isOpen() {
            return fault.open;
        }

        /// When it ended; only where it is not open.
        public long clearedMicros() {
            return fault.clearedMicros;
        }

        public int count() {
            return fault.count;
        }
    }

    public Rehearsal(Plan plan, Device device) {
        this.state = new DeviceState(plan, device);
        this.book = new FaultBook(InstantSource.system());
        this.entry = new LaneDevices.Entry(device.number(), state, new ArrayList<>(1));
    }

    /// Whether any rule is for this device.
    public boolean judges() {
        return state.judgesAnything();
    }

    /// What the devices of its kind measure.
    public void cohorts(List<TestInput.Cohort> figures) {
        state.plan.cohorts(state.frame(), figures);
    }

    /// Judges the next sample, as if it had come in its own time.
    public void accept(Sample sample) {
        accept(sample, sample.micros());
    }

    /// Judges the next sample. Things are told in the order of their arrival; one whose own time is earlier, or far ahead, is
    /// judged as late or ahead as it would be live.
    public void accept(Sample sample, long arrived) {
        samples++;
        pass(arrived);
        var _ = state.accept(sample, arrived, book, false);
        collect();
    }

    /// The device reported an event; a boot is one that nobody asked for.
    public void event(String code, long micros) {
        tell(new Happening.Event(micros, code, false), micros);
    }

    /// The device started.
    ///
    /// @param requested whether somebody asked for it
    public void boot(boolean requested, long micros) {
        tell(new Happening.Event(micros, "boot", requested), micros);
    }

    /// A text attribute changed; judged with the sample of the same moment that comes next, or else without.
    public void text(String name, String text, long micros) {
        tell(new Happening.Text(micros, name, text), micros);
    }

    /// The device told something beside its samples.
    public void tell(Happening happening, long arrived) {
        pass(arrived);
        state.tell(happening, arrived, book);
        collect();
    }

    /// A text that the device had before anything else is told; no sign of life.
    public void textBefore(Happening.Text text) {
        state.textBefore(text.micros(), text.name(), text.text());
    }

    /// It is this late by the server's clock, and nothing came since what was told last.
    public void clock(long micros) {
        pass(micros);
        state.settle(book);
        state.tick(micros, book);
        collect();
    }

    // What becomes of silence until then, at the moments at which a lane would wake for it.
    private void pass(long until) {
        book.at(entry);
        long last = Long.MIN_VALUE;
        for (long at = state.wakeAt(); at < until && at > last; at = state.wakeAt()) {
            last = at;
            state.tick(at, book);
        }
    }

    private void collect() {
        if (book.isEmpty()) {
            return;
        }
        for (FaultEvent event : book.events()) {
            if (event.kind() == FaultEvent.Kind.RAISED) {
                entry.faults.stream().filter(fault -> fault.id.equals(event.fault()))
                        .forEach(fault -> note(new Raised(fault, event.at())));
            }
        }
        book.committed();
    }

    private void note(Raised raised) {
        if (faults.putIfAbsent(raised.fault.id, raised) == null) {
            inOrder.add(raised);
        }
    }

    /// How the first rule stands with this device after all that was told: each part of its condition with the values, and what it
    /// waits for.
    public ObjectNode explain() {
        CompiledRule rule = state.plan.rules.getFirst();
        ObjectNode explain = rule.explain(state.plan.layout, state.frame());
        explain.put("state", state.phase(0).name().toLowerCase(Locale.ROOT));
        RuleState standing = state.standing(0);
        boolean isPending = state.phase(0) == Phase.PENDING;
        long now = rule.asksForSilence() ? state.arrived() : state.newest();
        if (standing != null && (isPending || state.phase(0) == Phase.RECOVERING)) {
            explain.put("since", Micros.instant(standing.since()).toString())
                    .put("held",
                            Durations.text(
                                    Duration.ofSeconds((now - standing.since()) / 1_000_000)))
                    .put("needed", Durations.text(isPending ? rule.rule().holds() : rule.rule().clears()));
        }
        if (standing != null && standing.heldUntil() > now) {
            explain.put("heldUntil", Micros.instant(standing.heldUntil()).toString());
        }
        return explain;
    }

    /// Whether the first rule's fault is open.
    public boolean isOpen() {
        return state.phase(0).isOpen();
    }

    /// How bad the first rule says that its fault is.
    public Rule.Severity severity() {
        return state.severity(0);
    }

    /// What the first rule looks at, by the names in its conditions.
    public ObjectNode values() {
        return state.values(0);
    }

    /// Event time of the newest thing told; empty where nothing was.
    public Optional<Instant> newest() {
        return state.newest() == Long.MIN_VALUE
                ? Optional.empty()
                : Optional.of(Micros.instant(state.newest()));
    }

    /// The faults, in the order of their first raise.
    public List<Raised> faults() {
        return List.copyOf(inOrder);
    }

    public long samples() {
        return samples;
    }
}
