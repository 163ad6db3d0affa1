package io.aftercare.benchmarks.ota;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;

/// A server's turn: some connections ask as fast as they get answers, until the time is over.
final class Turn {
    private Turn() {}

    /// What one connection asks for next.
    @FunctionalInterface
    interface Requests {
        byte[] next();
    }

    /// @param requests by connection
    record Plan(int port, int connections, Duration length, IntFunction<Requests> requests) {}

    /// @param answers that were whole
    /// @param bytes   of their bodies
    record Result(long answers, long bytes, double seconds) {
        double answersPerSecond() {
            return answers / seconds;
        }

        double mebibytesPerSecond() {
            return bytes / seconds / (1 << 20);
        }
    }

    static Result run(Plan plan) throws IOException, InterruptedException {
        List<Future<long[]>> all = new ArrayList<>();
        long begin = System.nanoTime();
        long end = begin + plan.length().toNanos();
        try (ExecutorService threads = Executors.newFixedThreadPool(plan.connections())) {
            for (int i = 0; i < plan.connections(); i++) {
                Requests requests = plan.requests().apply(i);
                all.add(threads.submit(() -> connection(plan.port(), requests, end)));
            }
        }
        double seconds = (System.nanoTime() - begin) / 1e9;
        long answers = 0;
        long bytes = 0;
        try {
            for (Future<long[]> each : all) {
                answers += each.get()[0];
                bytes += each.get()[1];
            }
        } catch (ExecutionException e) {
            throw new IOException("a connection failed: " + e.getCause(), e);
        }
        return new Result(answers, bytes, seconds);
    }

    private static long[] connection(int port, Requests requests, long end) throws IOException {
        long answers = 0;
        long bytes = 0;
        try (HttpConnection connection = new HttpConnection(port)) {
            while (System.nanoTime() < end) {
                bytes += connection.ask(requests.next());
                answers++;
            }
        }
        return new long[]{answers, bytes};
    }
}
