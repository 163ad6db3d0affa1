package io.aftercare.ota.release;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerFileUpload;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// One part of an upload as a stream that a virtual thread reads while the event loop fills it. At most [#BYTES_MAX] and
/// what the socket has read already wait in memory: then the client is paused until the reader has caught up.
final class PartStream extends InputStream {
    private static final int BYTES_MAX = 1 << 20;
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);

    private final HttpServerFileUpload upload;
    private final Context loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Buffer> waiting = new ArrayDeque<>();
    private int offset;
    private int bytes;
    private boolean paused;
    private boolean ended;
    private boolean discarding;
    private @Nullable Throwable failure;

    /// On the request's event loop.
    PartStream(HttpServerFileUpload upload, Context loop) {
        this.upload = upload;
        this.loop = loop;
        upload.handler(this::add);
        upload.endHandler(_ -> end());
        upload.exceptionHandler(this::fail);
    }

    /// The part's field name.
    String field() {
        return upload.name();
    }

    String fileName() {
        return upload.filename() == null ? "" : upload.filename();
    }

    private void add(Buffer buffer) {
        lock.lock();
        try {
            if (discarding) {
                return;
            }
            waiting.add(buffer);
            bytes += buffer.length();
            if (bytes > BYTES_MAX && !paused) {
                paused = true;
                upload.pause();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The request broke off; the reader is told.
    void fail(Throwable cause) {
        lock.lock();
        try {
            if (!ended) {
                failure = cause;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        lock.lock();
        try {
            await();
            Buffer head = waiting.peek();
            if (head == null) {
                return -1;
            }
            int n = Math.min(length, head.length() - offset);
            head.getBytes(offset, offset + n, into, from);
            offset += n;
            if (offset == head.length()) {
                waiting.remove();
                bytes -= offset;
                offset = 0;
                resumeWhenLow(BYTES_MAX / 2);
            }
            return n;
        } finally {
            lock.unlock();
        }
    }

    private void await() throws IOException {
        long left = SILENCE_MAX.toNanos();
        while (waiting.isEmpty() && !ended) {
            if (failure != null) {
                throw new BrokenUpload("The upload broke off", failure);
            }
            if (left <= 0) {
                throw new BrokenUpload("No data for " + SILENCE_MAX.toSeconds() + " s", null);
            }
            try {
                left = changed.awaitNanos(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("Stopped while waiting for data", e);
            }
        }
    }

    private void resumeWhenLow(int low) {
        if (paused && bytes <= low) {
            paused = false;
            loop.runOnContext(_ -> upload.resume());
        }
    }

    /// Lets the rest of the part pass by unread.
    @Override
    public void close() {
        lock.lock();
        try {
            discarding = true;
            waiting.clear();
            bytes = 0;
            offset = 0;
            resumeWhenLow(0);
        } finally {
            lock.unlock();
        }
    }
}
