package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Event;
import io.aftercare.simulator.ota.BootState.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// What survives a power cut: the boot state, the images in the slots, the anti-rollback counter, the number of boots, the
/// update at work and a report that the backend has not acknowledged. One file a device, replaced whole and forced to disk
/// at every change: what belongs together changes together. Thread-safe.
public final class DeviceMemory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path file;
    private final Flash flash;
    private Content content;

    /// What is written down.
    ///
    /// @param counter the highest that was ever confirmed
    /// @param report the last report on an update, until it is acknowledged; `NO_REPORT` then
    /// @param job the update at work, until it is decided; `NO_JOB` then
    public record Content(BootState boot, Map<Slot, Image> images, long counter, long boots, Report report,
            Job job) {
        @SuppressWarnings("NullAway") // one that was written before there were jobs
        public Content {
            images = Map.copyOf(images);
            job = job == null ? Job.NO_JOB : job;
        }

        Content after(Event event) {
            return new Content(boot.next(event), images, counter, boots, report, job);
        }

        Content with(Map<Slot, Image> newImages) {
            return new Content(boot, newImages, counter, boots, report, job);
        }

        Content with(Report newReport) {
            return new Content(boot, images, counter, boots, newReport, job);
        }

        Content with(Job newJob) {
            return new Content(boot, images, counter, boots, report, newJob);
        }

        /// An update is decided: from now on it is to be told.
        Content concluded(Report newReport) {
            return with(Job.NO_JOB).with(newReport);
        }

        Content booted() {
            return new Content(boot.next(Event.BOOTED), images, counter, boots + 1, report, job);
        }

        Content raised(long newCounter) {
            return new Content(boot, images, Math.max(counter, newCounter), boots, report, job);
        }
    }

    /// A final report on an update, to be repeated until it is acknowledged.
    public record Report(String release, String state, String error) {
        static final Report NO_REPORT = new Report("", "", "");
    }

    /// An update that was accepted. After a power cut it goes on by itself.
    ///
    /// @param offer as it came
    /// @param acceptedAt epoch milliseconds; its times were good then
    public record Job(String offer, long acceptedAt) {
        static final Job NO_JOB = new Job("", 0);
    }

    private DeviceMemory(Path folder, Path file, Flash flash, Content content) {
        this.folder = folder;
        this.file = file;
        this.flash = flash;
        this.content = content;
    }

    /// Opens a device's memory; the first time it comes from the factory.
    ///
    /// @param folder where the device may keep files, made when missing
    public static DeviceMemory open(Path folder, String factoryFirmware) throws IOException {
        return open(folder, factoryFirmware, DiskFlash.INSTANCE);
    }

    /// As [#open], on a storage of which something may be broken.
    public static DeviceMemory open(Path folder, String factoryFirmware, Failures failures)
            throws IOException {
        return open(folder, factoryFirmware, failures.flash(DiskFlash.INSTANCE));
    }

    static DeviceMemory open(Path folder, String factoryFirmware, Flash flash) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("memory.json");
        if (Files.exists(file)) {
            return new DeviceMemory(folder, file, flash, JSON.readValue(file.toFile(), Content.class));
        }
        Content fresh = new Content(new Committed(Slot.A), Map.of(Slot.A, Image.factory(factoryFirmware)), 0,
                0, Report.NO_REPORT, Job.NO_JOB);
        return new DeviceMemory(folder, file, flash, fresh);
    }

    public synchronized Content content() {
        return content;
    }

    /// The firmware that runs.
    public synchronized Image running() {
        Image image = content.images().get(content.boot().running());
        return image == null ? Image.factory("0") : image;
    }

    Path folder() {
        return folder;
    }

    Flash flash() {
        return flash;
    }

    /// Where a component of the image in a slot lies.
    ///
    /// @param place in the manifest, from 0
    Path component(Slot slot, int place) {
        return folder.resolve("slot-" + slot + "-" + place + Installer.IMAGE);
    }

    /// The component with this content, where a slot holds it; the running slot is asked first.
    synchronized Optional<Path> holding(String sha256) {
        Slot running = content.boot().running();
        for (Slot slot : new Slot[]{running, running.other()}) {
            @Nullable
            Image image = content.images().get(slot);
            for (int place = 0; image != null && place < image.components().size(); place++) {
                if (image.components().get(place).sha256().equalsIgnoreCase(sha256)) {
                    return Optional.of(component(slot, place));
                }
            }
        }
        return Optional.empty();
    }

    synchronized Content change(UnaryOperator<Content> change) {
        Content next = change.apply(content);
        try {
            flash.replace(file, JSON.writeValueAsBytes(next));
        } catch (IOException e) {
            throw new UncheckedIOException("the device's memory " + file + " cannot be written", e);
        }
        content = next;
        return next;
    }

    /// The free slot is about to be written: what was in it is there no more.
    void erase() {
        change(now -> {
            Map<Slot, Image> images = new EnumMap<>(Slot.class);
            images.putAll(now.images());
            images.remove(now.boot().slot().other());
            return now.after(Event.SLOT_ERASED).with(images);
        });
    }

    /// The image is in the free slot, to be tried at the next boot.
    void stage(Image image) {
        change(now -> {
            Map<Slot, Image> images = new EnumMap<>(Slot.class);
            images.putAll(now.images());
            images.put(now.boot().slot().other(), image);
            return now.after(Event.IMAGE_WRITTEN).with(images);
        });
    }

    /// A root says that the counter was driven up by a stolen key.
    void lowerCounter(long to) {
        change(now -> new Content(now.boot(), now.images(), Math.min(now.counter(), to), now.boots(),
                now.report(), now.job()));
    }

    void report(Report report) {
        change(now -> now.with(report));
    }
}
