package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.telemetry.BadPayload;
import io.aftercare.ingest.telemetry.DeviceEvent;
import io.aftercare.ingest.telemetry.IngestMeters;
import io.aftercare.ingest.telemetry.Quarantine;
import io.aftercare.ingest.telemetry.SingleMessage;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Deals with a message that is no telemetry: parses it, stores it, tells [DeviceMessages]. Blocks until that is committed,
/// for as long as the database is away. Thread-safe; the messages of one device are given one after the other.
public final class Inbox {
    private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);
    private static final int PAYLOAD_BYTES_MAX = 64 * 1024;
    private static final int CONCURRENT_MAX = 16;
    private static final int CHUNK_BYTES_MAX = 192 * 1024;
    private static final String REFUSED = "the database refuses this message";
    private static final Duration BACKOFF_MAX = Duration.ofSeconds(2);
    private static final int REPORTED_TEXT_MAX = 200;

    private final MessageStore store;
    private final Quarantine quarantine;
    private final Devices devices;
    private final Events events;
    private final DeviceMessages receiver;
    private final IngestMeters meters;
    private final DeviceAnswers answers;
    private final EventWay eventWay;
    private final Restarts restarts;
    private final Semaphore permits = new Semaphore(CONCURRENT_MAX);
    private final CountDownLatch closed = new CountDownLatch(1);

    /// A message as it came.
    ///
    /// @param topic the levels after `devices/{id}/`
    /// @param dup   whether the device says that it sent this before
    public record Letter(Device device, String topic, byte[] payload, int packet, boolean dup,
            Instant received) {}

    /// What became of it.
    public enum Outcome {
        ACCEPTED,
        QUARANTINED,
        UNKNOWN_TOPIC,
        /// The backend stops: the device will send it again.
        UNFINISHED
    }

    public Inbox(MessageStore store, Quarantine quarantine, Devices devices, Events events,
            DeviceMessages receiver, IngestMeters meters, DeviceAnswers answers, EventWay eventWay,
            Restarts restarts) {
        this.store = store;
        this.quarantine = quarantine;
        this.devices = devices;
        this.events = events;
        this.receiver = receiver;
        this.meters = meters;
        this.answers = answers;
        this.eventWay = eventWay;
        this.restarts = restarts;
    }

    /// The way to the lane that stores and judges a device's events, for those that do not come straight from a connection.
    @FunctionalInterface
    public interface EventWay {
        /// @return what becomes of it, when that is committed; perhaps never completed where the backend stops before
        CompletableFuture<SingleMessage.Outcome> send(DeviceEvent event);
    }

    /// Reads an event; empty where it is none that the lane could take, and [#receive] is to deal with it.
    public Optional<DeviceEvent> event(Letter letter) {
        if (letter.payload().length > PAYLOAD_BYTES_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(parse(letter));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private DeviceEvent parse(Letter letter) {
        DeviceEvent event = EventParser.parse(letter);
        return event.code().equals(DeviceEvent.BOOT)
                ? restarts.explain(event.device(), event.at()).map(event::explainedBy).orElse(event)
                : event;
    }

    public DeviceMessages receiver() {
        return receiver;
    }

    /// Ends the waiting for a database that is away.
    public void close() {
        closed.countDown();
    }

    /// Deals with a message, however long the database takes.
    public Outcome receive(Letter letter) {
        return deal(letter, this::attempt);
    }

    /// Puts a message into quarantine that nobody need read to know that it is wrong, however long the database takes.
    public Outcome refuse(Letter letter, String reason) {
        return deal(letter, refused -> {
            keep(refused, "bad-message", reason);
            return Outcome.QUARANTINED;
        });
    }

    /// A way to deal with a message.
    private interface Dealing {
        Outcome attempt(Letter letter) throws SQLException;
    }

    private Outcome deal(Letter letter, Dealing dealing) {
        Duration backoff = Duration.ofMillis(50);
        while (true) {
            try {
                Outcome outcome = dealing.attempt(letter);
                if (outcome != Outcome.ACCEPTED || !letter.topic().equals(DeviceEvent.TOPIC)) {
                    meters.message(outcome == Outcome.ACCEPTED); // the lane has counted the event
                }
                return outcome;
            } catch (SQLException | RuntimeException e) {
                LOG.warn("{} of {} waits: {}", letter.topic(), letter.device().id(), e.getMessage());
            }
            try {
                if (closed.await(backoff.toMillis(), TimeUnit.MILLISECONDS)) {
                    return Outcome.UNFINISHED;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Outcome.UNFINISHED;
            }
            backoff = backoff.multipliedBy(2).compareTo(BACKOFF_MAX) > 0
                    ? BACKOFF_MAX
                    : backoff.multipliedBy(2);
        }
    }

    private Outcome attempt(Letter letter) throws SQLException {
        permits.acquireUninterruptibly();
        try {
            UpTopic topic = UpTopic.parse(letter.topic());
            deal(letter, topic);
            return Outcome.ACCEPTED;
        } catch (UnknownTopicException e) {
            keep(letter, "unknown-topic", "no topic of the protocol: devices/{id}/" + letter.topic());
            return Outcome.UNKNOWN_TOPIC;
        } catch (IllegalArgumentException e) {
            keep(letter, BadMessageException.code(e), String.valueOf(e.getMessage()));
            return Outcome.QUARANTINED;
        } catch (RuntimeException e) {
            if (!Failures.isRefusal(e)) {
                throw e;
            }
            LOG.warn("{} of {} refused by the database", letter.topic(), letter.device().id(), e);
            keep(letter, "refused", REFUSED);
            return Outcome.QUARANTINED;
        } finally {
            permits.release();
        }
    }

    private static final class UnknownTopicException extends IllegalArgumentException {}

    private void keep(Letter letter, String code, String reason) throws SQLException {
        quarantine.append(letter.device(), letter.received(), letter.topic(), code, reason, letter.payload());
    }

    /// Deals with a message from quarantine again, once.
    ///
    /// @return why it is still not understood; empty where it is done
    public Optional<String> again(Letter letter) {
        permits.acquireUninterruptibly();
        try {
            deal(letter, UpTopic.parse(letter.topic()));
            return Optional.empty();
        } catch (UnknownTopicException e) {
            return Optional.of("no topic of the protocol: devices/{id}/" + letter.topic());
        } catch (IllegalArgumentException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            if (!Failures.isRefusal(e)) {
                throw e;
            }
            return Optional.of(REFUSED);
        } finally {
            permits.release();
        }
    }

    private void deal(Letter letter, UpTopic topic) {
        Device device = letter.device();
        if (letter.payload().length > PAYLOAD_BYTES_MAX) {
            throw new BadMessageException(BadPayload.TOO_LARGE);
        }
        switch (topic) {
            case UpTopic.Event _ -> store(letter);
            case UpTopic.State _ -> state(letter);
            case UpTopic.ActionResult result -> receiver
                    .received(new DeviceMessage.ActionResult(device, result.actionId(), object(letter)));
            case UpTopic.OtaStatus _ ->
                receiver.received(new DeviceMessage.OtaStatus(device, object(letter)));
            case UpTopic.ShellOutput output -> receiver
                    .received(new DeviceMessage.ShellOutput(device, output.session(), letter.payload()));
            case UpTopic.Chunk chunk -> receiver.received(
                    new DeviceMessage.ChunkRequest(device, chunk.release(), chunk.number(),
                            chunkSize(letter)));
            case UpTopic.AttributesRequest wish ->
                answers.attributes(device, wish.request(), object(letter));
            case UpTopic.Question question ->
                answers.question(device, question.request(), object(letter), letter.received());
            case UpTopic.Unknown _ -> throw new UnknownTopicException();
        }
    }

    private void store(Letter letter) {
        switch (outcome(eventWay.send(parse(letter)))) {
            case SingleMessage.Outcome.Stored _ -> {
            }
            case SingleMessage.Outcome.Bad _ -> throw new BadMessageException("refused", REFUSED);
            case SingleMessage.Outcome.NoRoom _ ->
                throw new IllegalStateException("more comes in than can be stored");
        }
    }

    private SingleMessage.Outcome outcome(CompletableFuture<SingleMessage.Outcome> future) {
        while (closed.getCount() > 0) {
            try {
                return future.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException _) {
                // the database is away: as long as it takes, unless the backend stops
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        throw new IllegalStateException("the backend stops");
    }

    private void state(Letter letter) {
        Device device = letter.device();
        ObjectNode reported = object(letter);
        for (String known : List.of("firmware", "hardware")) {
            String value = text(reported, known);
            if (value != null && value.length() > REPORTED_TEXT_MAX) {
                throw new IllegalArgumentException(
                        known + " has at most " + REPORTED_TEXT_MAX + " characters");
            }
        }
        MessageStore.Taken taken = store.state(device, reported, letter.received());
        JsonNode document = taken.document();
        Device now = devices.reported(device.id(), text(document, "firmware"), text(document, "hardware"));
        receiver.received(new DeviceMessage.StateReported(now, document));
        DeviceEvents.tell(events, device.id().value(), device.outlet(), Json.object().put("what", "state"));
        if (!taken.drifted().isEmpty()) {
            DriftWatch.tell(events, device.id().value(), device.outlet(), taken.drifted());
        }
    }

    private static @Nullable String text(JsonNode document, String name) {
        JsonNode value = document.get(name);
        return value == null || !value.isTextual() ? null : value.textValue();
    }

    private static ObjectNode object(Letter letter) {
        return Documents.object(letter.payload());
    }

    private static int chunkSize(Letter letter) {
        String text = new String(letter.payload(), StandardCharsets.ISO_8859_1).strip();
        try {
            int size = Integer.parseInt(text);
            if (size >= 1 && size <= CHUNK_BYTES_MAX) {
                return size;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("the payload is the chunk size in bytes, decimal", e);
        }
        throw new IllegalArgumentException("a chunk has 1 to " + CHUNK_BYTES_MAX + " bytes");
    }
}
