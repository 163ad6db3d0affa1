package io.aftercare.simulator.ota;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/// Files on this machine's disk. Thread-safe.
final class DiskFlash implements Flash {
    static final Flash INSTANCE = new DiskFlash();

    private DiskFlash() {}

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.write(draft, content);
        sync(draft);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void append(Path file, byte[] data) throws IOException {
        try (FileChannel channel = open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            ByteBuffer left = ByteBuffer.wrap(data);
            while (left.hasRemaining()) {
                channel.write(left);
            }
        }
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        if (length(file) > length) {
            try (FileChannel channel = open(file, StandardOpenOption.WRITE)) {
                channel.truncate(length);
            }
        }
    }

    @Override
    public void sync(Path file) throws IOException {
        if (Files.exists(file)) {
            try (FileChannel channel = open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
        }
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public long length(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    private static FileChannel open(Path file, OpenOption... options) throws IOException {
        return FileChannel.open(file, options);
    }
}
