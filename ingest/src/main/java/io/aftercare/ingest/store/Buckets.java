package io.aftercare.ingest.store;

import java.util.ArrayList;
import java.util.List;

/// What the samples of some slots of a page come to, bucket by bucket. Not thread-safe.
final class Buckets {
    private final BucketPlan plan;
    private final int slots;
    private final long[] counts;
    private final double[] least;
    private final double[] greatest;
    private final double[] sums;

    /// @param slots those that are asked for, as bits
    Buckets(BucketPlan plan, int slots) {
        this.plan = plan;
        this.slots = slots;
        int size = plan.count() * Slots.COUNT;
        this.counts = new long[size];
        this.least = new double[size];
        this.greatest = new double[size];
        this.sums = new double[size];
    }

    void add(SampleCursor sample) {
        for (int left = sample.present() & slots; left != 0; left &= left - 1) {
            int slot = Integer.numberOfTrailingZeros(left);
            double value = sample.value(slot);
            add(sample.micros(), slot, 1, value, value, value);
        }
    }

    /// Adds a cell that begins in the range, or holds its beginning.
    void addCell(long micros, Level level, int slot, long count, double low, double high, double sum) {
        if (micros + level.micros() > plan.from() && micros < plan.to()) {
            add(Math.max(micros, plan.from()), slot, count, low, high, sum);
        }
    }

    void add(long micros, int slot, long count, double low, double high, double sum) {
        if ((slots & 1 << slot) == 0 || count == 0) {
            return;
        }
        int at = plan.index(micros) * Slots.COUNT + slot;
        least[at] = counts[at] == 0 ? low : Math.min(least[at], low);
        greatest[at] = counts[at] == 0 ? high : Math.max(greatest[at], high);
        sums[at] += sum;
        counts[at] += count;
    }

    /// Those of a slot that hold something.
    List<TelemetryQuery.Bucket> of(int slot) {
        List<TelemetryQuery.Bucket> buckets = new ArrayList<>();
        for (int index = 0; index < plan.count(); index++) {
            int at = index * Slots.COUNT + slot;
            if (counts[at] > 0) {
                // A mean of decimals may be rounded past its own bounds.
                double mean = Math.clamp(sums[at] / counts[at], least[at], greatest[at]);
                buckets.add(new TelemetryQuery.Bucket(plan.start(index) / 1000, least[at], mean, greatest[at],
                        counts[at]));
            }
        }
        return buckets;
    }
}
