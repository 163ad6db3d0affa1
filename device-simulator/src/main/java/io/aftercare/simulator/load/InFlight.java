package io.aftercare.simulator.load;

/// The messages of one connection that wait for their acknowledgement, by packet id (1 to the window). Not thread-safe.
final class InFlight {
    private final int[] freeIds;
    private final long[] timestamps;
    private final long[] startedNanos;
    private int free;

    InFlight(int window) {
        freeIds = new int[window];
        timestamps = new long[window + 1];
        startedNanos = new long[window + 1];
        for (int i = 0; i < window; i++) {
            freeIds[i] = window - i;
        }
        free = window;
    }

    int window() {
        return freeIds.length;
    }

    int free() {
        return free;
    }

    int waiting() {
        return freeIds.length - free;
    }

    int take(long ts, long nanos) {
        int id = freeIds[--free];
        timestamps[id] = ts;
        startedNanos[id] = nanos;
        return id;
    }

    /// Whether this id waits for an acknowledgement: brokers may repeat themselves.
    boolean waits(int id) {
        return id > 0 && id < timestamps.length && timestamps[id] != 0;
    }

    long timestamp(int id) {
        return timestamps[id];
    }

    long startedNanos(int id) {
        return startedNanos[id];
    }

    void give(int id) {
        timestamps[id] = 0;
        freeIds[free++] = id;
    }
}
