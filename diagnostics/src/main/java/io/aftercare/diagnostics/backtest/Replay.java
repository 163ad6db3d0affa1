package io.aftercare.diagnostics.backtest;

import io.aftercare.diagnostics.engine.Happening;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.fleet.device.Device;
import java.util.ArrayDeque;
import java.util.Queue;

/// A device's stored past, told to a rehearsal in the order of its own time. When things arrived is not stored: they count as
/// arrived in their own time, but not later than now. Used once; blocks.
final class Replay {
    private final Rehearsal rehearsal;
    private final Queue<Happening> happenings;
    private final long now;

    private Replay(Rehearsal rehearsal, Queue<Happening> happenings, long now) {
        this.rehearsal = rehearsal;
        this.happenings = happenings;
        this.now = now;
    }

    /// Tells a span of time, and the silence at its end.
    ///
    /// @param toMicros  exclusive
    /// @param now       by the server's clock, microseconds
    /// @param afterEach called after each sample
    static void tell(StoredHistory history, Rehearsal rehearsal, Device device, long fromMicros,
            long toMicros, long now, Runnable afterEach) {
        var happenings = new ArrayDeque<>(history.happenings(device, fromMicros, toMicros));
        Replay replay = new Replay(rehearsal, happenings, now);
        replay.begin(fromMicros);
        history.samples(device, fromMicros, toMicros, sample -> {
            replay.until(sample.micros());
            rehearsal.accept(sample, Math.min(sample.micros(), now));
            afterEach.run();
        });
        replay.until(Long.MAX_VALUE);
        rehearsal.clock(Math.min(toMicros, now));
    }

    private void begin(long from) {
        for (Happening next = happenings.peek(); next instanceof Happening.Text text
                && text.micros() < from; next = happenings.peek()) {
            happenings.remove();
            rehearsal.textBefore(text);
        }
    }

    private void until(long micros) {
        for (Happening next = happenings.peek(); next != null && next.micros() <= micros; next = happenings
                .peek()) {
            happenings.remove();
            rehearsal.tell(next, Math.min(next.micros(), now));
        }
    }
}
