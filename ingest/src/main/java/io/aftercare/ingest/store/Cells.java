package io.aftercare.ingest.store;

import java.util.Arrays;

/// What the samples of a day and page come to, cell by cell of one [Level]: number, least, greatest and sum for each slot.
/// Reused; not thread-safe.
final class Cells {
    private final Level level;
    private final long[] counts;
    private final double[] least;
    private final double[] greatest;
    private final double[] sums;

    /// Is shown cells that hold something.
    @FunctionalInterface
    interface Visitor {
        /// @param index of the cell in its day
        void cell(int index, int slot, long count, double least, double greatest, double sum);
    }

    Cells(Level level) {
        this.level = level;
        int size = level.cells() * Slots.COUNT;
        this.counts = new long[size];
        this.least = new double[size];
        this.greatest = new double[size];
        this.sums = new double[size];
    }

    Level level() {
        return level;
    }

    void clear() {
        Arrays.fill(counts, 0);
    }

    /// Adds a sample of the day.
    void add(SampleCursor sample) {
        int index = (int) (Math.floorMod(sample.micros(), Partitions.DAY_MICROS) / level.micros());
        for (int left = sample.present(); left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            double value = sample.value(slot);
            add(index, slot, 1, value, value, value);
        }
    }

    /// Adds what other samples come to.
    void add(int index, int slot, long count, double low, double high, double sum) {
        int at = index * Slots.COUNT + slot;
        if (counts[at] == 0) {
            least[at] = low;
            greatest[at] = high;
            sums[at] = sum;
        } else {
            least[at] = Math.min(least[at], low);
            greatest[at] = Math.max(greatest[at], high);
            sums[at] += sum;
        }
        counts[at] += count;
    }

    long count(int index, int slot) {
        return counts[index * Slots.COUNT + slot];
    }

    double least(int index, int slot) {
        return least[index * Slots.COUNT + slot];
    }

    double greatest(int index, int slot) {
        return greatest[index * Slots.COUNT + slot];
    }

    double sum(int index, int slot) {
        return sums[index * Slots.COUNT + slot];
    }
}
