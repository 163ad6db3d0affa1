package io.aftercare.diagnostics.engine;

import io.aftercare.diagnostics.fault.FaultEvent;
import io.aftercare.diagnostics.fault.TrackedFault;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /// Judges the next sample; they come in the order of their time.
    public void accept(Sample sample) {
        samples++;
        book.at(entry);
        state.judge(sample, book);
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

    /// The faults, in the order of their first raise.
    public List<Raised> faults() {
        return List.copyOf(inOrder);
    }

    public long samples() {
        return samples;
    }
}
