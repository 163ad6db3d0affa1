package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.release.ArtifactStore;
import io.aftercare.ota.release.Assignments;
import io.aftercare.ota.release.Delta;
import io.aftercare.ota.release.Manifest;
import io.aftercare.ota.release.Release;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.concurrent.locks.LockSupport;

/// Firmware over MQTT alone: chunk n of size s holds the bytes from n·s on. A release of several artifacts is read as
/// one, in the order of the manifest; `{release}.d{k}` is its k-th delta, from 1. The release `root.{version}` is a root document. Memory: one chunk a request.
final class Chunks {
    /// Bound on a chunk.
    static final int BYTES_MAX = 64 * 1024;
    private static final Pattern ROOT = Pattern.compile("root\\.[1-9][0-9]{0,8}");
    private static final Pattern DELTA = Pattern.compile("(R[0-9]+)\\.d([1-9][0-9]{0,3})");
    private static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private final Database database;
    private final ArtifactStore artifacts;
    private final Assignments assignments;
    private final Pace pace;
    private final Downlink downlink;

    Chunks(Database database, ArtifactStore artifacts, Assignments assignments, Pace pace,
            Downlink downlink) {
        this.assignments = assignments;
        this.database = database;
        this.artifacts = artifacts;
        this.pace = pace;
        this.downlink = downlink;
    }

    /// Answers a request: at the end with fewer bytes, after it with none.
    ///
    /// @return false where the device is not to have that release, or the request is out of bounds; then nothing is sent
    boolean send(Device device, String release, long chunk, int size) throws IOException {
        if (chunk < 0 || size < 1 || size > BYTES_MAX || chunk > Long.MAX_VALUE / BYTES_MAX) {
            return false;
        }
        if (ROOT.matcher(release).matches()) {
            return sendRoot(device, release, chunk, size);
        }
        Assigned assigned = Assigned.of(database, device);
        List<Manifest.Component> files = assigned == null ? List.of() : files(assigned.release(), release);
        if (assigned == null || files.isEmpty() || assigned.release().withdrawal() != null) {
            return false;
        }
        await(assigned, size);
        byte[] bytes = read(files, chunk * size, size);
        return downlink.send(device.id(), "ota/" + release + "/chunk/" + chunk + "/data", bytes);
    }

    /// What is asked for by this name: the whole release, or one delta; empty for anything else.
    private static List<Manifest.Component> files(Release release, String name) {
        if (name.equals(release.id())) {
            return release.manifest().artifacts();
        }
        Matcher delta = DELTA.matcher(name);
        List<Delta> deltas = release.manifest().deltas();
        if (!delta.matches() || !delta.group(1).equals(release.id())
                || Integer.parseInt(delta.group(2)) > deltas.size()) {
            return List.of();
        }
        return List.of(deltas.get(Integer.parseInt(delta.group(2)) - 1).file());
    }

    // a device without HTTP follows the chain of roots this way
    private boolean sendRoot(Device device, String name, long chunk, int size) {
        byte[] root = assignments.root(Integer.parseInt(name.substring("root.".length())))
                .orElse(new byte[0]);
        long from = Math.min(root.length, chunk * size);
        byte[] bytes = Arrays.copyOfRange(root, (int) from, (int) Math.min(root.length, from + size));
        return root.length > 0
                && downlink.send(device.id(), "ota/" + name + "/chunk/" + chunk + "/data", bytes);
    }

    // the device's own thread waits, and with it only this device's next messages
    private void await(Assigned assigned, int size) {
        long nanos = pace.reserve(assigned.campaign(), assigned.plan().rate().bytesPerSecond(), size);
        if (nanos > 0) {
            LockSupport.parkNanos(Math.min(nanos, WAIT_MAX.toNanos()));
        }
    }

    private byte[] read(List<Manifest.Component> components, long from, int size) throws IOException {
        ByteBuffer into = ByteBuffer.allocate(size);
        long begin = 0;
        for (Manifest.Component component : components) {
            long end = begin + component.size();
            long next = from + into.position();
            if (next >= begin && next < end && into.hasRemaining()) {
                try (FileChannel file = FileChannel.open(artifacts.file(component))) {
                    readFully(file, into, next - begin);
                }
            }
            begin = end;
        }
        return Arrays.copyOf(into.array(), into.position());
    }

    private static void readFully(FileChannel file, ByteBuffer into, long at) throws IOException {
        long position = at;
        while (into.hasRemaining()) {
            int n = file.read(into, position);
            if (n < 0) {
                return;
            }
            position += n;
        }
    }
}
