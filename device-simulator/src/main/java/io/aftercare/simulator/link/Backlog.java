package io.aftercare.simulator.link;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// Samples that were not acknowledged yet, oldest first. Bounded: when a device stays offline for long, its oldest
/// samples go first. Thread-safe.
final class Backlog {
    private final int samplesMax;
    private final Deque<Sample> waiting = new ArrayDeque<>();
    private long dropped;

    /// @param ts epoch milliseconds
    record Sample(long ts, Map<String, Object> values) {}

    Backlog(int samplesMax) {
        this.samplesMax = samplesMax;
    }

    synchronized void add(Sample sample) {
        if (waiting.size() == samplesMax) {
            waiting.removeFirst();
            dropped++;
        }
        waiting.addLast(sample);
    }

    /// The oldest samples, at most `max`; they stay until [#remove].
    synchronized List<Sample> oldest(int max) {
        List<Sample> batch = new ArrayList<>();
        for (Sample sample : waiting) {
            if (batch.size() == max) {
                break;
            }
            batch.add(sample);
        }
        return batch;
    }

    /// Forgets samples that were acknowledged; those that had to go meanwhile are gone already.
    synchronized void remove(List<Sample> acknowledged) {
        for (Sample sample : acknowledged) {
            waiting.remove(sample);
        }
    }

    synchronized void clear() {
        waiting.clear();
    }

    synchronized int size() {
        return waiting.size();
    }

    synchronized long dropped() {
        return dropped;
    }
}
