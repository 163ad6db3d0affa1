package io.aftercare.remote.crash.symbol;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Symbol files on the disk, by their hash. A file that comes is written aside and takes its name when it is known to be good.
/// Thread-safe; calls block.
final class SymbolFolder {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int BUFFER_BYTES = 64 * 1024;

    private final Path folder;

    /// @param folder made when the first file comes
    SymbolFolder(Path folder) {
        this.folder = folder;
    }

    /// A file that has come and has no name yet; gone when closed, unless it was kept.
    record Staged(Path file, long bytes, String sha256) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            Files.deleteIfExists(file);
        }
    }

    Path path(String sha256) {
        if (!HASH.matcher(sha256).matches()) {
            throw new IllegalArgumentException("No hash: " + sha256);
        }
        return folder.resolve(sha256);
    }

    /// @throws Problem 413 where it is larger; nothing of it stays
    Staged stage(InputStream body, long bytesMax) throws IOException {
        Files.createDirectories(folder);
        Path aside = folder.resolve(UUID.randomUUID() + ".part");
        try {
            return copy(body, aside, bytesMax);
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(aside);
            throw e;
        }
    }

    private static Staged copy(InputStream body, Path aside, long bytesMax) throws IOException {
        MessageDigest digest = Sha256.digest();
        long size = 0;
        try (FileChannel file = FileChannel.open(aside, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                size += n;
                if (size > bytesMax) {
                    throw Problem.of(413, "Too large",
                            "A symbol file has at most " + bytesMax + " bytes");
                }
                digest.update(buffer, 0, n);
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
            file.force(true);
        }
        return new Staged(aside, size, HexFormat.of().formatHex(digest.digest()));
    }

    void keep(Staged staged) throws IOException {
        Files.move(staged.file(), path(staged.sha256()), StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true); // so that the name, too, survives a power cut
        }
    }

    /// Deletes what no build has: left by a crash between a file and its row, or replaced.
    ///
    /// @param needed which of some hashes are needed
    void sweep(UnaryOperator<Set<String>> needed) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.toList();
        }
        Set<String> known = needed.apply(files.stream().map(file -> file.getFileName().toString())
                .filter(HASH.asMatchPredicate()).collect(Collectors.toSet()));
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (HASH.matcher(name).matches() && !known.contains(name)) {
                Files.deleteIfExists(file);
            }
        }
    }

    /// Deletes what was being received when the process ended; before the first request.
    void clear() throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> all = Files.list(folder)) {
            for (Path file : all.filter(one -> one.toString().endsWith(".part")).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
