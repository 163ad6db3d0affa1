package io.aftercare.fleet.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Does a piece of work again and again on one virtual thread: at the start, then after each interval or when it is woken,
/// and at once while there is more of it. A round that fails is logged and comes again after the interval. Thread-safe;
/// started and closed once.
public final class BackgroundLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundLoop.class);

    private final Duration interval;
    private final Round round;
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private final CountDownLatch closing = new CountDownLatch(1);

    /// One bounded piece of the work.
    @FunctionalInterface
    public interface Round {
        /// @return whether more is waiting that should be done without a pause
        boolean run() throws InterruptedException;
    }

    /// All of the work.
    @FunctionalInterface
    public interface Work {
        void run() throws InterruptedException;
    }

    /// @param name     of the thread, and of the work in the log
    /// @param interval between two looks
    public BackgroundLoop(String name, Duration interval, Round round) {
        this.interval = interval;
        this.round = round;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    /// Work that is done in one go each time.
    public static BackgroundLoop every(Duration interval, String name, Work work) {
        return new BackgroundLoop(name, interval, () -> {
            work.run();
            return false;
        });
    }

    public void start() {
        thread.start();
    }

    /// Says that there is something to do; cheap, from any thread.
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /// Whether a long round should end.
    public boolean isClosing() {
        return closing.getCount() == 0;
    }

    /// Ends after the round in work.
    @Override
    public void close() {
        closing.countDown();
        wake();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            while (!isClosing()) {
                if (!attempt() && !isClosing()) {
                    var _ = wake.tryAcquire(interval.toNanos(), TimeUnit.NANOSECONDS);
                    wake.drainPermits();
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} was interrupted", thread.getName(), e);
        }
    }

    /// A round; after one that fails the whole interval, because being woken during an outage must not make it spin.
    private boolean attempt() throws InterruptedException {
        try {
            return round.run();
        } catch (RuntimeException e) {
            LOG.warn("{} is tried again in {} s: {}", thread.getName(), interval.toMillis() / 1000.0,
                    e.toString());
            return !closing.await(interval.toNanos(), TimeUnit.NANOSECONDS);
        }
    }
}
