package io.aftercare.diagnostics.engine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.TrackedFault;
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

/// Rules over one device's stored past, judged by the very code that judges live: the same evaluation, and the same book that
/// makes faults of its signals. Writes nothing. Not thread-safe.
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

    /// Judges the next sample; they come in the order of their time.
    public void accept(Sample sample) {
        samples++;
        book.at(entry);
        state.judge(sample, book);
        settle();
    }

    /// The device reported an event; not for boots.
    public void event(String code, long micros) {
        state.frame().arrived(micros);
        state.frame().event(code, micros);
        judgeAt(micros);
    }

    /// The device started.
    ///
    /// @param requested whether somebody asked for it
    public void boot(boolean requested, long micros) {
        state.frame().arrived(micros);
        if (!requested) {
            state.frame().reboot(micros);
        }
        judgeAt(micros);
    }

    /// A text attribute changed.
    public void text(String name, String text, long micros) {
        state.frame().arrived(micros);
        state.frame().text(name, text, micros);
        judgeAt(micros);
    }

    /// It is this late, and nothing came.
    public void clock(long micros) {
        state.frame().clock(micros);
        judgeAt(micros);
    }

    private void judgeAt(long micros) {
        book.at(entry);
        state.judgeAt(micros, book);
        settle();
    }

    private void settle() {
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
        if (standing != null && (isPending || state.phase(0) == Phase.RECOVERING)) {
            explain.put("since", Micros.instant(standing.since()).toString())
                    .put("held",
                            Durations.text(
                                    Duration.ofSeconds((state.newest() - standing.since()) / 1_000_000)))
                    .put("needed", Durations.text(isPending ? rule.rule().holds() : rule.rule().clears()));
        }
        if (standing != null && standing.heldUntil() > state.newest()) {
            explain.put("heldUntil", Micros.instant(standing.heldUntil()).toString());
        }
        return explain;
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
