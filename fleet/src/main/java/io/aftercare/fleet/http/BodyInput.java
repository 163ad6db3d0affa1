package io.aftercare.fleet.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// A request's body as an [InputStream] for one virtual thread. The client is read as fast as the thread reads: at most two
/// of Vert.x's pieces wait here. Made on the request's event loop while the request is paused.
public final class BodyInput extends InputStream {
    private static final long WAIT_SECONDS_MAX = 60;
    private static final long DROPPED_BYTES_MAX = 8 << 20;

    private final HttpServerRequest request;
    private final Context loop;
    private final BlockingQueue<Piece> pieces = new LinkedBlockingQueue<>();
    private @Nullable Buffer current;
    private int position;
    private boolean ended;

    private sealed interface Piece {}

    private record Bytes(Buffer buffer) implements Piece {}

    private record End() implements Piece {}

    private record Broken(Throwable cause) implements Piece {}

    private BodyInput(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
    }

    /// @param loop the request's own
    public static BodyInput of(HttpServerRequest request, Context loop) {
        BodyInput input = new BodyInput(request, loop);
        if (request.isEnded()) {
            input.pieces.add(new End());
            return input;
        }
        request.handler(buffer -> input.pieces.add(new Bytes(buffer)));
        request.endHandler(_ -> input.pieces.add(new End()));
        request.exceptionHandler(failure -> input.pieces.add(new Broken(failure)));
        request.fetch(2);
        return input;
    }

    /// Nobody reads on: what still comes is dropped and held nowhere, and after [#DROPPED_BYTES_MAX] the connection is closed. On
    /// the request's event loop.
    void abandon() {
        if (request.isEnded()) {
            return;
        }
        AtomicLong dropped = new AtomicLong();
        request.handler(buffer -> {
            if (dropped.addAndGet(buffer.length()) > DROPPED_BYTES_MAX) {
                request.connection().close();
            }
        });
        pieces.clear();
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        Buffer piece = piece();
        if (piece == null) {
            return -1;
        }
        int count = Math.min(length, piece.length() - position);
        piece.getBytes(position, position + count, target, offset);
        position += count;
        return count;
    }

    private @Nullable Buffer piece() throws IOException {
        while (!ended && (current == null || position == current.length())) {
            if (current != null) {
                loop.runOnContext(_ -> more());
            }
            current = null;
            position = 0;
            switch (next()) {
                case Bytes bytes -> current = bytes.buffer();
                case End _ -> ended = true;
                case Broken broken ->
                    throw new IOException("The sender went away in mid-body", broken.cause());
            }
        }
        return ended ? null : current;
    }

    private void more() {
        if (!request.isEnded()) {
            request.fetch(1);
        }
    }

    private Piece next() throws IOException {
        try {
            Piece piece = pieces.poll(WAIT_SECONDS_MAX, TimeUnit.SECONDS);
            if (piece == null) {
                throw new IOException("The sender sent nothing for " + WAIT_SECONDS_MAX + " s");
            }
            return piece;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while reading", e);
        }
    }
}
