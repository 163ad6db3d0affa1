package io.aftercare.diagnostics.action;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import java.time.Duration;
import java.time.InstantSource;

/// Remote actions, wired.
public final class ActionFeature implements AutoCloseable {
    private static final Duration EXPIRY_EVERY = Duration.ofSeconds(1);
    private static final int EXPIRED_AT_ONCE_MAX = 200;

    private final Actions actions;
    private final BackgroundLoop expiry;

    public ActionFeature(Database database, Devices devices, Downlink downlink, Surroundings surroundings,
            Events events, InstantSource clock) {
        this.actions = new Actions(database, devices, downlink, surroundings, events, clock);
        // What is due stands in the database, so a restart loses nothing.
        this.expiry = new BackgroundLoop("action-expiry", EXPIRY_EVERY,
                () -> actions.expire(EXPIRED_AT_ONCE_MAX) == EXPIRED_AT_ONCE_MAX);
    }

    public void start() {
        expiry.start();
    }

    public void bind(Operations operations) {
        new ActionRoutes(actions).bind(operations);
    }

    public Actions actions() {
        return actions;
    }

    @Override
    public void close() {
        expiry.close();
    }
}
