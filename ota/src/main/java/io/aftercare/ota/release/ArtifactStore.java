package io.aftercare.ota.release;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// Artifacts, each under the name of its own content: on disk `sha256/ab/cdef…`. What lies there under a name has that
/// content, whole and on the disk: it is written aside, synced and moved into place. With an object storage it is kept
/// there too, and a machine that lacks one fetches it when it is first asked for: devices are always served from disk, by
/// the kernel. Thread-safe; calls block.
public final class ArtifactStore {
    private final Path root;
    private final Incoming incoming;
    private final Optional<ObjectStorage> remote;
    // one at a time: a thousand devices may ask for one that is not here yet
    private final Lock fetching = new ReentrantLock();

    /// Of this machine's disk alone.
    ///
    /// @param root folder of all artifacts; made where it is not there
    public ArtifactStore(Path root) throws IOException {
        this(root, Optional.empty());
    }

    public ArtifactStore(Path root, Optional<ObjectStorage> remote) throws IOException {
        this.root = Files.createDirectories(root.resolve("sha256"));
        this.incoming = new Incoming(root.resolve("incoming"));
        this.remote = remote;
    }

    /// Where an artifact lies on this disk, or would.
    ///
    /// @param sha256 64 lower-case hexadecimal digits
    Path path(String sha256) {
        return root.resolve(sha256.substring(0, 2)).resolve(sha256.substring(2));
    }

    /// The artifact on this disk, if it is here: waits for nobody.
    public Optional<Path> here(Manifest.Component component) {
        Path path = path(component.sha256());
        return Files.exists(path) ? Optional.of(path) : Optional.empty();
    }

    /// The artifact on this disk, fetched where need be, and only if its content is the signed one.
    public Path file(Manifest.Component component) throws IOException {
        Optional<Path> known = here(component);
        if (known.isEmpty() && remote.isPresent()) {
            fetching.lock();
            try {
                if (here(component).isEmpty()) {
                    fetch(component, remote.get());
                }
            } finally {
                fetching.unlock();
            }
        }
        return path(component.sha256());
    }

    private void fetch(Manifest.Component component, ObjectStorage from) throws IOException {
        try (InputStream content = from.open(component.sha256());
                Incoming.Staged staged = incoming.stage(content, component)) {
            place(staged);
        } catch (Refused e) {
            throw new IOException("The object storage holds something else: " + e.getMessage(), e);
        }
    }

    /// Reads a kept artifact from its beginning, wherever it is.
    InputStream open(String sha256) throws IOException {
        Path path = path(sha256);
        return remote.isPresent() && Files.notExists(path)
                ? remote.get().open(sha256)
                : Files.newInputStream(path);
    }

    /// Where components wait until their release is accepted.
    Incoming incoming() {
        return incoming;
    }

    /// Keeps a component under the name of its content; one that is there already is the same.
    void keep(Incoming.Staged staged) throws IOException {
        if (remote.isPresent()) {
            remote.get().put(staged.file(), staged.component().sha256());
        }
        place(staged);
    }

    private void place(Incoming.Staged staged) throws IOException {
        String sha256 = staged.component().sha256();
        Path folder = Files.createDirectories(root.resolve(sha256.substring(0, 2)));
        Files.move(staged.file(), path(sha256), StandardCopyOption.ATOMIC_MOVE);
        sync(folder);
    }

    /// Whether a device could be served it: it is on this disk, or can be fetched. Asks the object storage only for what is
    /// not here.
    public boolean has(String sha256) {
        try {
            return Files.exists(path(sha256)) || remote.isPresent() && remote.get().has(sha256);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether it is kept in every place where it has to be.
    boolean isKept(String sha256) throws IOException {
        return Files.exists(path(sha256)) && (remote.isEmpty() || remote.get().has(sha256));
    }

    /// The artifacts on this disk that were written before a time.
    List<String> before(Instant time) throws IOException {
        try (Stream<Path> all = Files.find(root, 2,
                (_, file) -> file.isRegularFile() && file.lastModifiedTime().toInstant().isBefore(time))) {
            return all.map(path -> root.relativize(path).toString().replace(File.separator, "")).toList();
        }
    }

    /// Removes an artifact from this disk alone.
    void drop(String sha256) throws IOException {
        Files.deleteIfExists(path(sha256));
    }

    /// Forgets an artifact that no release has.
    void delete(String sha256) throws IOException {
        if (remote.isPresent()) {
            remote.get().delete(sha256);
        }
        Files.deleteIfExists(path(sha256));
    }

    // the new name must survive a power cut too
    private static void sync(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
