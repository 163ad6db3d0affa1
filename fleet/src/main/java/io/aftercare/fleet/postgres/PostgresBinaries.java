package io.aftercare.fleet.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/// Unpacks PostgreSQL's programs, which travel in the jar as one archive per platform.
final class PostgresBinaries {
    private static final String VERSION = "18.6";

    private PostgresBinaries() {}

    /// The folder with `bin/postgres`, unpacked below `parent` at first use. Safe beside another process that does the
    /// same: the archive is unpacked aside and moved into place whole.
    static Path in(Path parent) throws IOException {
        Path home = parent.resolve("postgresql-" + VERSION);
        if (Files.isExecutable(home.resolve("bin/postgres"))) {
            return home;
        }
        Files.createDirectories(parent);
        Path aside = parent.resolve(".unpacking-" + UUID.randomUUID());
        unpack(resource(), aside);
        try {
            Files.move(aside, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            delete(aside);
            if (!Files.isExecutable(home.resolve("bin/postgres"))) {
                throw e;
            }
        }
        return home;
    }

    private static String resource() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        if (system.startsWith("linux")) {
            return "/postgres-linux-" + (arm ? "arm_64" : "x86_64") + ".txz";
        }
        if (system.startsWith("mac")) {
            return "/postgres-darwin-" + (arm ? "arm_64" : "x86_64") + ".txz";
        }
        throw new IllegalStateException("There is no embedded PostgreSQL for " + system + " on " + machine
                + "; name an outside one with AFTERCARE_DATABASE_URL");
    }

    private static void unpack(String resource, Path target) throws IOException {
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (packed == null) {
                throw new IOException(resource + " is not in this jar; name an outside PostgreSQL with"
                        + " AFTERCARE_DATABASE_URL");
            }
            try (var tar = new TarArchiveInputStream(
                    new XZCompressorInputStream(new BufferedInputStream(packed, 1 << 16)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpackEntry(tar, entry, target);
                }
            }
        }
    }

    private static void unpackEntry(TarArchiveInputStream tar, TarArchiveEntry entry, Path target)
            throws IOException {
        Path file = target.resolve(entry.getName()).normalize();
        if (!file.startsWith(target)) {
            throw new IOException("The archive reaches outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent() == null ? target : file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
            return;
        }
        Files.copy(tar, file);
        if ((entry.getMode() & 0100) != 0) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
