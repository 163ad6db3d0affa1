package io.aftercare.simulator.ota;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;

/// A file that is being fetched. Written in blocks of [#BLOCK_BYTES], and found again after a power cut without the block that
/// may be torn: so a cut costs one block at most. Holds one block in memory. Not thread-safe.
final class PartFile {
    static final int BLOCK_BYTES = 64 * 1024;

    private final Flash flash;
    private final Path path;
    private final long size;
    private final byte[] block = new byte[BLOCK_BYTES];
    private int filled;
    private long stored;

    private PartFile(Flash flash, Path path, long size, long stored) {
        this.flash = flash;
        this.path = path;
        this.size = size;
        this.stored = stored;
    }

    /// Opens a file that is to have `size` bytes in the end.
    static PartFile open(Flash flash, Path path, long size) throws IOException {
        long found = flash.length(path);
        if (found == size) {
            return new PartFile(flash, path, size, size);
        }
        long whole = found > size ? 0 : found / BLOCK_BYTES * BLOCK_BYTES;
        flash.truncate(path, whole);
        return new PartFile(flash, path, size, whole);
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    /// Bytes so far.
    long length() {
        return stored + filled;
    }

    boolean isComplete() {
        return length() == size;
    }

    /// The next bytes. With the last one of `size` the file is on the disk.
    void write(byte[] data, int offset, int count) throws IOException {
        if (length() + count > size) {
            throw new IllegalArgumentException(count + " bytes more than " + length() + " of " + size);
        }
        int at = offset;
        for (int left = count; left > 0;) {
            int taken = Math.min(left, BLOCK_BYTES - filled);
            System.arraycopy(data, at, block, filled, taken);
            filled += taken;
            at += taken;
            left -= taken;
            if (filled == BLOCK_BYTES || isComplete()) {
                flash.append(path, Arrays.copyOf(block, filled));
                stored += filled;
                filled = 0;
            }
        }
        if (isComplete()) {
            flash.sync(path);
        }
    }

    /// Forgets what there is.
    void restart() throws IOException {
        flash.truncate(path, 0);
        stored = 0;
        filled = 0;
    }

    void delete() throws IOException {
        flash.delete(path);
        stored = 0;
        filled = 0;
    }
}
