package io.aftercare.remote.log;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.upload.Uploads;
import java.time.Duration;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// Logs, wired.
public final class LogRoom implements Room {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(10);
    private static final Duration PURGE_EVERY = Duration.ofHours(1);

    private final RemoteGround ground;
    private final Logs logs;
    private final BackgroundLoop reading;
    private final BackgroundLoop purging;

    public LogRoom(RemoteGround ground, Actions actions, Uploads uploads) {
        this.ground = ground;
        this.logs = new Logs(ground, actions, uploads, this::wake);
        this.reading = new BackgroundLoop("log-reading", LOOK_EVERY, logs::readReceived);
        this.purging = new BackgroundLoop("log-purging", PURGE_EVERY, logs::purgeOld);
        actions.listen(logs);
        actions.keep(Logs.ACTION, logs);
        uploads.on(Logs.PURPOSE, logs);
    }

    private void wake() {
        reading.wake();
    }

    @Override
    public int purge(Handle transaction, Set<String> names) {
        return logs.purge(transaction, names);
    }

    @Override
    public void bind(Operations operations) {
        new LogRoutes(ground, logs).bind(operations);
    }

    @Override
    public void start() {
        reading.start();
        purging.start();
    }

    @Override
    public void close() {
        purging.close();
        reading.close();
    }
}
