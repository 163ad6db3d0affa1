package io.aftercare.remote.upload;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.remote.RemoteGround;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What devices are expected to send, and what has come. Other rooms say here what they expect, and hear of it. Thread-safe;
/// calls block.
public final class Uploads {
    private static final Logger LOG = LoggerFactory.getLogger(Uploads.class);
    private static final Duration REMEMBERED = Duration.ofDays(30);
    private static final int AT_ONCE_MAX = 200;

    private final RemoteGround ground;
    private final UploadLimits limits;
    private final KeptFiles files;
    private final Map<String, UploadListener> listeners = new ConcurrentHashMap<>();
    private final Map<String, Unsolicited> welcome = new ConcurrentHashMap<>();

    Uploads(RemoteGround ground, UploadLimits limits) {
        this.ground = ground;
        this.limits = limits;
        this.files = new KeptFiles(ground.files().resolve("uploads"));
    }

    /// Names the one listener of a purpose, while the rooms are wired.
    public void on(String purpose, UploadListener listener) {
        if (listeners.putIfAbsent(purpose, listener) != null) {
            throw new IllegalStateException("Somebody listens to uploads of purpose " + purpose);
        }
    }

    /// Lets devices begin uploads of this kind by themselves.
    public void welcome(Unsolicited kind) {
        if (welcome.putIfAbsent(kind.prefix(), kind) != null) {
            throw new IllegalStateException("Uploads " + kind.prefix() + " are welcome already");
        }
    }

    /// Expects an upload of a device.
    ///
    /// @param reference by which the caller knows it when it comes
    /// @param bytesMax  more is refused
    /// @param expires   later is refused
    /// @return its id, which the device has to be told
    /// @throws Problem 409 where too much is expected of this device already
    public String expect(Handle handle, DeviceId device, String purpose, String reference, long bytesMax,
            Instant expires) {
        if (!listeners.containsKey(purpose)) {
            throw new IllegalArgumentException("Nobody listens to uploads of purpose " + purpose);
        }
        if (UploadSql.waiting(handle, device) >= limits.waitingMax()) {
            throw Problem.conflict("The device has " + limits.waitingMax()
                    + " uploads to send already; wait for them, or until they expire");
        }
        String id = Ids.next('u', ground.clock());
        UploadSql.insert(handle, fresh(id, device, id, purpose, reference, bytesMax, expires));
        return id;
    }

    /// An upload by its id, content or not.
    public Optional<Upload> find(Handle handle, String id) {
        return UploadSql.find(handle, id, false);
    }

    /// The bytes of a complete upload; the caller closes it.
    ///
    /// @throws java.nio.file.NoSuchFileException where there is none, such as after a restore without its files
    public InputStream open(String id) throws IOException {
        return files.read(id);
    }

    /// Destroys the content, or expects it no longer; the file goes with the commit. Once more does nothing.
    public void discard(Handle handle, String id) {
        Upload upload = UploadSql.find(handle, id, true).orElse(null);
        if (upload != null && upload.state().after(UploadEvent.DISCARD).isPresent()) {
            UploadSql.drop(handle, id, UploadState.GONE, upload.attempts(), ground.now());
            handle.afterCommit(() -> delete(id));
        }
    }

    private Upload fresh(String id, DeviceId device, String name, String purpose, String reference,
            long bytesMax, Instant expires) {
        return new Upload(id, device, name, purpose, reference, UploadState.EXPECTED, bytesMax, null, 0, null,
                0,
                ground.now(), expires);
    }

    /// What this device knows by this name; begun now where it is welcome.
    ///
    /// @throws Problem 404 where there is no such upload, 429 where the device begins too many
    Upload ofDevice(DeviceId device, String name) {
        return ground.database().inTransaction(handle -> {
            Optional<Upload> known = UploadSql.find(handle, device, name);
            return known.isPresent() ? known.get() : begun(handle, device, name);
        });
    }

    Optional<Upload> known(DeviceId device, String name) {
        return ground.database().jdbi().withHandle(handle -> UploadSql.find(handle, device, name));
    }

    private Upload begun(Handle handle, DeviceId device, String name) {
        Unsolicited kind = welcome.values().stream()
                .filter(one -> name.startsWith(one.prefix()) && name.length() > one.prefix().length())
                .findFirst().orElseThrow(() -> Problem.notFound("upload of this device", name));
        Instant now = ground.now();
        if (UploadSql.since(handle, device, kind.purpose(), now.minus(Duration.ofDays(1))) >= kind.perDay()) {
            throw Problem.of(429, "Too many requests",
                    "A device begins at most " + kind.perDay() + " uploads "
                            + kind.prefix() + "… in 24 hours");
        }
        Upload upload = fresh(Ids.next('u', ground.clock()), device, name, kind.purpose(), name,
                kind.bytesMax(), now.plus(kind.within()));
        UploadSql.insert(handle, upload);
        return upload;
    }

    /// Claims room on the disk for an upload that begins.
    ///
    /// @throws Problem 507 where there is none, 410 where it is not wanted any more
    void begin(Upload upload, @Nullable Long total) {
        long wanted = total == null ? upload.bytesMax() : total;
        ground.database().useTransaction(handle -> {
            long[] claimed = UploadSql.claimedBeside(handle, upload);
            if (claimed[0] + wanted > limits.deviceBytesMax()) {
                throw Problem.of(507, "No room",
                        "This device has " + claimed[0] + " of " + limits.deviceBytesMax()
                                + " bytes already, and this takes " + wanted);
            }
            if (claimed[1] + wanted > limits.allBytesMax()) {
                throw Problem.of(507, "No room", "The room for uploads is taken");
            }
            if (UploadSql.begin(handle, upload.id(), total, wanted) == 0) {
                throw gone();
            }
        });
    }

    /// Notes what is safe on the disk.
    ///
    /// @throws Problem 410 where it is not wanted any more
    void received(Upload upload, long bytes) {
        int noted = ground.database().inTransaction(handle -> UploadSql.received(handle, upload.id(), bytes));
        if (noted == 0) {
            throw gone();
        }
    }

    /// @throws Problem 410 where it is not wanted any more; whatever the listener throws, then it is not complete
    Upload complete(Upload upload, long bytes, String sha256) {
        Upload complete = ground.database().inTransaction(handle -> {
            Upload now = UploadSql.find(handle, upload.id(), true)
                    .filter(one -> one.state().after(UploadEvent.COMPLETE).isPresent())
                    .orElseThrow(Uploads::gone);
            UploadSql.complete(handle, now.id(), bytes, sha256);
            Upload after = UploadSql.find(handle, now.id(), false).orElseThrow();
            listener(after).complete(handle, after);
            return after;
        });
        ground.committed().run();
        return complete;
    }

    /// The hash was wrong: what came is thrown away.
    void spoil(Upload upload) {
        ground.database().useTransaction(handle -> {
            Upload now = UploadSql.find(handle, upload.id(), true)
                    .filter(one -> one.state().after(UploadEvent.SPOIL).isPresent())
                    .orElseThrow(Uploads::gone);
            int attempts = now.attempts() + 1;
            UploadEvent event = attempts >= limits.attemptsMax() ? UploadEvent.GIVE_UP : UploadEvent.SPOIL;
            end(handle, now, event, attempts);
        });
        ground.committed().run();
    }

    // The file goes with the commit, or with the next sweep.
    private void end(Handle handle, Upload upload, UploadEvent event, int attempts) {
        UploadState after = upload.state().after(event).orElseThrow();
        UploadSql.drop(handle, upload.id(), after, attempts, after.isOpen() ? null : ground.now());
        if (!after.isOpen()) {
            listener(upload).missed(handle, UploadSql.find(handle, upload.id(), false).orElseThrow());
        }
        handle.afterCommit(() -> delete(upload.id()));
    }

    private UploadListener listener(Upload upload) {
        UploadListener listener = listeners.get(upload.purpose());
        if (listener == null) {
            throw new IllegalStateException("Nobody listens to uploads of purpose " + upload.purpose());
        }
        return listener;
    }

    /// Ends uploads whose time is over, and forgets those that ended long ago.
    ///
    /// @return whether there may be more
    boolean expire() {
        Instant now = ground.now();
        List<String> due = ground.database().jdbi()
                .withHandle(handle -> UploadSql.overdue(handle, now, AT_ONCE_MAX));
        for (String id : due) {
            ground.database().useTransaction(handle -> UploadSql.find(handle, id, true)
                    .filter(upload -> upload.state().after(UploadEvent.EXPIRE).isPresent())
                    .ifPresent(upload -> end(handle, upload, UploadEvent.EXPIRE, upload.attempts())));
        }
        if (!due.isEmpty()) {
            ground.committed().run();
        }
        int forgotten = ground.database()
                .inTransaction(handle -> UploadSql.forget(handle, now.minus(REMEMBERED), AT_ONCE_MAX));
        return due.size() == AT_ONCE_MAX || forgotten == AT_ONCE_MAX;
    }

    /// Deletes files without a row that needs them.
    int sweep() {
        try {
            return files.sweep(ids -> ground.database().jdbi()
                    .withHandle(handle -> UploadSql.withContent(handle, ids)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KeptFiles files() {
        return files;
    }

    UploadLimits limits() {
        return limits;
    }

    static Problem gone() {
        return Problem.of(410, "Gone", "It is not wanted any more");
    }

    private void delete(String id) {
        try {
            files.delete(id);
        } catch (IOException e) {
            LOG.warn("The file of upload {} is left to the next sweep", id, e);
        }
    }
}
