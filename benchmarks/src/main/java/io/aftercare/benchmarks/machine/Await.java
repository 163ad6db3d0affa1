package io.aftercare.benchmarks.machine;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Waits for something outside this process, asking again and again.
public final class Await {
    private static final CountDownLatch NEVER = new CountDownLatch(1);

    private Await() {}

    /// A question that may fail while the answer is "not yet".
    @FunctionalInterface
    public interface Question {
        boolean holds() throws IOException, InterruptedException;
    }

    /// Asks every `pause` until the answer is yes; answers how long that took, in nanoseconds.
    ///
    /// @param what for the error: what was waited for
    /// @throws IOException where `longest` is over
    public static long until(String what, Duration longest, Duration pause, Question question)
            throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (!question.holds()) {
            if (System.nanoTime() - start > longest.toNanos()) {
                throw new IOException(what + " did not come about within " + longest.toSeconds() + " s");
            }
            pause(pause);
        }
        return System.nanoTime() - start;
    }

    /// Lets the machine settle, or a rest pass that is itself measured.
    public static void pause(Duration length) throws InterruptedException {
        var _ = NEVER.await(length.toNanos(), TimeUnit.NANOSECONDS);
    }
}
