package io.aftercare.remote.shell;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import io.aftercare.remote.action.Actions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jdbi.v3.core.Handle;

/// Remote shells, wired.
public final class ShellRoom implements Room {
    private static final Duration SWEEP_EVERY = Duration.ofSeconds(1);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final Terminals terminals;
    private final Recordings recordings;
    private final Shells shells;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BackgroundLoop sweep;
    private final BackgroundLoop purging;

    public ShellRoom(RemoteGround ground, ShellLimits limits, Actions actions) {
        this.terminals = new Terminals(ground, limits);
        this.recordings = new Recordings(ground);
        this.shells = new Shells(ground, limits, actions, terminals);
        // What is due stands in the database, so a restart loses nothing.
        this.sweep = BackgroundLoop.every(SWEEP_EVERY, "shell-sweep", shells::sweep);
        this.purging = new BackgroundLoop("shell-purging", PURGE_EVERY, recordings::purgeOld);
        actions.listen(terminals);
        actions.reserve(Terminals.ACTION, "shell:", "Ask for a shell by POST /api/v1/devices/{id}/shells");
    }

    @Override
    public void start() {
        shells.recover();
        sweep.start();
        purging.start();
    }

    @Override
    public int purge(Handle transaction, Set<String> names) {
        return recordings.purge(transaction, names);
    }

    @Override
    public void bind(Operations operations) {
        ShellDoor door = new ShellDoor(shells, terminals, recordings, threads);
        new ShellRoutes(shells, terminals, recordings).bind(operations);
        operations.onStream("watchShell", new ShellStream(door)::serve).onStream("openShellSocket",
                new ShellSocket(door, shells, terminals)::serve);
    }

    /// What devices say and whether they are there.
    public Terminals terminals() {
        return terminals;
    }

    Recordings recordings() {
        return recordings;
    }

    Shells shells() {
        return shells;
    }

    @Override
    public void close() {
        sweep.close();
        purging.close();
        threads.shutdown();
    }
}
