package io.aftercare.diagnostics.track;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/// Random values as devices send them: at an uneven pace, with gaps, some late, some at the same moment, now and then out of all proportion.
/// Keeps them all, for models to look at.
final class Feed {
    final long window;
    final Random random;
    final List<Value> all = new ArrayList<>();
    long now;
    private double level;

    record Value(long at, double value, boolean late) {}

    Feed(Random random, long window) {
        this.random = random;
        this.window = window;
        this.now = 1_000_000L * random.nextInt(1_000_000);
    }

    Value next(boolean mayBeLate) {
        now += random.nextInt(12) == 0
                ? 0
                : random.nextLong(1, Math.max(2, window / (random.nextInt(5) == 0 ? 2 : 50)));
        boolean late = mayBeLate && !all.isEmpty() && random.nextInt(6) == 0;
        Value value = new Value(late ? now - random.nextLong(1, window * 2) : now,
                random.nextInt(200) == 0 ? 1e6 : random.nextInt(-1000, 1000) / 8.0, late);
        all.add(value);
        return value;
    }

    /// A counter: grows, and sometimes begins again.
    Value nextCount(boolean resets, boolean mayBeLate) {
        Value value = next(mayBeLate);
        all.removeLast();
        double grown = value.late() ? levelAt(value.at()) : grow(resets);
        all.add(new Value(value.at(), grown, value.late()));
        return all.getLast();
    }

    private double grow(boolean resets) {
        level = resets && random.nextInt(10) == 0 ? random.nextInt(5) : level + random.nextInt(20);
        return level;
    }

    /// What a counter that only grows must have shown in between.
    private double levelAt(long at) {
        return all.stream().filter(it -> it.at() <= at).mapToDouble(Value::value).max().orElse(0);
    }

    void give(Track track, Value value) {
        if (value.late()) {
            track.late(value.value(), value.at());
        } else {
            track.add(value.value(), value.at());
        }
    }

    /// What a ring of `buckets` still has, oldest first.
    List<Value> within(int buckets) {
        long width = Math.max(1, (window + buckets - 1) / buckets);
        long first = Math.floorDiv(now, width) - buckets + 1;
        return all.stream().filter(value -> Math.floorDiv(value.at(), width) >= first)
                .sorted(Comparator.comparingLong(Value::at)).toList();
    }
}
