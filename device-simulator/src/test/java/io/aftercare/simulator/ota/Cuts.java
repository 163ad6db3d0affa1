package io.aftercare.simulator.ota;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Random;
import java.util.function.LongPredicate;

/// The power supply of a device in a test: counts everything that leaves a trace outside the working memory, and goes before
/// the effects that it is told, or in the middle of them.
final class Cuts implements Flash {
    private final LongPredicate at;
    private final Random random;
    private long effects;
    private int cuts;
    private boolean gone;

    Cuts(LongPredicate at, Random random) {
        this.at = at;
        this.random = random;
    }

    synchronized int count() {
        return cuts;
    }

    synchronized long effects() {
        return effects;
    }

    synchronized void restore() {
        gone = false;
    }

    /// An effect is about to happen.
    ///
    /// @throws PowerCut where it does not
    synchronized void effect() {
        if (goes()) {
            throw new PowerCut("before effect " + effects);
        }
    }

    private boolean goes() {
        if (!gone && at.test(++effects)) {
            gone = true;
            cuts++;
        }
        return gone;
    }

    private synchronized int torn(int length) {
        boolean dead = gone;
        return goes() ? dead ? 0 : random.nextInt(length + 1) : -1;
    }

    @Override
    public void append(Path file, byte[] data) throws IOException {
        int torn = torn(data.length);
        if (torn != 0) {
            Files.write(file, torn < 0 ? data : Arrays.copyOf(data, torn), StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        }
        check(torn);
    }

    @Override
    public void replace(Path file, byte[] content) throws IOException {
        int torn = torn(content.length);
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        if (torn != 0) {
            Files.write(draft, torn < 0 ? content : Arrays.copyOf(content, torn));
        }
        check(torn);
        Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void check(int torn) {
        if (torn >= 0) {
            throw new PowerCut("after " + torn + " bytes");
        }
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        effect();
        DiskFlash.INSTANCE.truncate(file, length);
    }

    @Override
    public void sync(Path file) {
        effect();
    }

    @Override
    public void delete(Path file) throws IOException {
        effect();
        Files.deleteIfExists(file);
    }

    @Override
    public long length(Path file) throws IOException {
        return DiskFlash.INSTANCE.length(file);
    }
}
