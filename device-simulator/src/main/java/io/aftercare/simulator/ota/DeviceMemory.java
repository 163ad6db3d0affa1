package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.ota.BootState.Committed;
import io.aftercare.simulator.ota.BootState.Slot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// What survives a power cut: the boot state, the images in the slots, the anti-rollback counter, the number of boots
/// and a report that the backend has not acknowledged. One file a device, replaced whole and forced to disk at every
/// change. Thread-safe.
public final class DeviceMemory {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Path file;
    private Content content;

    /// What is written down.
    ///
    /// @param counter the highest that was ever confirmed
    /// @param report the last report on an update, until it is acknowledged; `NO_REPORT` then
    public record Content(BootState boot, Map<Slot, Image> images, long counter, long boots, Report report) {
        public Content {
            images = Map.copyOf(images);
        }
    }

    /// A final report on an update, to be repeated until it is acknowledged.
    public record Report(String release, String state, String error) {
        static final Report NO_REPORT = new Report("", "", "");
    }

    private DeviceMemory(Path folder, Path file, Content content) {
        this.folder = folder;
        this.file = file;
        this.content = content;
    }

    /// Opens a device's memory; the first time it comes from the factory.
    ///
    /// @param folder where the device may keep files, made when missing
    public static DeviceMemory open(Path folder, String factoryFirmware) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve("memory.json");
        if (Files.exists(file)) {
            return new DeviceMemory(folder, file, JSON.readValue(file.toFile(), Content.class));
        }
        Content fresh = new Content(new Committed(Slot.A), Map.of(Slot.A, Image.factory(factoryFirmware)), 0,
                0,
                Report.NO_REPORT);
        return new DeviceMemory(folder, file, fresh);
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

    synchronized Content change(UnaryOperator<Content> change) {
        Content next = change.apply(content);
        try {
            Path draft = file.resolveSibling("memory.json.new");
            Files.write(draft, JSON.writeValueAsBytes(next));
            try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(draft, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the device's memory " + file + " cannot be written", e);
        }
        content = next;
        return next;
    }

    /// The image goes into the free slot, to be tried at the next boot.
    void stage(Image image) {
        change(now -> {
            Map<Slot, Image> images = new EnumMap<>(Slot.class);
            images.putAll(now.images());
            images.put(now.boot().slot().other(), image);
            return new Content(now.boot().next(BootState.Event.IMAGE_WRITTEN), images, now.counter(),
                    now.boots(),
                    now.report());
        });
    }

    void report(Report report) {
        change(now -> new Content(now.boot(), now.images(), now.counter(), now.boots(), report));
    }
}
