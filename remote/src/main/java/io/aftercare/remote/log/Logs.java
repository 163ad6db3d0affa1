package io.aftercare.remote.log;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.id.Ids;
import io.aftercare.fleet.people.Principal;
import io.aftercare.remote.RemoteGround;
import io.aftercare.remote.TicketName;
import io.aftercare.remote.action.Action;
import io.aftercare.remote.action.ActionListener;
import io.aftercare.remote.action.Actions;
import io.aftercare.remote.action.OutputKeeper;
import io.aftercare.remote.action.Wish;
import io.aftercare.remote.upload.KeptFiles;
import io.aftercare.remote.upload.Upload;
import io.aftercare.remote.upload.UploadListener;
import io.aftercare.remote.upload.Uploads;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Logs of devices. What a device sends is redacted before anybody can read it, and not kept as it came. Thread-safe; calls
/// block.
final class Logs implements ActionListener, OutputKeeper, UploadListener {
    static final String ACTION = "get_logs";
    static final String PURPOSE = "log";
    static final int PER_DEVICE_MAX = 100;
    static final long BYTES_MAX = 16L << 20;
    private static final String KEY = "log:";
    private static final long BYTES_DEFAULT = 1L << 20;
    private static final Duration UPLOAD_WITHIN = Duration.ofHours(24);
    private static final Duration KEPT_WITHOUT_CASE = Duration.ofDays(30);
    private static final int AT_ONCE_MAX = 20;
    private static final Logger LOG = LoggerFactory.getLogger(Logs.class);

    private final RemoteGround ground;
    private final Actions actions;
    private final Uploads uploads;
    private final KeptFiles files;
    private final Runnable received;

    /// @param received is called after each commit that left something to be redacted
    Logs(RemoteGround ground, Actions actions, Uploads uploads, Runnable received) {
        this.ground = ground;
        this.actions = actions;
        this.uploads = uploads;
        this.received = received;
        this.files = new KeptFiles(ground.files().resolve("logs"));
    }

    /// What somebody asks for.
    ///
    /// @param expiresIn how long the request waits for the device, ISO 8601
    record Asking(@Nullable Instant from, @Nullable Instant to, @Nullable String level,
            @Nullable Long bytesMax,
            @Nullable Integer lines, @Nullable String ticket, String why, @Nullable String expiresIn) {
        Asking {
            ticket = ticket == null ? null : TicketName.number(ticket);
        }
    }

    DeviceLog ask(Principal who, DeviceId id, Asking asking) {
        Device device = device(who, id);
        if (asking.from() != null && asking.to() != null && !asking.from().isBefore(asking.to())) {
            throw Problem.invalid("to", "it has to lie after from");
        }
        Wishes wishes = ground.database().jdbi().withHandle(handle -> Wishes.of(handle, device.model()));
        DeviceLog log = ground.database().inTransaction(handle -> written(handle, who, id, asking, wishes));
        try {
            Wish wish = new Wish(ACTION, wishes.params(log, upload(log)), asking.ticket(), asking.expiresIn(),
                    null,
                    asking.why(), KEY + log.id());
            Action action = actions.request(who, id, wish);
            return ground.database().inTransaction(handle -> {
                LogSql.asked(handle, log.id(), action.id());
                return LogSql.find(handle, log.id(), false).orElseThrow();
            });
        } catch (Problem refused) {
            ground.database().useTransaction(handle -> {
                LogSql.remove(handle, log.id());
                if (log.upload() != null) {
                    uploads.discard(handle, log.upload());
                }
            });
            throw refused;
        }
    }

    private DeviceLog written(Handle handle, Principal who, DeviceId id, Asking asking, Wishes wishes) {
        if (LogSql.kept(handle, id.value()) >= PER_DEVICE_MAX) {
            throw Problem.conflict("The device has " + PER_DEVICE_MAX + " logs here already; purge some");
        }
        Instant now = ground.now();
        String log = Ids.next('l', ground.clock());
        long bytesMax = asking.bytesMax() == null ? BYTES_DEFAULT : asking.bytesMax();
        String upload = wishes.allow("upload")
                ? uploads.expect(handle, id, PURPOSE, log, bytesMax,
                        now.plus(Wish.within(asking.expiresIn())).plus(UPLOAD_WITHIN))
                : null;
        DeviceLog made = new DeviceLog(log, id.value(), asking.ticket(), LogState.ASKED, null, upload,
                asking.from(),
                asking.to(), asking.level(), bytesMax, asking.lines(), asking.why().strip(), who.name(), now,
                null,
                null, null, null, null, false, null, null);
        LogSql.insert(handle, made);
        return made;
    }

    private @Nullable Upload upload(DeviceLog log) {
        String id = log.upload();
        return id == null
                ? null
                : ground.database().jdbi().withHandle(handle -> uploads.find(handle, id)).orElseThrow();
    }

    private Device device(Principal who, DeviceId id) {
        return ground.devices().visible(id.value(), who);
    }

    /// @throws Problem 404 where there is none that this person may see
    DeviceLog find(Handle handle, Principal who, String id, boolean lock) {
        DeviceLog log = LogSql.find(handle, id, lock).orElseThrow(() -> Problem.notFound("log", id));
        device(who, new DeviceId(log.device()));
        return log;
    }

    List<DeviceLog> ofDevice(Handle handle, Principal who, DeviceId id, @Nullable String after, int limit) {
        device(who, id);
        return LogSql.ofDevice(handle, id.value(), after, limit);
    }

    /// The redacted lines, as JSON; the caller closes it.
    InputStream lines(DeviceLog log) throws IOException {
        return files.read(log.id());
    }

    @Override
    public JsonNode kept(Handle handle, Action action, JsonNode output) {
        DeviceLog log = asked(handle, action).orElse(null);
        if (log == null) {
            return redacted(output, redactor(handle, action.device()));
        }
        Optional<String> text = text(output);
        if (text.isEmpty() || log.state().after(LogEvent.READ).isEmpty()) {
            return Json.object().put("log", log.id());
        }
        try {
            byte[] bytes = text.get().getBytes(StandardCharsets.UTF_8);
            LogReader.Told told = read(handle, log, new ByteArrayInputStream(bytes));
            ready(handle, log, told);
            return Json.object().put("log", log.id()).put("lines", told.lines());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<DeviceLog> asked(Handle handle, Action action) {
        String key = action.key();
        return key != null && key.startsWith(KEY)
                ? LogSql.find(handle, key.substring(KEY.length()), true)
                : Optional.empty();
    }

    private static Optional<String> text(JsonNode output) {
        if (output.isTextual()) {
            return Optional.of(output.asText());
        }
        JsonNode lines = output.isArray() ? output : output.path("lines");
        if (!lines.isArray()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line.isTextual() ? line.asText() : line.toString()).append('\n'));
        return Optional.of(text.toString());
    }

    // Logs that somebody asked for as a bare action: their texts are redacted where they stand.
    private static JsonNode redacted(JsonNode value, Redactor redactor) {
        return switch (value) {
            case TextNode text -> TextNode.valueOf(redactor.redact(text.asText(), new TreeMap<>()));
            case ArrayNode array -> {
                ArrayNode kept = Json.array();
                array.forEach(item -> kept.add(redacted(item, redactor)));
                yield kept;
            }
            case ObjectNode object -> {
                ObjectNode kept = Json.object();
                object.properties()
                        .forEach(one -> kept.set(one.getKey(), redacted(one.getValue(), redactor)));
                yield kept;
            }
            default -> value;
        };
    }

    @Override
    public void ended(Handle handle, Action action) {
        asked(handle, action).ifPresent(log -> {
            boolean answered = action.error() == null && action.finishedAt() != null
                    && action.state().text().equals("succeeded");
            if (!answered && log.state() == LogState.ASKED) {
                LogSql.move(handle, log.id(), LogState.FAILED, "The action is " + action.state().text()
                        + (action.error() == null ? "" : ": " + action.error()));
            } else if (answered && log.state() == LogState.ASKED && log.upload() == null) {
                LogSql.move(handle, log.id(), LogState.FAILED, "The device answered without a log");
            }
        });
    }

    @Override
    public void complete(Handle handle, Upload upload) {
        DeviceLog log = LogSql.find(handle, upload.reference(), true)
                .filter(one -> one.state().after(LogEvent.RECEIVE).isPresent()).orElseThrow(
                        () -> Problem.of(410, "Gone", "The log is not wanted any more"));
        LogSql.move(handle, log.id(), LogState.RECEIVED, null);
        handle.afterCommit(received);
    }

    @Override
    public void missed(Handle handle, Upload upload) {
        LogSql.find(handle, upload.reference(), true).filter(log -> log.state() == LogState.ASKED).ifPresent(
                log -> LogSql.move(handle, log.id(), LogState.FAILED,
                        "The device did not send it: the upload is "
                                + upload.state().text()));
    }

    /// Redacts what has come.
    ///
    /// @return whether there may be more
    boolean readReceived() {
        List<String> some = ground.database().jdbi()
                .withHandle(handle -> LogSql.received(handle, AT_ONCE_MAX));
        some.forEach(id -> ground.database().useTransaction(handle -> LogSql.find(handle, id, true)
                .filter(log -> log.state() == LogState.RECEIVED)
                .ifPresent(log -> readReceived(handle, log))));
        return some.size() == AT_ONCE_MAX;
    }

    private void readReceived(Handle handle, DeviceLog log) {
        String upload = String.valueOf(log.upload());
        try (InputStream in = uploads.open(upload)) {
            ready(handle, log, read(handle, log, in));
        } catch (IOException | IllegalArgumentException e) {
            LOG.info("Log {} of device {} cannot be read: {}", log.id(), log.device(), e.toString());
            LogSql.move(handle, log.id(), LogState.FAILED, "It cannot be read: " + e.getMessage());
        }
        uploads.discard(handle, upload);
    }

    private LogReader.Told read(Handle handle, DeviceLog log, InputStream in) throws IOException {
        LogReader reader = new LogReader(redactor(handle, log.device()), log.bytesMax());
        try (FileChannel file = files.openAt(log.id(), 0);
                OutputStream out = new BufferedOutputStream(Channels.newOutputStream(file), 64 * 1024)) {
            LogReader.Told told = reader.read(in, out);
            out.flush();
            file.force(false);
            return told;
        }
    }

    private void ready(Handle handle, DeviceLog log, LogReader.Told told) {
        LogSql.ready(handle, log.id(), told, ground.now());
        if (log.upload() != null && log.state() != LogState.RECEIVED) {
            uploads.discard(handle, log.upload());
        }
        told.redacted().forEach((kind, count) -> ground.meters()
                .counter("aftercare_remote_log_redactions_total", "kind", kind).increment(count));
        handle.afterCommit(() -> ground.events().publish("log.ready", Json.object().put("id", log.id())
                .put("device", log.device()),
                who -> ground.devices().find(new DeviceId(log.device()))
                        .filter(device -> who.seesOutlet(device.outlet())).isPresent()));
    }

    private static Redactor redactor(Handle handle, String device) {
        return Redactor.with(handle.createQuery(
                """
                        SELECT p.document FROM fleet.product p JOIN fleet.device d ON d.model = p.model WHERE d.id = :device""")
                .bind("device", device).mapTo(JsonNode.class).findOne().map(Wishes::patterns)
                .orElse(List.of()));
    }

    int purge(Handle handle, Set<String> names) {
        List<DeviceLog> all = LogSql.ofTicket(handle, names);
        all.forEach(log -> purge(handle, log));
        return all.size();
    }

    void purge(Handle handle, DeviceLog log) {
        LogSql.purge(handle, log.id(), ground.now());
        if (log.upload() != null) {
            uploads.discard(handle, log.upload());
        }
        handle.afterCommit(() -> delete(log.id()));
    }

    /// Purges what belongs to no case and is old, and files that nobody needs.
    ///
    /// @return whether there may be more
    boolean purgeOld() {
        Instant before = ground.now().minus(KEPT_WITHOUT_CASE);
        List<String> old = ground.database().jdbi()
                .withHandle(handle -> LogSql.old(handle, before, AT_ONCE_MAX));
        old.forEach(id -> ground.database().useTransaction(handle -> LogSql.find(handle, id, true)
                .filter(log -> log.state().after(LogEvent.PURGE).isPresent())
                .ifPresent(log -> purge(handle, log))));
        try {
            files.sweep(
                    ids -> ground.database().jdbi().withHandle(handle -> LogSql.withContent(handle, ids)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return old.size() == AT_ONCE_MAX;
    }

    private void delete(String id) {
        try {
            files.delete(id);
        } catch (IOException e) {
            LOG.warn("The file of log {} is left to the next sweep", id, e);
        }
    }
}
