package io.aftercare.remote.upload;

import io.aftercare.fleet.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Writes what a device sends to the disk, holding a buffer of it.
final class Receiver {
    private static final int BUFFER_BYTES = 64 * 1024;
    /// What a crash of the machine costs the device at most.
    private static final long UNSAFE_BYTES_MAX = 4L << 20;

    private final KeptFiles files;
    private final UploadLimits limits;
    private final LongSupplier nanos;

    /// @param nanos a clock that only runs forward
    Receiver(KeptFiles files, UploadLimits limits, LongSupplier nanos) {
        this.files = files;
        this.limits = limits;
        this.nanos = nanos;
    }

    /// How the body ended.
    enum End {
        /// As it should.
        WHOLE,
        /// The connection was lost, or nothing came any more.
        CUT,
        /// The sender was too slow.
        SLOW,
        /// There was more than announced, or wanted.
        TOO_MUCH
    }

    /// @param bytes of the upload that are safe on the disk now
    record Received(long bytes, End end) {}

    /// @param from   where in the file
    /// @param length of the body, null for as much as comes
    /// @param most   bytes of the whole upload
    /// @param safe   is told of each step that is safe on the disk
    Received receive(String id, InputStream body, long from, @Nullable Long length, long most,
            LongConsumer safe) throws IOException {
        long end = length == null ? most : from + length;
        try (FileChannel file = files.openAt(id, from)) {
            long begun = nanos.getAsLong();
            long at = from;
            long told = from;
            byte[] buffer = new byte[BUFFER_BYTES];
            @Nullable
            End how = null;
            while (how == null) {
                int count = next(body, buffer);
                if (count < 0) {
                    how = count == EOF ? End.WHOLE : End.CUT;
                } else {
                    int fits = (int) Math.min(count, end - at);
                    write(file, buffer, fits);
                    at += fits;
                    how = fits < count ? End.TOO_MUCH : isSlow(at - from, begun) ? End.SLOW : null;
                }
                if (how != null || at - told >= UNSAFE_BYTES_MAX) {
                    file.force(false);
                    safe.accept(at);
                    told = at;
                }
            }
            return new Received(at, how);
        }
    }

    private static final int EOF = -1;
    private static final int LOST = -2;

    // What came before the connection was lost counts, so that this is an outcome and no failure.
    private static int next(InputStream body, byte[] buffer) {
        try {
            return body.read(buffer);
        } catch (IOException e) {
            return LOST;
        }
    }

    private static void write(FileChannel file, byte[] buffer, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }

    private boolean isSlow(long bytes, long begun) {
        Duration took = Duration.ofNanos(nanos.getAsLong() - begun);
        return took.compareTo(limits.grace()) > 0 && bytes < limits.rateMin() * took.toSeconds();
    }

    /// In hexadecimal.
    String sha256(String id) throws IOException {
        MessageDigest digest = Sha256.digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream file = files.read(id)) {
            for (int n = file.read(buffer); n >= 0; n = file.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
