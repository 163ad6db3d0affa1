package io.aftercare.remote.shell;

import io.aftercare.fleet.http.Gate;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.Context;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Lets people in who want to see an open session live: who may, and whether there is one. Thread-safe.
final class ShellDoor {
    private final Shells shells;
    private final Terminals terminals;
    private final Recordings recordings;
    private final ExecutorService threads;

    /// Somebody who may look on.
    ///
    /// @param mayType whether it is who asked for the session
    record Guest(Principal who, LiveShell here, boolean mayType) {}

    /// @param virtualThreads to block on
    ShellDoor(Shells shells, Terminals terminals, Recordings recordings, ExecutorService virtualThreads) {
        this.shells = shells;
        this.terminals = terminals;
        this.recordings = recordings;
        this.threads = virtualThreads;
    }

    /// Does what blocks; what it throws is the request's answer.
    void admit(RoutingContext context, Principal who, Consumer<Guest> in) {
        Context loop = context.vertx().getOrCreateContext();
        threads.execute(() -> {
            try {
                Guest guest = guest(who, String.valueOf(context.pathParam("id")));
                loop.runOnContext(_ -> in.accept(guest));
            } catch (RuntimeException e) {
                loop.runOnContext(_ -> refuse(context, e));
            }
        });
    }

    private Guest guest(Principal who, String id) {
        Shell shell = shells.find(who, id);
        LiveShell here = terminals.find(id).orElseThrow(() -> Problem.conflict(
                "The shell " + id + " is " + shell.state().text() + (shell.isOver()
                        ? "; its recording is at /api/v1/shells/" + id + "/recording"
                        : ", not open")));
        recordings.watched(who, shell);
        return new Guest(who, here, here.owner().equals(who.name()));
    }

    /// Lets a guest look on, and says so where there is no room.
    void attach(Guest guest, Watcher watcher) {
        threads.execute(() -> guest.here().attach(watcher).ifPresent(watcher::closed));
    }

    void detach(Guest guest, Watcher watcher) {
        threads.execute(() -> guest.here().detach(watcher));
    }

    void run(Runnable work) {
        threads.execute(work);
    }

    static void refuse(RoutingContext context, Throwable why) {
        context.request().resume();
        Gate.send(context.response(), Gate.problem(why, context.request().path()));
    }

    /// A page of another site may open a socket to here in a browser that is logged in, and the browser shows the cookie: RFC 6455,
    /// 10.2. So what comes with the cookie has to come from a page of ours, and what names its page has to name ours.
    static boolean isOurs(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin == null) {
            return request.getHeader("Authorization") != null;
        }
        String host = request.getHeader("Host");
        return host != null && host.equalsIgnoreCase(authority(origin));
    }

    private static @Nullable String authority(String origin) {
        try {
            return URI.create(origin).getAuthority();
        } catch (IllegalArgumentException _) {
            return null; // no page of ours
        }
    }
}
