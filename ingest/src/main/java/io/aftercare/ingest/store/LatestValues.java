package io.aftercare.ingest.store;

import java.util.Arrays;
import java.util.OptionalLong;

/// The newest value of each of a device's metrics, by place. An older value never takes the place of a newer one. Guarded by
/// its own monitor; 16 bytes a place.
final class LatestValues {
    private static final long NEVER = Long.MIN_VALUE;

    private long[] micros = new long[0];
    private double[] values = new double[0];

    /// Is shown a value.
    @FunctionalInterface
    interface Visitor {
        void value(int place, long micros, double value);
    }

    synchronized void add(int place, long at, double value) {
        if (place >= micros.length) {
            int before = micros.length;
            micros = Arrays.copyOf(micros, place + 4);
            values = Arrays.copyOf(values, place + 4);
            Arrays.fill(micros, before, micros.length, NEVER);
        }
        // Of one moment the first value stays, as in the store.
        if (at > micros[place]) {
            micros[place] = at;
            values[place] = value;
        }
    }

    void add(int page, SampleCursor sample) {
        for (int left = sample.present(); left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            add(page * Slots.COUNT + slot, sample.micros(), sample.value(slot));
        }
    }

    boolean has(int place) {
        return micros(place) != NEVER;
    }

    /// When a place's value was measured; before all times where there is none.
    synchronized long micros(int place) {
        return place < micros.length ? micros[place] : NEVER;
    }

    synchronized OptionalLong newest() {
        return Arrays.stream(micros).filter(at -> at != NEVER).max();
    }

    synchronized void forEach(Visitor visitor) {
        for (int place = 0; place < micros.length; place++) {
            if (micros[place] != NEVER) {
                visitor.value(place, micros[place], values[place]);
            }
        }
    }
}
