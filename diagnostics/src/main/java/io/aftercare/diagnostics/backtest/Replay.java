package io.aftercare.diagnostics.backtest;

import io.aftercare.diagnostics.engine.Happenings;
import io.aftercare.diagnostics.engine.Rehearsal;
import io.aftercare.fleet.device.Device;

/// A device's stored past, told to a rehearsal in the order of its own time. When things arrived is not stored: they count as
/// arrived in their own time, but not later than now. Blocks.
final class Replay {
    private Replay() {}

    /// Tells a span of time, and the silence at its end.
    ///
    /// @param toMicros  exclusive
    /// @param now       by the server's clock, microseconds
    /// @param afterEach called after each sample
    static void tell(StoredHistory history, Rehearsal rehearsal, Device device, long fromMicros,
            long toMicros, long now, Runnable afterEach) {
        Happenings happenings = new Happenings(history.happenings(device, fromMicros, toMicros),
                happening -> rehearsal.tell(happening, Math.min(happening.micros(), now)));
        happenings.before(fromMicros, rehearsal::textBefore);
        history.samples(device, fromMicros, toMicros, sample -> {
            happenings.until(sample.micros());
            rehearsal.accept(sample, Math.min(sample.micros(), now));
            afterEach.run();
        });
        happenings.until(Long.MAX_VALUE);
        rehearsal.clock(Math.min(toMicros, now));
    }
}
