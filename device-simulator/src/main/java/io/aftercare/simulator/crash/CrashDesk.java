package io.aftercare.simulator.crash;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.action.Outcome.Failed;
import io.aftercare.simulator.action.Outcome.Lasting;
import io.aftercare.simulator.action.Outcome.Silent;
import io.aftercare.simulator.action.Outcome.Succeeded;
import io.aftercare.simulator.link.Link;
import io.aftercare.simulator.log.DeviceLog;
import io.aftercare.simulator.upload.Ending;
import io.aftercare.simulator.upload.Gzip;
import io.aftercare.simulator.upload.Uploader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A device's crashes: told as events, and kept as dumps that are uploaded after the next start, without being asked, and again
/// where they are asked for. Keeps the newest [#DUMPS_MAX], begins at most [#UPLOADS_A_DAY_MAX] uploads of its own in 24
/// hours. Thread-safe.
public final class CrashDesk {
    static final int DUMPS_MAX = 5;
    static final int UPLOADS_A_DAY_MAX = 20;
    private static final Logger LOG = LoggerFactory.getLogger(CrashDesk.class);
    private static final int LOG_LINES = 100;
    private static final Duration DAY = Duration.ofHours(24);

    private final String device;
    private final String model;
    private final DeviceLog log;
    private final Uploader uploader;
    private final InstantSource clock;
    private final Deque<Dump> dumps = new ArrayDeque<>();
    private final Deque<Instant> begun = new ArrayDeque<>();
    private boolean isUploading;

    private static final class Dump {
        final String id;
        final byte[] bytes;
        boolean isSent;

        Dump(String id, byte[] bytes) {
            this.id = id;
            this.bytes = bytes;
        }
    }

    public CrashDesk(String device, String model, DeviceLog log, Uploader uploader, InstantSource clock) {
        this.device = device;
        this.model = model;
        this.log = log;
        this.uploader = uploader;
        this.clock = clock;
    }

    /// It crashed; returns the `data` of the event that tells it.
    public synchronized Map<String, Object> crashed(String firmware, String reason, long boots) {
        CrashReport report = CrashReport.of(model, firmware, reason, clock.instant(), boots);
        if (dumps.size() == DUMPS_MAX) {
            dumps.removeFirst();
        }
        dumps.addLast(new Dump(report.id(), Gzip.of(Link.json(report.dump(log.newest(LOG_LINES))))));
        return report.data();
    }

    /// Forgets everything.
    public synchronized void clear() {
        dumps.clear();
    }

    /// The device is up: what nobody has yet is uploaded in the background.
    public synchronized void booted() {
        if (!isUploading && dumps.stream().anyMatch(each -> !each.isSent)) {
            isUploading = true;
            Thread.ofVirtual().name("dumps-" + device).start(this::uploadAll);
        }
    }

    private void uploadAll() {
        try {
            for (Dump dump : unsent()) {
                Ending ending = uploader.upload("/device/v1/" + device + "/uploads/" + dump.id, dump.bytes);
                LOG.info("{} uploaded {}: {}", device, dump.id, ending);
                synchronized (this) {
                    dump.isSent = !(ending instanceof Ending.GivenUp gaveUp) || !gaveUp.isWorthAnotherTry();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                isUploading = false;
            }
        }
    }

    private synchronized List<Dump> unsent() {
        Instant now = clock.instant();
        begun.removeIf(each -> each.isBefore(now.minus(DAY)));
        List<Dump> unsent = new ArrayList<>();
        for (Dump each : dumps) {
            if (!each.isSent && begun.size() < UPLOADS_A_DAY_MAX) {
                begun.addLast(now);
                unsent.add(each);
            }
        }
        return unsent;
    }

    /// Answers `get_crash`.
    public synchronized Outcome get(JsonNode params) {
        String wanted = params.path("id").asText();
        Optional<Dump> dump = dumps.reversed().stream()
                .filter(each -> wanted.isEmpty() || each.id.equals(wanted)).findFirst();
        JsonNode upload = params.path("upload");
        if (dump.isEmpty()) {
            return new Failed(wanted.isEmpty() ? "there is no dump" : "there is no dump of " + wanted);
        }
        if (dump.get().bytes.length > upload.path("bytesMax").asLong(Long.MAX_VALUE)) {
            return new Failed("the dump has " + dump.get().bytes.length + " bytes");
        }
        byte[] bytes = dump.get().bytes;
        String id = upload.path("id").asText();
        String url = upload.path("url").asText();
        return new Lasting(() -> switch (uploader.upload(url, bytes)) {
            case Ending.Complete _ -> new Succeeded(Map.of("upload", id));
            case Ending.GivenUp gaveUp -> new Failed("upload " + id + ": " + gaveUp.why());
            case Ending.Silent _ -> new Silent();
        });
    }
}
