package io.aftercare.service.ticket;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs what has come due, once each interval and up to a hundred times while there is more, on one virtual thread. A failure is logged and
/// tried again after the interval.
public final class DueLoop implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DueLoop.class);

    private static final int ROUNDS_MAX = 100;

    private final Duration interval;
    private final IntSupplier work;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// @param work does some of what is due and says how much that was
    public DueLoop(String name, Duration interval, IntSupplier work) {
        this.interval = interval;
        this.work = work;
        this.thread = Thread.ofVirtual().name(name).unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                runDue();
            } while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void runDue() {
        try {
            for (int round = 0; round < ROUNDS_MAX && closed.getCount() > 0; round++) {
                if (work.getAsInt() == 0) {
                    return;
                }
            }
        } catch (RuntimeException e) {
            LOG.warn("What is due waits until the next look: {}", e.toString());
        }
    }
}
