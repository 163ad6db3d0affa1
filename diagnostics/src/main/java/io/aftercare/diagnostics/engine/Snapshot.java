package io.aftercare.diagnostics.engine;

import org.jspecify.annotations.Nullable;

/// What the rules remember of a device, put away.
///
/// @param device      its number
/// @param n           its number among the device's snapshots, from 1
/// @param fingerprint of the rules that it belongs to
/// @param wakeAt      when time alone changes something, by the server's clock; [Long#MAX_VALUE] for never
/// @param covered     event time up to which it has taken the device's inputs in
record Snapshot(int device, long n, long fingerprint, long covered, long wakeAt, byte[] state) {
    /// What is larger is not kept: the device's baselines begin anew after a restart.
    static final int BYTES_MAX = 256 * 1024;

    @Override
    public String toString() {
        return "snapshot " + n + " of device " + device;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Snapshot that && device == that.device && n == that.n;
    }

    @Override
    public int hashCode() {
        return 31 * device + Long.hashCode(n);
    }
}
