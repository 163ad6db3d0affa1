package io.aftercare.diagnostics.engine;

/// Tells when a device's state has become one that its stored inputs alone do not lead to. Following them again goes by their own
/// time, from the end of the last snapshot: that reproduces what came in order. What came otherwise is kept by a snapshot that
/// is written with it, in one transaction. Times are the device's own, microseconds.
final class Coverage {
    /// All inputs up to here were taken in, or passed over for good.
    private long until = Long.MIN_VALUE;
    /// The same at the snapshot that is stored.
    private long stored = Long.MIN_VALUE;
    private boolean irregular;

    /// An input was taken.
    ///
    /// @param changes whether it changed the state
    /// @param ahead   whether it was judged as of another time than its own
    void took(long own, boolean changes, boolean ahead) {
        if (own > until) {
            until = own;
            irregular |= ahead;
        } else {
            irregular |= changes || own > stored;
        }
    }

    /// Something else changed the state: silence, other rules, another registration.
    void changed() {
        irregular = true;
    }

    boolean isIrregular() {
        return irregular;
    }

    long until() {
        return until;
    }

    /// A snapshot of the present state is stored.
    void stored() {
        stored = until;
        irregular = false;
    }

    /// A stored snapshot was taken up.
    void resumed(long covered) {
        until = covered;
        stored = covered;
        irregular = false;
    }

    /// Stored inputs were followed up to here.
    void followed(long own) {
        until = Math.max(until, own);
    }
}
