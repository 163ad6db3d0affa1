package io.aftercare.service.attachment;

import io.aftercare.fleet.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/// Files under the names of their content, `ab/cdef…`. What lies there is whole and on the disk before anybody is told of
/// it: it is written aside, synced and moved into place. Thread-safe; calls block.
final class ContentStore {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path root;

    ContentStore(Path root) {
        this.root = root;
    }

    /// @param sha256 in hexadecimal
    /// @param head   the first bytes, at most [FileType#HEAD_BYTES]
    record Kept(String sha256, long bytes, byte[] head) {}

    /// Keeps what comes, holding a buffer of it.
    ///
    /// @return nothing where it is longer than allowed; then nothing is kept
    Optional<Kept> keep(InputStream in, long bytesMax) throws IOException {
        Path incoming = Files.createDirectories(root.resolve("incoming"))
                .resolve(UUID.randomUUID().toString());
        try {
            Optional<Kept> kept = write(in, incoming, bytesMax);
            if (kept.isPresent()) {
                String sha256 = kept.get().sha256();
                Path folder = Files.createDirectories(root.resolve(sha256.substring(0, 2)));
                Files.move(incoming, path(sha256), StandardCopyOption.ATOMIC_MOVE);
                sync(folder);
                sync(root);
            }
            return kept;
        } finally {
            Files.deleteIfExists(incoming);
        }
    }

    private static Optional<Kept> write(InputStream in, Path file, long bytesMax) throws IOException {
        MessageDigest digest = Sha256.digest();
        ByteArrayOutputStream head = new ByteArrayOutputStream(FileType.HEAD_BYTES);
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE); OutputStream out = Channels.newOutputStream(channel)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                bytes += n;
                if (bytes > bytesMax) {
                    return Optional.empty();
                }
                head.write(buffer, 0, Math.min(n, FileType.HEAD_BYTES - head.size()));
                digest.update(buffer, 0, n);
                out.write(buffer, 0, n);
            }
            channel.force(true);
        }
        return Optional.of(new Kept(HexFormat.of().formatHex(digest.digest()), bytes, head.toByteArray()));
    }

    /// The whole content; nothing where it is not on this disk.
    Optional<byte[]> read(String sha256) throws IOException {
        try {
            return Optional.of(Files.readAllBytes(path(sha256)));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // which is the answer
        }
    }

    private Path path(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    // so that the name, too, survives a crash: https://man7.org/linux/man-pages/man2/fsync.2.html
    private static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
