package io.aftercare.diagnostics.engine;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What devices of one model and firmware have in common: each lane tells what its own devices come to, this merges it, and lanes read
/// the outcome as one immutable picture. Figures of several processes merge the same way, by [#others]. Thread-safe; at most
/// [#COHORTS_MAX] cohorts.
final class Cohorts {
    static final int COHORTS_MAX = 10_000;

    private final Map<Integer, Map<Key, Figure>> shares = new ConcurrentHashMap<>();
    private final Supplier<Map<Key, Figure>> others;
    private volatile Picture picture = new Picture(0, Map.of());

    /// Whose figure it is: devices of a model and firmware, and the metric's average over a window.
    record Key(String model, String firmware, String metric, long windowMicros) {}

    /// How many devices there are, the mean of their averages, and the sum of squared differences from it.
    record Figure(long devices, double mean, double squares) {
        static Figure of(double value) {
            return new Figure(1, value, 0);
        }

        /// Both together (Chan, Golub and LeVeque, 1979).
        Figure and(Figure other) {
            long count = devices + other.devices;
            double difference = other.mean - mean;
            double share = (double) other.devices / count;
            return new Figure(count, mean + difference * share,
                    squares + other.squares + difference * difference * devices * share);
        }

        /// Standard deviation of the sample; 0 for one device.
        double deviation() {
            return devices < 2 ? 0 : Math.sqrt(squares / (devices - 1));
        }
    }

    /// All figures of one moment.
    ///
    /// @param number counts them, from 0 for none yet
    record Picture(long number, Map<Key, Figure> figures) {
        @Nullable
        Figure of(Key key) {
            return figures.get(key);
        }
    }

    /// @param others what other processes tell
    Cohorts(Supplier<Map<Key, Figure>> others) {
        this.others = others;
    }

    /// What a lane's devices come to now; it replaces what the lane told before.
    void tell(int lane, Map<Key, Figure> share) {
        shares.put(lane, Map.copyOf(share));
    }

    /// What this process's devices come to, for other processes.
    Map<Key, Figure> own() {
        Map<Key, Figure> merged = new HashMap<>();
        shares.values().forEach(share -> add(merged, share));
        return merged;
    }

    private static void add(Map<Key, Figure> into, Map<Key, Figure> share) {
        share.forEach((key, figure) -> {
            if (into.size() < COHORTS_MAX || into.containsKey(key)) {
                into.merge(key, figure, Figure::and);
            }
        });
    }

    /// Makes the next picture of what was told.
    void publish() {
        Map<Key, Figure> merged = own();
        add(merged, others.get());
        if (!merged.isEmpty() || !picture.figures().isEmpty()) {
            picture = new Picture(picture.number() + 1, Map.copyOf(merged));
        }
    }

    Picture picture() {
        return picture;
    }
}
