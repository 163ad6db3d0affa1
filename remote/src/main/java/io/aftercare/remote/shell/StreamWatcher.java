package io.aftercare.remote.shell;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// A watcher at the other end of a connection. Writes on the connection's event loop, in order; whoever takes less than is shown is let go when
/// [#PENDING_BYTES_MAX] wait, and may come back.
final class StreamWatcher implements Watcher {
    static final String TOO_SLOW = "too-slow";
    private static final int PENDING_BYTES_MAX = 1 << 20;

    private final Context loop;
    private final Line line;
    private final AtomicInteger pendingBytes = new AtomicInteger();
    private final AtomicBoolean gone = new AtomicBoolean();

    /// The connection; called on its event loop.
    interface Line {
        /// @return done when it is written
        Future<Void> output(Buffer bytes);

        void closed(String reason);
    }

    StreamWatcher(Context loop, Line line) {
        this.loop = loop;
        this.line = line;
    }

    /// The connection has ended.
    void leave() {
        gone.set(true);
    }

    @Override
    public boolean output(byte[] bytes) {
        if (gone.get()) {
            return false;
        }
        if (pendingBytes.addAndGet(bytes.length) > PENDING_BYTES_MAX) {
            closed(TOO_SLOW);
            return false;
        }
        loop.runOnContext(_ -> {
            if (!gone.get() && bytes.length > 0) {
                line.output(Buffer.buffer(bytes)).onComplete(_ -> pendingBytes.addAndGet(-bytes.length));
            }
        });
        return true;
    }

    @Override
    public void closed(String reason) {
        loop.runOnContext(_ -> {
            if (!gone.getAndSet(true)) {
                line.closed(reason);
            }
        });
    }
}
