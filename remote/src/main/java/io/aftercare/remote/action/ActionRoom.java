package io.aftercare.remote.action;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import java.time.Duration;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Remote actions, wired.
public final class ActionRoom implements Room {
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int EXPIRED_AT_ONCE_MAX = 200;

    private final Actions actions;
    private final List<BackgroundLoop> loops;
    private String lookedAt = "";

    public ActionRoom(RemoteGround ground) {
        this.actions = new Actions(ground);
        // What is due, and what waits, stands in the database, so a restart loses nothing.
        this.loops = List.of(
                new BackgroundLoop("action-expiry", EVERY,
                        () -> actions.expire(EXPIRED_AT_ONCE_MAX) == EXPIRED_AT_ONCE_MAX),
                new BackgroundLoop("action-delivery", EVERY, this::lookAround));
    }

    private boolean lookAround() {
        @Nullable
        String last = actions.lookAround(lookedAt);
        lookedAt = last == null ? "" : last;
        return last != null;
    }

    @Override
    public void start() {
        loops.forEach(BackgroundLoop::start);
    }

    @Override
    public void bind(Operations operations) {
        new ActionRoutes(actions).bind(operations);
    }

    public Actions actions() {
        return actions;
    }

    @Override
    public int purge(Handle transaction, Set<String> names) {
        return ActionSql.forget(transaction, names, Catalogue.DATA);
    }

    @Override
    public void close() {
        loops.forEach(BackgroundLoop::close);
    }
}
