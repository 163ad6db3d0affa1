package io.aftercare.remote.upload;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Operations;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.Room;
import java.time.Duration;

/// Uploads, wired.
public final class UploadRoom implements Room {
    private static final Duration EXPIRY_EVERY = Duration.ofSeconds(10);
    private static final Duration SWEEP_EVERY = Duration.ofHours(1);

    private final RemoteGround ground;
    private final Uploads uploads;
    private final BackgroundLoop expiry;
    private final BackgroundLoop sweep;

    public UploadRoom(RemoteGround ground, UploadLimits limits) {
        this.ground = ground;
        this.uploads = new Uploads(ground, limits);
        this.expiry = new BackgroundLoop("upload-expiry", EXPIRY_EVERY, uploads::expire);
        this.sweep = BackgroundLoop.every(SWEEP_EVERY, "upload-sweep", uploads::sweep);
    }

    public Uploads uploads() {
        return uploads;
    }

    @Override
    public void bind(Operations operations) {
        new UploadRoutes(ground, uploads).bind(operations);
    }

    @Override
    public void start() {
        expiry.start();
        sweep.start();
    }

    @Override
    public void close() {
        sweep.close();
        expiry.close();
    }
}
