package io.aftercare.simulator.load;

import io.netty.channel.EventLoop;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// What all connections of a run have done so far. Thread-safe, but for a [Latencies], which belongs to its event loop.
final class Totals {
    final LongAdder sent = new LongAdder();
    final LongAdder acknowledged = new LongAdder();
    final LongAdder rejected = new LongAdder();
    final LongAdder refused = new LongAdder();
    final LongAdder lost = new LongAdder();
    final LongAdder connected = new LongAdder();
    private final AtomicReference<String> problem = new AtomicReference<>("");
    private final Map<EventLoop, Latencies> latencies = new ConcurrentHashMap<>();

    Latencies latencies(EventLoop loop) {
        return latencies.computeIfAbsent(loop, _ -> new Latencies());
    }

    /// Keeps the first problem: the later ones follow from it more often than not.
    void problem(String text) {
        problem.compareAndSet("", text);
    }

    String firstProblem() {
        return problem.get();
    }

    /// Only after the event loops have stopped.
    Latencies allLatencies() {
        Latencies all = new Latencies();
        latencies.values().forEach(all::add);
        return all;
    }
}
