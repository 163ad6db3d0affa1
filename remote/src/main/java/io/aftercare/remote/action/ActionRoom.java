package io.aftercare.remote.action;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import java.time.Duration;

/// Remote actions, wired.
public final class ActionRoom implements Room {
    private static final Duration EXPIRY_EVERY = Duration.ofSeconds(1);
    private static final int EXPIRED_AT_ONCE_MAX = 200;

    private final Actions actions;
    private final BackgroundLoop expiry;

    public ActionRoom(RemoteGround ground) {
        this.actions = new Actions(ground);
        // What is due stands in the database, so a restart loses nothing.
        this.expiry = new BackgroundLoop("action-expiry", EXPIRY_EVERY,
                () -> actions.expire(EXPIRED_AT_ONCE_MAX) == EXPIRED_AT_ONCE_MAX);
    }

    @Override
    public void start() {
        expiry.start();
    }

    @Override
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
