package io.aftercare.benchmarks.machine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.stream.Stream;

/// A folder for the length of a run: deleted at the end, kept where the run failed, since the logs lie in it.
public final class Scratch implements AutoCloseable {
    private final Path path;
    private boolean kept = true;

    private Scratch(Path path) {
        this.path = path;
    }

    /// @param parent on the disk that is to be measured
    public static Scratch in(Path parent) throws IOException {
        Files.createDirectories(parent);
        Path path = Files.createTempDirectory(parent, "aftercare-bench-");
        Scratch scratch = new Scratch(path);
        // Mosquitto started as root becomes another user, and must be able to look in.
        Files.setPosixFilePermissions(path,
                PosixFilePermissions.fromString("rwxr-xr-x"));
        return scratch;
    }

    public Path path() {
        return path;
    }

    /// The run went well: nothing in here is needed any more.
    public void done() {
        kept = false;
    }

    @Override
    public void close() {
        if (kept) {
            System.err.println("The logs of what failed are in " + path);
            return;
        }
        try (Stream<Path> files = Files.walk(path)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(path + " could not be deleted", e);
        }
    }
}
