package io.aftercare.fleet.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/// Copies a cluster while its server runs and takes writes, by PostgreSQL's own way for programs of others: "Making a base backup
/// using the low level API" (https://www.postgresql.org/docs/18/continuous-archiving.html). What comes out starts as a cluster that
/// died would: it recovers from the write-ahead log that is in it, and has all that was committed before the copy began.
final class ClusterCopy {
    /// What PostgreSQL writes anew at its start, or must not find.
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "backup_label",
            "tablespace_map", "start.log");
    /// Of these only the folder itself is wanted.
    private static final Set<String> EMPTIED = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
            "pg_serial",
            "pg_snapshots", "pg_stat_tmp", "pg_subtrans", "log");
    private static final Pattern SEGMENT = Pattern.compile("[0-9A-F]{24}");

    private final Path cluster;
    private final Path target;
    private long bytes;

    private ClusterCopy(Path cluster, Path target) {
        this.cluster = cluster;
        this.target = target;
    }

    private record Label(String label, String tablespaces, String lastSegment) {}

    /// @param target a folder that is not there yet
    /// @return how many bytes were copied
    static long make(DatabaseConfig config, Path cluster, Path target) throws IOException {
        ClusterCopy copy = new ClusterCopy(cluster, target);
        // PostgreSQL starts on no folder that others may read.
        Files.createDirectory(target,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // One session from start to stop; its slot, which keeps the log from being thrown away, ends with it.
        try (Handle session = Jdbi.create(config.url(), config.user(), config.password()).open()) {
            session.createQuery("""
                    SELECT slot_name::text FROM pg_create_physical_replication_slot(
                        'aftercare_backup_' || pg_backend_pid(), true, true)""").mapTo(String.class).one();
            String first = session.createQuery("""
                    SELECT pg_walfile_name(pg_backup_start('aftercare', true))""").mapTo(String.class).one();
            copy.files();
            Label label = session.createQuery(
                    """
                            SELECT labelfile, coalesce(spcmapfile, ''), pg_walfile_name(lsn) FROM pg_backup_stop(false)""")
                    .map((row, _) -> new Label(row.getString(1), row.getString(2), row.getString(3))).one();
            copy.log(first, label.lastSegment());
            Files.writeString(target.resolve("backup_label"), label.label(), StandardCharsets.UTF_8);
            if (!label.tablespaces().isEmpty()) {
                Files.writeString(target.resolve("tablespace_map"), label.tablespaces(),
                        StandardCharsets.UTF_8);
            }
        }
        return copy.bytes;
    }

    private void files() throws IOException {
        Files.walkFileTree(cluster, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes)
                    throws IOException {
                Path relative = cluster.relativize(folder);
                if (!relative.toString().isEmpty()) {
                    Files.createDirectories(target.resolve(relative.toString()));
                }
                return EMPTIED.contains(relative.toString()) || name(folder).startsWith("pgsql_tmp")
                        ? FileVisitResult.SKIP_SUBTREE
                        : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = cluster.relativize(file);
                if (!LEFT_OUT.contains(relative.toString()) && !name(file).startsWith("pgsql_tmp")) {
                    copy(file, target.resolve(relative.toString()));
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // dropped meanwhile: the log says so too
                }
                throw failure;
            }
        });
    }

    /// The log from the start of the copy to its end.
    private void log(String first, String last) throws IOException {
        Path wal = target.resolve("pg_wal");
        Files.createDirectories(wal.resolve("archive_status"));
        Files.createDirectories(wal.resolve("summaries"));
        try (Stream<Path> segments = Files.list(cluster.resolve("pg_wal"))) {
            segments.filter(file -> SEGMENT.matcher(name(file)).matches())
                    .filter(file -> name(file).compareTo(first) >= 0 && name(file).compareTo(last) <= 0)
                    .sorted()
                    .forEach(file -> {
                        try {
                            copy(file, wal.resolve(name(file)));
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        }
        if (!Files.exists(wal.resolve(last))) {
            throw new IOException("The write-ahead log " + last + " is gone from " + cluster);
        }
    }

    private void copy(Path from, Path to) throws IOException {
        try (FileChannel in = FileChannel.open(from, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(to, StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE)) {
            long done = 0;
            for (long piece; (piece = in.transferTo(done, 1 << 24, out)) > 0;) {
                done += piece;
            }
            out.force(false);
            bytes += done;
        } catch (NoSuchFileException e) {
            if (Files.exists(from)) {
                throw e;
            } // else it was dropped meanwhile, and the log says so too
        }
    }

    private static String name(@Nullable Path path) {
        return Objects.requireNonNull(Objects.requireNonNull(path).getFileName()).toString();
    }
}
