package io.aftercare.diagnostics.backtest;

import io.aftercare.diagnostics.engine.Plan;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.diagnostics.engine.Rehearsal.Raised;
import io.aftercare.diagnostics.rule.ActiveRule;
import io.aftercare.diagnostics.rule.Rule;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.Semaphore;

/// Replays stored history through a rule. One runs at a time in a process, on the caller's virtual thread, and rests a quarter of
/// the time: it takes less than one core, and ingest goes first. Thread-safe; blocks.
final class Backtest {
    /// Bound on the faults that an answer lists.
    static final int FAULTS_MAX = 10_000;
    private static final long SLICE_NANOS = 40_000_000;
    private static final long MEMORY_MAX_MICROS = Duration.ofDays(30).toNanos() / 1_000;

    private final StoredHistory history;
    private final InstantSource clock;
    private final Semaphore turn = new Semaphore(1, true);

    Backtest(StoredHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    /// What came of it.
    ///
    /// @param judged   devices that the rule is for
    /// @param samples  that were replayed, those before the span included
    /// @param complete false where the time ran out before all devices were judged, or there were too many faults to list
    record Result(List<Outcome> faults, int judged, long samples, Duration took, boolean complete) {
        Result {
            faults = List.copyOf(faults);
        }
    }

    /// Judges these devices over a span of time.
    ///
    /// @param timeMax how long it may take; what was judged by then is answered
    Result run(Rule rule, Iterator<Device> devices, Instant from, Instant to, Duration timeMax) {
        turn.acquireUninterruptibly();
        try {
            return replay(rule, devices, from, to, System.nanoTime() + timeMax.toNanos());
        } finally {
            turn.release();
        }
    }

    private Result replay(Rule rule, Iterator<Device> devices, Instant from, Instant to, long deadline) {
        long began = System.nanoTime();
        Map<String, Plan> plans = new HashMap<>();
        List<Outcome> faults = new ArrayList<>();
        int judged = 0;
        long samples = 0;
        boolean inTime = true;
        while (devices.hasNext() && inTime && faults.size() <= FAULTS_MAX) {
            Device device = devices.next();
            Plan plan = plans.computeIfAbsent(device.model(),
                    model -> new Plan(model, List.of(new ActiveRule(rule, 1, 1))));
            Rehearsal rehearsal = new Rehearsal(plan, device);
            if (plan.isEmpty() || !rehearsal.judges()) {
                continue;
            }
            replay(rehearsal, plan, device, from, to);
            judged++;
            samples += rehearsal.samples();
            rehearsal.faults().stream().filter(fault -> fault.openedMicros() >= Micros.of(from))
                    .map(fault -> outcome(device, fault)).forEach(faults::add);
            inTime = System.nanoTime() < deadline;
        }
        boolean complete = inTime && !devices.hasNext() && faults.size() <= FAULTS_MAX;
        return new Result(faults.subList(0, Math.min(faults.size(), FAULTS_MAX)), judged, samples,
                Duration.ofNanos(System.nanoTime() - began), complete);
    }

    /// From before the span, so that windows are full and waits have begun when it begins, as they would be live.
    private void replay(Rehearsal rehearsal, Plan plan, Device device, Instant from, Instant to) {
        long memory = Math.min(plan.memoryMicros(), MEMORY_MAX_MICROS);
        Replay.tell(history, rehearsal, device, Micros.of(from) - memory, Micros.of(to),
                Micros.of(clock.instant()), new Rest()::afterOne);
    }

    private static Outcome outcome(Device device, Raised fault) {
        return new Outcome(device.id().value(), Micros.instant(fault.openedMicros()),
                fault.isOpen() ? null : Micros.instant(fault.clearedMicros()), fault.count(),
                fault.severity());
    }

    /// Rests for a quarter of the time.
    private static final class Rest {
        private static final int LOOK_EVERY = 1_024;
        private int sinceLook;
        private long slice = System.nanoTime();

        void afterOne() {
            if (++sinceLook < LOOK_EVERY) {
                return;
            }
            sinceLook = 0;
            long worked = System.nanoTime() - slice;
            if (worked > SLICE_NANOS) {
                LockSupport.parkNanos(worked / 3);
                slice = System.nanoTime();
            }
        }
    }
}
