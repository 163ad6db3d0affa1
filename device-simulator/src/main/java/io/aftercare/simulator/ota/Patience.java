package io.aftercare.simulator.ota;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// How long a download tries again, and how slow it may be.
///
/// @param attempts without progress before it is given up
/// @param first pause after the first failure; it doubles with each, up to a minute, each with jitter
/// @param silence a sender may keep before the connection is dropped
/// @param bytesPerSecondMin on average over the whole download
/// @param grace before that is looked at
record Patience(int attempts, Duration first, Duration silence, long bytesPerSecondMin, Duration grace) {
    static final Patience USUAL = new Patience(8, Duration.ofMillis(500), Duration.ofSeconds(15), 512,
            Duration.ofMinutes(1));

    void pause(int failures, RandomGenerator random) throws InterruptedException {
        long millis = Math.min(60_000, first.toMillis() << Math.min(failures, 16));
        TimeUnit.MILLISECONDS.sleep(random.nextLong(millis / 2 + 1, millis + 2));
    }

    /// Gives a starved download up: a sender that is slow on purpose keeps a device from every later update.
    void checkSpeed(long bytes, long startedNanos) throws UpdateFailedException {
        double seconds = (System.nanoTime() - startedNanos) / 1e9;
        if (seconds > grace.toNanos() / 1e9 && bytes / seconds < bytesPerSecondMin) {
            throw new UpdateFailedException("slow-retrieval",
                    bytes + " bytes in " + (long) seconds + " s, at least " + bytesPerSecondMin
                            + " a second are expected");
        }
    }
}
