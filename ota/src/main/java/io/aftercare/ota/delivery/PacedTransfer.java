package io.aftercare.ota.delivery;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpServerResponse;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Sends a piece of a file no faster than a campaign's rate allows. On the event loop of its request; holds one piece in
/// memory. Downloads without a rate go by the kernel instead.
final class PacedTransfer {
    private static final int PIECE_BYTES_MAX = 64 * 1024;

    private final Vertx vertx;
    private final HttpServerResponse response;
    private final Pace pace;
    private final int campaign;
    private final long bytesPerSecond;

    PacedTransfer(Vertx vertx, HttpServerResponse response, Pace pace, int campaign, long bytesPerSecond) {
        this.vertx = vertx;
        this.response = response;
        this.pace = pace;
        this.campaign = campaign;
        this.bytesPerSecond = bytesPerSecond;
    }

    Future<Void> send(Path path, long from, long length) {
        response.putHeader("Content-Length", Long.toString(length));
        OpenOptions reading = new OpenOptions().setRead(true).setWrite(false).setCreate(false);
        return vertx.fileSystem().open(path.toString(), reading).compose(file -> {
            Promise<Void> done = Promise.promise();
            piece(file, from, length, done);
            return done.future().eventually(file::close);
        }).compose(_ -> response.end());
    }

    // one promise for all pieces: a chain of futures would grow with the file
    private void piece(AsyncFile file, long from, long left, Promise<Void> done) {
        if (left == 0) {
            done.complete();
            return;
        }
        // a quarter of a second's worth at most, so that slow rates flow and do not stutter
        int size = (int) Math.min(left, Math.clamp(bytesPerSecond / 4, 1, PIECE_BYTES_MAX));
        long waitMillis = TimeUnit.NANOSECONDS.toMillis(pace.reserve(campaign, bytesPerSecond, size));
        vertx.setTimer(Math.max(1, waitMillis),
                _ -> file.read(Buffer.buffer(size), 0, from, size).compose(response::write)
                        .onSuccess(_ -> piece(file, from + size, left - size, done)).onFailure(done::fail));
    }
}
