package io.aftercare.diagnostics.action;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks once a second which actions have run out of time. What is due stands in the database, so a restart loses nothing.
final class ActionClock implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ActionClock.class);
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int AT_ONCE_MAX = 200;

    private final Actions actions;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofVirtual().name("action-clock").unstarted(this::run);

    ActionClock(Actions actions) {
        this.actions = actions;
    }

    void start() {
        thread.start();
    }

    private void run() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            while (actions.expire(AT_ONCE_MAX) == AT_ONCE_MAX && closed.getCount() > 0) {
                // as many again
            }
        } catch (RuntimeException e) {
            LOG.warn("The clock of remote actions waits for the database: {}", e.getMessage());
        }
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
}
