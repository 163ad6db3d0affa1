package io.aftercare.benchmarks.rules;

import com.sun.management.ThreadMXBean;
import io.aftercare.benchmarks.report.Spread;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Times contenders in turn on this thread, forwards in one round and backwards in the next, so that what disturbs one disturbs the others.
///
/// @param count  rounds that count; one more goes before them, to warm up
/// @param length of a contender's turn, CPU time of this thread: nobody else's work is in it, and neither is the collection of garbage
record Rounds(int count, Duration length) {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /// @param nanos CPU time a sample, over the rounds
    /// @param bytes allocated a sample, the least of the rounds: what compiling leaves behind is not the sample's
    record Figure(String name, Spread nanos, double bytes) {}

    private static final class Turns {
        private final Contender contender;
        private final List<Double> nanos = new ArrayList<>();
        private double bytes = Double.MAX_VALUE;
        private long next;

        private Turns(Contender contender) {
            this.contender = contender;
        }

        private void take(Duration length, boolean counts) {
            System.gc(); // what another one left behind is not this one's
            int chunk = 1_000;
            long from = next;
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long begun = THREADS.getCurrentThreadCpuTime();
            long spent = 0;
            while (spent < length.toNanos()) {
                contender.run(next, chunk);
                next += chunk;
                spent = THREADS.getCurrentThreadCpuTime() - begun;
            }
            if (counts) {
                double samples = next - from;
                nanos.add(spent / samples);
                bytes = Math.min(bytes, (THREADS.getCurrentThreadAllocatedBytes() - allocated) / samples);
            }
        }
    }

    /// @throws IllegalStateException where one has not found what it should have
    List<Figure> run(Map<String, Contender> contenders, boolean breaches) {
        Map<String, Turns> turns = new LinkedHashMap<>();
        contenders.forEach((name, contender) -> turns.put(name, new Turns(contender)));
        turns.values().forEach(turn -> turn.take(length, false));
        for (int round = 0; round < count; round++) {
            List<Turns> order = new ArrayList<>(turns.values());
            (round % 2 == 0 ? order : order.reversed()).forEach(turn -> turn.take(length, true));
        }
        if (breaches) {
            turns.forEach(Rounds::check);
        }
        return turns.entrySet().stream().map(entry -> new Figure(entry.getKey(),
                Spread.of(entry.getValue().nanos), entry.getValue().bytes)).toList();
    }

    private static void check(String name, Turns turns) {
        long expected = (turns.next + Samples.BREACH_EVERY - 1) / Samples.BREACH_EVERY;
        if (turns.contender.found() != expected) {
            throw new IllegalStateException("%s found %d of %d breaches".formatted(name,
                    turns.contender.found(), expected));
        }
    }
}
