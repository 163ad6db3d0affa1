package io.aftercare.ota.release;

import io.aftercare.fleet.digest.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Stream;

/// Where components lie until all of their release is known to be good: so a refusal of the last one leaves nothing of the
/// first. Thread-safe; calls block.
final class Incoming {
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;

    /// A component whose size and hash are the signed ones, on the disk; gone when closed, unless it was moved away.
    ///
    /// @param digests its weak hashes, computed on the way
    record Staged(Path file, Manifest.Component component, Digests digests) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    /// @param folder on the disk that artifacts are moved to from here; made where it is not there
    Incoming(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
        try (Stream<Path> leftovers = Files.list(folder)) {
            for (Path file : leftovers.toList()) {
                Files.delete(file); // of an upload that a crash cut short
            }
        }
    }

    /// Takes a component in: at most its signed size is ever read, and it is kept only if size and hash are as signed.
    /// Holds 64 KiB in memory.
    Staged stage(InputStream from, Manifest.Component signed) throws IOException {
        Path aside = folder.resolve(UUID.randomUUID().toString());
        try {
            Digests.Tap tap = new Digests.Tap();
            String sha256 = copy(from, aside, signed, tap);
            if (!sha256.equals(signed.sha256())) {
                throw new Refused(Refused.Reason.HASH, "artifact " + signed.name() + " has sha256 " + sha256
                        + ", signed is " + signed.sha256());
            }
            return new Staged(aside, signed, tap.done());
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            throw e;
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
}
