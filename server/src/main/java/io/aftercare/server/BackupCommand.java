package io.aftercare.server;

import io.aftercare.fleet.postgres.ClusterBackup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `backup`: copies the data of a running backend, database and firmware, into a folder that another backend can be started on
/// (R72). To be called by the system's scheduler; whatever goes wrong ends it with 2 and one line, and leaves no half of a backup
/// that looks like a whole one.
@Command(name = "backup", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, description = "Copies the data of a running backend with the embedded database into a new folder.")
final class BackupCommand implements Callable<Integer> {
    private static final DateTimeFormatter NAME = DateTimeFormatter
            .ofPattern("'aftercare-'yyyyMMdd'T'HHmmss'Z'")
            .withZone(ZoneOffset.UTC);
    private static final Pattern MADE = Pattern.compile("aftercare-[0-9]{8}T[0-9]{6}Z");

    /// Folders of files that come and go: what devices sent, and what belongs to cases.
    private static final List<String> RECEIVED = List.of("remote", "attachments");

    @Option(names = "--data", paramLabel = "DIR", defaultValue = "./data", description = "data folder of the backend (AFTERCARE_DATA_DIR); ${DEFAULT-VALUE} unless said")
    private Path data = Path.of("data");

    @Option(names = "--to", paramLabel = "DIR", required = true, description = "where backups are kept, each in a folder of its own")
    private Path to = Path.of("backups");

    @Option(names = "--keep", paramLabel = "N", defaultValue = "0", description = "remove older backups there but the newest N; 0: remove none")
    private int keep;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        try {
            Instant now = Clock.systemUTC().instant();
            Files.createDirectories(to);
            Path made = make(data, to, now);
            List<Path> removed = prune(to, keep);
            say("Backup " + made + (removed.isEmpty() ? "" : "; removed " + removed.size() + " older"));
            return 0;
        } catch (IOException | UncheckedIOException e) {
            throw new StartupException("No backup was made: " + (e instanceof FileSystemException
                    ? e.getClass().getSimpleName() + " " + e.getMessage()
                    : e.getMessage()));
        }
    }

    private void say(String text) {
        if (spec != null) {
            spec.commandLine().getOut().println(text);
        }
    }

    /// @return the folder of the backup, which has its name only when it is whole
    static Path make(Path data, Path to, Instant now) throws IOException {
        Path whole = to.resolve(NAME.format(now));
        Path partial = to.resolve(NAME.format(now) + ".partial");
        try {
            Files.createDirectory(partial);
            ClusterBackup.make(data.resolve("postgres"), partial.resolve("postgres"));
            // After the database: what it names is there by then, and never changes.
            artifacts(data.resolve("artifacts"), partial.resolve("artifacts"));
            for (String name : RECEIVED) {
                received(data.resolve(name), partial.resolve(name));
            }
            return Files.move(partial, whole);
        } catch (IOException | RuntimeException e) {
            remove(partial);
            throw e;
        }
    }

    /// Firmware never changes once it is there, so that a second name for the file is as good as a copy where both are on one
    /// disk.
    private static void artifacts(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted().toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                if (Files.isDirectory(path)) {
                    Files.createDirectories(target);
                } else {
                    try {
                        Files.createLink(target, path);
                    } catch (FileSystemException | UnsupportedOperationException e) {
                        Files.copy(path, target); // another disk, or one that knows no links
                    }
                }
            }
        }
    }

    /// A file that is still being received, or destroyed meanwhile, is no part of the backup: copies, because it may grow in place.
    private static void received(Path from, Path to) throws IOException {
        if (!Files.isDirectory(from)) {
            return;
        }
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.sorted().toList()) {
                Path target = to.resolve(from.relativize(path).toString());
                try {
                    if (Files.isDirectory(path)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(path, target, StandardCopyOption.COPY_ATTRIBUTES);
                    }
                } catch (NoSuchFileException e) {
                    Files.deleteIfExists(target); // purged while this went on: then it has to be gone here too
                }
            }
        }
    }

    /// @return what was removed
    static List<Path> prune(Path to, int keep) throws IOException {
        if (keep <= 0) {
            return List.of();
        }
        List<Path> old;
        try (Stream<Path> all = Files.list(to)) {
            old = all.filter(path -> MADE.matcher(path.getFileName().toString()).matches())
                    .sorted(Comparator.<Path>reverseOrder()).skip(keep).toList();
        }
        for (Path one : old) {
            remove(one);
        }
        return old;
    }

    private static void remove(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
