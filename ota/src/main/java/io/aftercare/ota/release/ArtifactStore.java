package io.aftercare.ota.release;

import io.aftercare.fleet.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;

/// Artifacts on disk, each under the name of its own content: `sha256/ab/cdef…`. What lies there under a name has that
/// content, whole and on the disk: it is written aside, synced and moved into place. Thread-safe; calls block.
public final class ArtifactStore {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path root;
    private final Path incoming;

    /// @param root folder of all artifacts; made where it is not there
    public ArtifactStore(Path root) throws IOException {
        this.root = Files.createDirectories(root.resolve("sha256"));
        this.incoming = Files.createDirectories(root.resolve("incoming"));
        try (Stream<Path> leftovers = Files.list(incoming)) {
            for (Path file : leftovers.toList()) {
                Files.delete(file); // of an upload that a crash cut short
            }
        }
    }

    /// Where an artifact lies, or would.
    ///
    /// @param sha256 64 lower-case hexadecimal digits
    public Path path(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    /// Reads a stored artifact from its beginning.
    InputStream open(String sha256) throws IOException {
        return Files.newInputStream(path(sha256));
    }

    /// Takes a component in: at most its signed size is ever read, and it is kept only if size and hash are as signed.
    /// Holds 64 KiB in memory.
    ///
    /// @return its weak hashes, computed on the way
    public Digests put(InputStream from, Manifest.Component signed) throws IOException {
        Path aside = incoming.resolve(UUID.randomUUID().toString());
        try {
            Digests.Tap tap = new Digests.Tap();
            String sha256 = copy(from, aside, signed, tap);
            if (!sha256.equals(signed.sha256())) {
                throw new Refused(Refused.Reason.HASH, "artifact " + signed.name() + " has sha256 " + sha256
                        + ", signed is " + signed.sha256());
            }
            Path target = path(sha256);
            Path folder = Files.createDirectories(root.resolve(sha256.substring(0, 2)));
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            sync(folder);
            return tap.done();
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    private static String copy(InputStream from, Path aside, Manifest.Component signed, Digests.Tap tap)
            throws IOException {
        MessageDigest digest = Sha256.digest();
        long size = 0;
        try (FileChannel channel = FileChannel.open(aside, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE); OutputStream out = Channels.newOutputStream(channel)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = from.read(buffer); n >= 0; n = from.read(buffer)) {
                size += n;
                if (size > signed.size()) {
                    throw new Refused(Refused.Reason.ENDLESS_DATA, "artifact " + signed.name()
                            + " goes on after its signed size of " + signed.size() + " bytes");
                }
                digest.update(buffer, 0, n);
                tap.update(buffer, n);
                out.write(buffer, 0, n);
            }
            channel.force(true);
        }
        if (size < signed.size()) {
            throw new Refused(Refused.Reason.SIZE, "artifact " + signed.name() + " has " + size
                    + " bytes, signed are " + signed.size());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    // the new name must survive a power cut too
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
