package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.BootState.Slot;
import io.aftercare.simulator.ota.Manifest.Artifact;
import io.aftercare.simulator.ota.Manifest.Delta;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings the components of a release onto the device and into its free slot: each by the shortest way there is, which is a
/// copy from a slot that holds it, else a delta to what runs, else the whole file. All of them are in the slot, or the slot
/// is not started. Every step may be cut off and done again. Not thread-safe.
final class Installer {
    /// How files end that are being fetched.
    static final String PART = ".part";
    /// How components in slots end.
    static final String IMAGE = ".img";
    private static final Logger LOG = LoggerFactory.getLogger(Installer.class);

    private final String id;
    private final DeviceMemory memory;
    private final Download download;
    private final Failures failures;

    Installer(String id, DeviceMemory memory, Download download, Failures failures) {
        this.id = id;
        this.memory = memory;
        this.download = download;
        this.failures = failures;
    }

    /// Fetches what is not there yet; then the files of all components are complete and have the signed content.
    ///
    /// @param percent hears how far it is
    void fetch(Offer offer, Manifest manifest, IntConsumer percent)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        if (isInFreeSlot(manifest)) {
            return;
        }
        long total = manifest.artifacts().stream().mapToLong(Artifact::size).sum();
        checkRoom(manifest, total);
        long before = 0;
        for (Artifact artifact : manifest.artifacts()) {
            long done = before;
            Way way = new Way(offer, manifest, artifact,
                    bytes -> percent.accept((int) ((done + bytes) * 100 / total)));
            fetch(way);
            before += artifact.size();
        }
    }

    private interface Progress {
        void bytes(long soFar);
    }

    private record Way(Offer offer, Manifest manifest, Artifact artifact, Progress progress) {}

    private void checkRoom(Manifest manifest, long total) throws IOException, UpdateFailedException {
        long needed = 2 * total; // once as fetched, once in the slot
        for (Artifact artifact : manifest.artifacts()) {
            needed -= memory.flash().length(part(artifact.sha256()));
        }
        long free = failures.strike(Failure.DISK)
                ? 4_096
                : Files.getFileStore(memory.folder()).getUsableSpace();
        if (free < needed) {
            throw new UpdateFailedException("disk", needed + " bytes are needed, " + free + " are free");
        }
    }

    /// One component. A file that is not the signed one is fetched once more: transfers do get corrupted.
    private void fetch(Way way)
            throws IOException, RefusedException, UpdateFailedException, InterruptedException {
        Artifact artifact = way.artifact;
        PartFile file = PartFile.open(memory.flash(), part(artifact.sha256()), artifact.size());
        if (file.isComplete() && matches(file, artifact.sha256()) || copied(artifact, file)
                || patched(way, file)) {
            return;
        }
        for (int fetches = 0; fetches < 2; fetches++) {
            if (file.isComplete()) {
                file.delete();
            }
            download.fetch(Piece.of(way.offer, way.manifest, artifact), file, way.progress::bytes);
            if (matches(file, artifact.sha256())) {
                return;
            }
            LOG.info("{} fetched {} with the wrong content", id, artifact.name());
        }
        String found = Hashes.sha256(file.path());
        file.delete();
        throw Hashes.wrong(artifact, found + ", fetched twice");
    }

    private static boolean matches(PartFile file, String sha256) throws IOException {
        return Hashes.sha256(file.path()).equalsIgnoreCase(sha256);
    }

    /// A component that has not changed, or that of the former version, is on the device already.
    private boolean copied(Artifact artifact, PartFile file) throws IOException {
        Optional<Path> held = memory.holding(artifact.sha256());
        if (held.isEmpty() || memory.flash().length(held.get()) != artifact.size()) {
            return false;
        }
        file.restart();
        copy(held.get(), file);
        if (matches(file, artifact.sha256())) {
            return true;
        }
        file.delete();
        return false;
    }

    /// By a delta, where there is one to what runs. Whatever goes wrong with it, the whole file is the other way.
    private boolean patched(Way way, PartFile file) throws IOException, InterruptedException {
        for (Delta delta : way.artifact.deltas()) {
            Optional<Path> base = memory.holding(delta.from());
            boolean begun = file.length() > 0 && memory.flash().length(part(delta.sha256())) == 0;
            if (base.isPresent() && !begun) {
                PartFile patch = PartFile.open(memory.flash(), part(delta.sha256()), delta.size());
                boolean done = patched(way, delta, base.get(), patch, file);
                patch.delete();
                if (done) {
                    return true;
                }
                file.restart();
            }
        }
        return false;
    }

    private boolean patched(Way way, Delta delta, Path base, PartFile patch, PartFile file)
            throws InterruptedException {
        try {
            download.fetch(Piece.of(way.offer, way.manifest, delta), patch, way.progress::bytes);
            if (!matches(patch, delta.sha256())) {
                throw new IOException("it is not what was signed");
            }
            Deltas.apply(delta, base, patch.path(), file);
            if (!matches(file, way.artifact.sha256())) {
                throw new IOException("it does not make what was signed");
            }
            LOG.info("{} made {} of {} bytes from a delta of {}, {} % saved", id, way.artifact.name(),
                    way.artifact.size(), delta.size(), 100 - delta.size() * 100 / way.artifact.size());
            return true;
        } catch (IOException | RefusedException | UpdateFailedException e) {
            LOG.info("{} fetches the whole of {}, since delta {} did not do: {}", id, way.artifact.name(),
                    delta.name(), e.getMessage());
            return false;
        }
    }

    /// Compares all components with what was signed, right before they are installed: they may have waited for long.
    void verify(Manifest manifest) throws IOException, RefusedException {
        if (isInFreeSlot(manifest)) {
            return;
        }
        for (Artifact artifact : manifest.artifacts()) {
            String found = Hashes.sha256(part(artifact.sha256()));
            if (!found.equalsIgnoreCase(artifact.sha256())) {
                memory.flash().delete(part(artifact.sha256()));
                throw Hashes.wrong(artifact, found);
            }
        }
    }

    /// Writes the free slot, reads it back, and has it tried at the next boot.
    Image install(Offer offer, Manifest manifest) throws IOException, UpdateFailedException {
        Slot free = memory.content().boot().running().other();
        if (!isInFreeSlot(manifest)) {
            memory.erase();
            for (int place = 0; place < manifest.artifacts().size(); place++) {
                write(manifest.artifacts().get(place), memory.component(free, place));
            }
        }
        Image image = ImageFile.read(memory.component(free, 0), offer.release(), manifest);
        memory.stage(image);
        tidy(Set.of());
        return image;
    }

    private void write(Artifact artifact, Path target) throws IOException, UpdateFailedException {
        memory.flash().delete(target);
        copy(part(artifact.sha256()), PartFile.open(memory.flash(), target, artifact.size()));
        if (!Hashes.sha256(target).equalsIgnoreCase(artifact.sha256())) {
            memory.flash().delete(target);
            throw new UpdateFailedException("flash", artifact.name() + " reads back from "
                    + target.getFileName() + " other than it was written");
        }
    }

    private static void copy(Path from, PartFile to) throws IOException {
        try (InputStream in = Files.newInputStream(from)) {
            byte[] buffer = new byte[PartFile.BLOCK_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                to.write(buffer, 0, read);
            }
        }
    }

    /// The former version, or one that was installed and not started yet, whole and untouched.
    private boolean isInFreeSlot(Manifest manifest) throws IOException {
        Slot free = memory.content().boot().running().other();
        Image image = memory.content().images().get(free);
        List<Artifact> artifacts = manifest.artifacts();
        if (image == null || image.components().size() != artifacts.size()) {
            return false;
        }
        for (int place = 0; place < artifacts.size(); place++) {
            Path file = memory.component(free, place);
            if (!image.components().get(place).sha256().equalsIgnoreCase(artifacts.get(place).sha256())
                    || !Files.exists(file)
                    || !Hashes.sha256(file).equalsIgnoreCase(artifacts.get(place).sha256())) {
                return false;
            }
        }
        return true;
    }

    /// Deletes what was fetched for updates that are over.
    void keepOnly(Manifest manifest) throws IOException {
        tidy(manifest.artifacts().stream()
                .flatMap(each -> Stream.concat(Stream.of(each.sha256()),
                        each.deltas().stream().map(Delta::sha256)))
                .map(sha256 -> part(sha256).getFileName().toString()).collect(Collectors.toSet()));
    }

    private void tidy(Set<String> kept) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(memory.folder(), "*" + PART)) {
            for (Path file : files) {
                if (!kept.contains(file.getFileName().toString())) {
                    memory.flash().delete(file);
                }
            }
        }
    }

    private Path part(String sha256) {
        return memory.folder().resolve(sha256 + PART);
    }
}
