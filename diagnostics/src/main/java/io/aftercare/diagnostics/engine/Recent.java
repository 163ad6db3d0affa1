package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.device.Sample;

/// The last samples of a device by their fingerprint, so that one sent twice is not counted twice in a window.
final class Recent {
    private static final int KEPT = 64;
    private final long[] fingerprints = new long[KEPT];
    private int next;

    /// Whether this sample is here already; remembers it if not.
    boolean isRepeated(Sample sample, boolean mayBe) {
        long fingerprint = sample.micros() * 0x9E3779B97F4A7C15L;
        for (int i = 0; i < sample.count(); i++) {
            fingerprint = (fingerprint ^ sample.place(i)) * 0xBF58476D1CE4E5B9L;
        }
        if (mayBe) {
            for (long seen : fingerprints) {
                if (seen == fingerprint) {
                    return true;
                }
            }
        }
        fingerprints[next] = fingerprint;
        next = next + 1 & KEPT - 1;
        return false;
    }
}
