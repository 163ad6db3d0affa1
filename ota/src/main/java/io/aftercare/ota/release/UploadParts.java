package io.aftercare.ota.release;

import io.vertx.core.Context;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// The parts of a `multipart/form-data` request, in their order, for one virtual thread that reads them as they come.
final class UploadParts {
    private static final Duration SILENCE_MAX = Duration.ofSeconds(60);
    private static final int PARTS_MAX = 128;

    private final HttpServerRequest request;
    private final Context loop;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<PartStream> parts = new ArrayDeque<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private int count;
    private @Nullable PartStream last;
    private boolean ended;
    private boolean discarding;
    private @Nullable Throwable failure;
    private volatile @Nullable String envelopeField;

    /// On the request's event loop, with the request paused.
    UploadParts(HttpServerRequest request, Context loop) {
        this.request = request;
        this.loop = loop;
        request.setExpectMultipart(true);
        request.uploadHandler(this::add);
        request.endHandler(_ -> loop.runOnContext(_ -> end()));
        request.exceptionHandler(this::fail);
    }

    /// The next part, empty after the last.
    Optional<PartStream> next() throws IOException {
        lock.lock();
        try {
            long left = SILENCE_MAX.toNanos();
            while (parts.isEmpty() && !ended) {
                if (failure != null) {
                    throw new BrokenUpload("The upload broke off: " + failure.getMessage(), failure);
                }
                if (left <= 0) {
                    throw new BrokenUpload("No part for " + SILENCE_MAX.toSeconds() + " s", null);
                }
                left = changed.awaitNanos(left);
            }
            return Optional.ofNullable(parts.poll());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while waiting for a part", e);
        } finally {
            lock.unlock();
        }
    }

    /// The envelope, where it was sent as a plain field and not as a file; known once a later part has begun.
    Optional<byte[]> envelopeField() {
        String text = envelopeField;
        return text == null ? Optional.empty() : Optional.of(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Lets the rest of the request pass by unread, so that its sender hears the answer and not a broken connection.
    ///
    /// @return false where the sender was not done within `limit`
    boolean discard(Duration limit) {
        lock.lock();
        try {
            discarding = true;
            parts.forEach(PartStream::close);
            if (last != null) {
                last.close();
            }
        } finally {
            lock.unlock();
        }
        try {
            return done.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void add(HttpServerFileUpload upload) {
        PartStream part = new PartStream(upload, loop);
        // a plain field before this part is known only when the piece of the body that holds both has been decoded
        loop.runOnContext(_ -> offer(part));
    }

    private void offer(PartStream part) {
        lock.lock();
        try {
            if (envelopeField == null) {
                envelopeField = request.getFormAttribute("envelope");
            }
            last = part;
            if (++count > PARTS_MAX) {
                failure = new BrokenUpload("More than " + PARTS_MAX + " parts", null);
                discarding = true;
            }
            if (discarding) {
                part.close();
            } else {
                parts.add(part);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            if (envelopeField == null) {
                envelopeField = request.getFormAttribute("envelope");
            }
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        done.countDown();
    }

    private void fail(Throwable cause) {
        lock.lock();
        try {
            failure = cause;
            if (last != null) {
                last.fail(cause);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        done.countDown();
    }
}
