package io.aftercare.simulator.load;

import java.time.InstantSource;

/// Where a connection's message times come from: each is unique for its device. Not thread-safe.
interface Timestamps {
    int NONE_LEFT = -1;

    /// The next message's time in epoch milliseconds, or [#NONE_LEFT].
    long next();

    /// New messages: now, or a millisecond after the one before.
    static Timestamps fresh(InstantSource clock, long messagesMax) {
        return new Timestamps() {
            private long last;
            private long left = messagesMax;

            @Override
            public long next() {
                if (left-- <= 0) {
                    return NONE_LEFT;
                }
                last = Math.max(last + 1, clock.millis());
                return last;
            }
        };
    }

    /// Messages of an earlier run, sent again.
    static Timestamps of(long[] times) {
        return new Timestamps() {
            private int next;

            @Override
            public long next() {
                return next < times.length ? times[next++] : NONE_LEFT;
            }
        };
    }
}
