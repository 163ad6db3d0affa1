package io.aftercare.ota.release;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Artifacts on disk, each under the name of its own content: `sha256/ab/cdef…`. What lies there under a name has that
/// content, whole and on the disk: it is written aside, synced and moved into place. Thread-safe; calls block.
public final class ArtifactStore {
    private final Path root;
    private final Incoming incoming;

    /// @param root folder of all artifacts; made where it is not there
    public ArtifactStore(Path root) throws IOException {
        this.root = Files.createDirectories(root.resolve("sha256"));
        this.incoming = new Incoming(root.resolve("incoming"));
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

    /// Where components wait until their release is accepted.
    Incoming incoming() {
        return incoming;
    }

    /// Keeps a component under the name of its content; one that is there already is the same.
    void keep(Incoming.Staged staged) throws IOException {
        String sha256 = staged.component().sha256();
        Path folder = Files.createDirectories(root.resolve(sha256.substring(0, 2)));
        Files.move(staged.file(), path(sha256), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /// Whether it is kept.
    public boolean has(String sha256) {
        return Files.exists(path(sha256));
    }

    /// Forgets an artifact that no release has.
    void delete(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    // the new name must survive a power cut too
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
