package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.FailurePlan.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/// What goes wrong with one device's updates, each so many times. Belongs to the world and not to the device: a power cut
/// does not make it forget. Thread-safe.
public final class Failures {
    private final Map<Entry, Integer> left = new LinkedHashMap<>();

    Failures(List<Entry> entries) {
        entries.forEach(each -> left.put(each, each.times()));
    }

    /// A device to which nothing happens.
    public static Failures none() {
        return new Failures(List.of());
    }

    /// Whether it goes wrong now.
    boolean strike(Failure failure) {
        return strike(entry -> entry.failure() == failure);
    }

    private synchronized boolean strike(Predicate<Entry> wanted) {
        for (Map.Entry<Entry, Integer> each : left.entrySet()) {
            if (wanted.test(each.getKey()) && each.getValue() > 0) {
                each.setValue(each.getValue() == Failure.ALWAYS ? Failure.ALWAYS : each.getValue() - 1);
                return true;
            }
        }
        return false;
    }

    /// An update has come to a step. While it downloads or installs, the power goes in the middle of a write instead.
    ///
    /// @throws PowerCut where the power is to go there
    void reached(Step step) {
        if (step != Step.DOWNLOADING && step != Step.INSTALLING && strikesAt(step)) {
            throw new PowerCut("at " + step.word());
        }
    }

    private boolean strikesAt(Step step) {
        return strike(entry -> entry.failure() == Failure.POWER_LOSS
                && entry.step().filter(step::equals).isPresent());
    }

    /// Bytes a second that arrive at most; 0 for no bound.
    synchronized long bytesPerSecond() {
        return left.keySet().stream().filter(entry -> entry.failure() == Failure.SLOW_LINK)
                .mapToLong(Entry::value).min().orElse(0);
    }

    /// The storage with what is to go wrong in it.
    public Flash flash(Flash healthy) {
        return new Faulty(healthy);
    }

    private final class Faulty implements Flash {
        private final Flash healthy;

        Faulty(Flash healthy) {
            this.healthy = healthy;
        }

        @Override
        public void append(Path file, byte[] data) throws IOException {
            boolean download = file.toString().endsWith(Installer.PART);
            boolean middle = healthy.length(file) > 0 || data.length < PartFile.BLOCK_BYTES;
            if (middle && strikesAt(download ? Step.DOWNLOADING : Step.INSTALLING)) {
                healthy.append(file, Arrays.copyOf(data, data.length / 2));
                throw new PowerCut("while writing " + file.getFileName());
            }
            boolean bad = healthy.length(file) == 0 && strike(download ? Failure.HASH : Failure.FLASH);
            byte[] written = data.clone();
            if (bad && written.length > 0) {
                written[0] ^= 1;
            }
            healthy.append(file, written);
        }

        @Override
        public void replace(Path file, byte[] content) throws IOException {
            healthy.replace(file, content);
        }

        @Override
        public void truncate(Path file, long length) throws IOException {
            healthy.truncate(file, length);
        }

        @Override
        public void sync(Path file) throws IOException {
            healthy.sync(file);
        }

        @Override
        public void delete(Path file) throws IOException {
            healthy.delete(file);
        }

        @Override
        public long length(Path file) throws IOException {
            return healthy.length(file);
        }
    }
}
