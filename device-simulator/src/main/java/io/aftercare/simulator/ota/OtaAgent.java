package io.aftercare.simulator.ota;

import io.aftercare.simulator.ota.DeviceMemory.Report;
import io.aftercare.simulator.ota.Manifest.Artifact;
import io.aftercare.simulator.ota.OfferCheck.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The update client of one device, from the offer to the reboot; [Bootloader] and [#started] do the rest. One update at
/// a time, on its own virtual thread. An offer that repeats the one in work may change when it is to be installed; another
/// release takes the place of one that waits for its time, and else comes after it. Thread-safe.
public final class OtaAgent {
    private static final Logger LOG = LoggerFactory.getLogger(OtaAgent.class);

    private static final long PROGRESS_NANOS = 1_000_000_000L;

    private final String id;
    private final String product;
    private final String hardware;
    private final TrustedKeys keys;
    private final DeviceMemory memory;
    private final Download download;
    private final Device device;
    private final OtaSettings settings;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final Object turn = new Object();
    private String working = "";
    private byte @Nullable [] following;
    private volatile @Nullable Offer newest;

    /// What an update needs of the device around it.
    public interface Device {
        boolean busy();

        void reboot(String reason);

        /// Sends a report on `ota/status`.
        ///
        /// @param progress in percent; -1 where it does not apply
        /// @param acknowledged called once the broker has it
        void report(String release, String state, int progress, String error, Runnable acknowledged);
    }

    OtaAgent(String id, String product, String hardware, TrustedKeys keys, DeviceMemory memory,
            Download download,
            Device device, OtaSettings settings, InstantSource clock, RandomGenerator random) {
        this.id = id;
        this.product = product;
        this.hardware = hardware;
        this.keys = keys;
        this.memory = memory;
        this.download = download;
        this.device = device;
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /// An offer has come.
    public void offered(byte[] message) {
        String release = Offer.releaseOf(message);
        if (release.isEmpty()) {
            LOG.warn("{} was offered something that names no release", id);
            return;
        }
        synchronized (turn) {
            if (working.isEmpty()) {
                working = release;
                Thread.ofVirtual().name("ota-" + id).start(() -> work(message, release));
            } else if (working.equals(release)) {
                renewed(message);
            } else {
                following = message;
            }
        }
    }

    /// One update after the other, until none follows.
    private void work(byte[] first, String firstRelease) {
        byte[] message = first;
        String release = firstRelease;
        while (!release.isEmpty()) {
            update(message, release);
            synchronized (turn) {
                byte[] next = following;
                following = null;
                message = next == null ? first : next;
                release = next == null ? "" : Offer.releaseOf(next);
                working = release;
            }
        }
    }

    /// The same release again: only its times and its urgency are taken over, which nobody signs anyway.
    private void renewed(byte[] message) {
        try {
            newest = Offer.parse(message);
        } catch (IOException e) {
            LOG.warn("{} was offered again something that cannot be read: {}", id, e.getMessage());
        }
    }

    private boolean superseded() {
        synchronized (turn) {
            return following != null;
        }
    }

    /// The device is up again and has reported its state: what the bootloader decided is told, until it is heard.
    public void started() {
        Report report = memory.content().report();
        if (!report.state().isEmpty()) {
            device.report(report.release(), report.state(), report.state().equals("confirmed") ? 100 : -1,
                    report.error(), () -> {
                        if (memory.content().report().equals(report)) {
                            memory.report(Report.NO_REPORT);
                        }
                    });
        }
    }

    private void update(byte[] message, String release) {
        try {
            Offer offer = Offer.parse(message);
            newest = offer;
            Image running = memory.running();
            Manifest manifest = OfferCheck.check(offer, keys,
                    new Facts(product, hardware, running.version(), memory.content().counter()),
                    clock.instant());
            if (running.version().equals(manifest.version()) && running.counter() == manifest.counter()) {
                report(release, "confirmed", 100, "");
            } else {
                install(offer, manifest);
            }
        } catch (RefusedException | IOException e) {
            LOG.info("{} does not take release {}: {}", id, release, e.getMessage());
            report(release, "failed", -1, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void install(Offer offer, Manifest manifest)
            throws IOException, RefusedException, InterruptedException {
        report(offer.release(), "accepted", -1, "");
        if (!permitted(offer)) {
            report(offer.release(), "deferred", -1, "");
        }
        pause(Duration.ofMillis(random.nextLong(settings.jitter().toMillis() + 1)));
        report(offer.release(), "downloading", 0, "");
        Path first = memory.folder().resolve(offer.sha256() + ".part");
        for (Artifact artifact : manifest.artifacts()) {
            fetch(offer, artifact);
        }
        report(offer.release(), "downloaded", 100, "");
        if (!awaitPermission(offer)) {
            LOG.info("{} lets release {} go for a later one", id, offer.release());
            return;
        }
        report(offer.release(), "verifying", -1, "");
        for (Artifact artifact : manifest.artifacts()) {
            Hashes.check(memory.folder().resolve(artifact.sha256() + ".part"), artifact);
        }
        report(offer.release(), "installing", -1, "");
        Image image = ImageFile.read(first, offer.release(), manifest);
        pause(settings.installing());
        memory.stage(image);
        for (Artifact artifact : manifest.artifacts()) {
            Files.deleteIfExists(memory.folder().resolve(artifact.sha256() + ".part"));
        }
        device.report(offer.release(), "rebooting", -1, "",
                () -> device.reboot("update to " + image.version()));
    }

    private void fetch(Offer offer, Artifact artifact)
            throws IOException, RefusedException, InterruptedException {
        Path file = memory.folder().resolve(artifact.sha256() + ".part");
        long[] told = {System.nanoTime()};
        download.fetch(offer, artifact, file, bytes -> {
            if (System.nanoTime() - told[0] > PROGRESS_NANOS && bytes < artifact.size()) {
                told[0] = System.nanoTime();
                report(offer.release(), "downloading", (int) (bytes * 100 / artifact.size()), "");
            }
        });
    }

    /// Waits for the time to install, and for whoever uses the device, unless it is forced or the deadline has passed.
    ///
    /// @return false where another release has been offered meanwhile
    private boolean awaitPermission(Offer offer) throws InterruptedException {
        while (!permitted(offer)) {
            if (superseded()) {
                return false;
            }
            pause(settings.deferral());
        }
        return true;
    }

    private boolean permitted(Offer first) {
        Offer latest = newest;
        Offer offer = latest == null ? first : latest;
        Instant now = clock.instant();
        if (offer.installAfter().isPresent() && now.isBefore(offer.installAfter().get())) {
            return false;
        }
        return offer.force() || !device.busy()
                || offer.deadline().isPresent() && !now.isBefore(offer.deadline().get());
    }

    private void report(String release, String state, int progress, String error) {
        device.report(release, state, progress, error, () -> {
        });
    }

    private static void pause(Duration duration) throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(duration.toMillis());
    }
}
