package io.aftercare.ingest.telemetry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceEvents;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.ingest.store.Latest;
import io.aftercare.ingest.store.Partitions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a lane makes of the messages it took: rows, attributes, quarantine, and what the rules say. Reading is pure of
/// the database but for a new metric's place, so a message whose reading failed there can be read again.
/// The lane's own; not thread-safe.
public final class LaneBatch implements JsonTelemetry.Sink {
    private static final Logger LOG = LoggerFactory.getLogger(LaneBatch.class);
    private static final int PAYLOAD_BYTES_MAX = 64 * 1024;
    private static final String TELEMETRY = "telemetry";

    private final Diagnosis diagnosis;
    private final Events events;
    private final Latest latest;
    private final Rows rows = new Rows();
    private final Attributes attributes = new Attributes();
    private final EventTable.Gathered occurrences = new EventTable.Gathered();
    private final Quarantine.Crowd crowd = new Quarantine.Crowd();
    private final List<Quarantine.Entry> quarantine = new ArrayList<>();
    private final List<Live> live = new ArrayList<>();
    private @Nullable JsonTelemetry reader;
    private JsonTelemetry.@Nullable Message whose;
    private boolean[] refused = new boolean[0];
    private Intake intake = new Intake();
    private Set<Integer> repeats = Set.of();
    private int message;
    /// Whether messages are read for the rules alone, their rows being there already.
    private boolean judging;
    private final Set<Long> days = new HashSet<>();
    private long lastDay = Long.MAX_VALUE;

    /// A sample that somebody watches, to be shown after the commit.
    private record Live(String device, ObjectNode data) {}

    public LaneBatch(Diagnosis diagnosis, Events events, Latest latest) {
        this.diagnosis = diagnosis;
        this.events = events;
        this.latest = latest;
    }

    void open(Intake messages, Set<Integer> repeated) {
        intake = messages;
        repeats = repeated;
        refused = refused.length < messages.count() ? new boolean[messages.count() * 2] : refused;
        Arrays.fill(refused, false);
        message = 0;
    }

    /// Reads the messages that were not read yet. Where the database is needed and away it throws; called again, it goes
    /// on with the message at which it stopped.
    void read() {
        while (message < intake.count()) {
            if (!repeats.isEmpty() && repeats.contains(message)) {
                heard();
            } else {
                readOne();
            }
            message++;
        }
    }

    private void readOne() {
        DeviceEvent event = intake.event(message);
        if (event != null) {
            take(event);
        } else if (intake.isSign(message)) {
            heard();
        } else {
            readTelemetry();
        }
    }

    private void heard() {
        diagnose(rules -> rules.heard(intake.source(message).device(), intake.received(message)));
    }

    private void take(DeviceEvent event) {
        if (!judging) {
            occurrences.add(event, message);
        }
        diagnose(rules -> rules.event(event.device(), Micros.of(event.at()), event.code(),
                event.isRequested(), intake.received(message)));
    }

    private void readTelemetry() {
        int start = intake.start(message);
        int end = intake.end(message);
        BadPayload bad;
        try {
            bad = end - start > PAYLOAD_BYTES_MAX
                    ? BadPayload.TOO_LARGE
                    : read(intake.format(message), start, end);
        } catch (JdbiException e) {
            throw e; // the database is away: read again when it is back
        } catch (RuntimeException e) {
            // One message must not hold up all that come after it.
            LOG.error("A message of {} broke its reader", intake.source(message).device().id(), e);
            bad = BadPayload.UNREADABLE;
        }
        if (bad != null) {
            refuse(message, bad);
        }
    }

    private @Nullable BadPayload read(Format format, int start, int end) {
        return switch (format) {
            case JSON -> read(intake.bytes(), start, end);
            case CBOR -> readCbor(start, end);
            case SENML, SENML_CBOR -> readSenml(format, start, end);
        };
    }

    private @Nullable BadPayload read(byte[] json, int start, int end) {
        Source source = intake.source(message);
        long received = intake.received(message);
        JsonTelemetry.Message next = whose == null
                ? new JsonTelemetry.Message(source.device(), source.metrics(), source.clock(), received, this)
                : whose.of(source, received);
        whose = next;
        JsonTelemetry scanner = reader == null ? new JsonTelemetry(next) : reader;
        reader = scanner;
        return scanner.read(json, start, end, next);
    }

    private @Nullable BadPayload readCbor(int start, int end) {
        try {
            byte[] json = CborTelemetry.toJson(intake.bytes(), start, end);
            return read(json, 0, json.length);
        } catch (CborTelemetry.BadCborException e) {
            return e.reason();
        }
    }

    private @Nullable BadPayload readSenml(Format format, int start, int end) {
        String device = intake.source(message).device().id().value();
        return switch (SenmlTelemetry.read(format, intake.bytes(), start, end, device,
                intake.received(message))) {
            case SenmlTelemetry.Resolved resolved -> read(resolved.json(), 0, resolved.json().length);
            case SenmlTelemetry.Unreadable unreadable -> unreadable.reason();
        };
    }

    /// The database refuses these messages: they go to quarantine, and what the rules made of their devices is made anew
    /// without them. Called again after a failed commit it has the same outcome.
    void withdraw(Set<Integer> poison) {
        Set<Device> devices = new LinkedHashSet<>();
        for (int index : poison) {
            devices.add(intake.source(index).device());
            if (!refused[index]) {
                refuse(index, BadPayload.REFUSED);
            }
        }
        devices.forEach(diagnosis::withdraw);
        judging = true;
        try {
            for (message = 0; message < intake.count(); message++) {
                if (!refused[message] && !repeats.contains(message)
                        && devices.contains(intake.source(message).device())) {
                    readOne();
                }
            }
        } finally {
            judging = false;
            message = intake.count();
        }
    }

    /// The message goes to quarantine, unless its source keeps it.
    void refuse(int index, BadPayload reason) {
        refused[index] = true;
        occurrences.drop(index);
        if (!intake.source(index).refused(intake.packet(index), reason)) {
            return;
        }
        Device device = intake.source(index).device();
        DeviceEvent event = intake.event(index);
        byte[] payload = event != null
                ? event.payload()
                : Arrays.copyOfRange(intake.bytes(), intake.start(index), intake.end(index));
        Instant at = Micros.instant(intake.received(index));
        String topic = event != null ? DeviceEvent.TOPIC : TELEMETRY;
        quarantine.add(
                new Quarantine.Entry(device, at, topic, reason.code(), reason.text(), intake.format(index),
                        payload, crowd.isCrowded(device, at)));
    }

    @Override
    public void sample(Sample sample, boolean ownTime) {
        if (judging) {
            diagnose(sample);
            return;
        }
        long day = Math.floorDiv(sample.micros(), Partitions.DAY_MICROS);
        if (day != lastDay) {
            days.add(day);
            lastDay = day;
        }
        boolean recognisable = !ownTime && intake.qos(message) > 0;
        rows.add(sample, message, recognisable ? intake.fingerprint(message) : 0, recognisable);
        diagnose(sample);
        Device device = sample.device();
        if (events.isWatched(device.id().value())) {
            live.add(new Live(device.id().value(), describe(sample)));
        }
    }

    // A rule that breaks must not stop the fleet's telemetry: it is told in the log, and the sample is stored.
    private void diagnose(Sample sample) {
        try {
            diagnosis.accept(sample, intake.received(message));
        } catch (RuntimeException e) {
            LOG.error("The rules broke at {}", sample, e);
        }
    }

    private void diagnose(Consumer<Diagnosis> question) {
        try {
            question.accept(diagnosis);
        } catch (RuntimeException e) {
            LOG.error("The rules broke at what {} said", intake.source(message).device().id(), e);
        }
    }

    /// The database was away, and devices were kept waiting.
    void recovered(long now) {
        diagnosis.listenFrom(now);
    }

    /// When the rules want to look at silence.
    long wakeAt() {
        return diagnosis.wakeAt();
    }

    /// Lets the rules look at silence.
    void tick(long now) {
        if (diagnosis.wakeAt() <= now) {
            try {
                diagnosis.tick(now);
            } catch (RuntimeException e) {
                LOG.error("The rules broke at silence", e);
            }
        }
    }

    @Override
    public void attribute(long micros, String name, String value) {
        diagnose(rules -> rules.attribute(intake.source(message).device(), micros, name, value,
                intake.received(message)));
        if (judging) {
            return;
        }
        attributes.add(intake.source(message).device().number(), micros, name, value);
    }

    private static ObjectNode describe(Sample sample) {
        ObjectNode data = Json.object().put("device", sample.device().id().value()).put("ts",
                sample.micros() / 1000);
        ObjectNode values = data.putObject("values");
        for (int i = 0; i < sample.count(); i++) {
            values.put(sample.metrics().name(sample.place(i)), sample.value(i));
        }
        return data;
    }

    Intake intake() {
        return intake;
    }

    Rows rows() {
        return rows;
    }

    /// The days (since 1970 UTC) of which there are samples.
    Set<Long> days() {
        return days;
    }

    EventTable.Gathered occurrences() {
        return occurrences;
    }

    Attributes attributes() {
        return attributes;
    }

    List<Quarantine.Entry> quarantine() {
        return quarantine;
    }

    Diagnosis diagnosis() {
        return diagnosis;
    }

    int repeated() {
        return repeats.size();
    }

    /// Everything is committed: tells the devices, the rules and those who watch, and empties the batch.
    void committed() {
        diagnosis.committed();
        attributes.committed();
        Answers answers = new Answers();
        for (int i = 0; i < intake.count(); i++) {
            if (intake.qos(i) > 0) {
                answers.add(intake.source(i), intake.packet(i), intake.qos(i), !refused[i]);
            }
        }
        answers.send();
        live.forEach(sample -> events.telemetry(sample.device(), sample.data()));
        live.clear();
        occurrences.all().forEach(event -> DeviceEvents.tell(events, event.device().id().value(),
                event.device().outlet(), Json.object().put("what", "event").put("code", event.code())));
        occurrences.clear();
        if (latest.isWatching()) {
            remember();
        }
        rows.clear();
        days.clear();
        lastDay = Long.MAX_VALUE;
        quarantine.clear();
        intake.clear();
    }

    private void remember() {
        for (int row = 0; row < rows.count(); row++) {
            if (!refused[rows.message(row)]) {
                latest.stored(rows.device(row), rows.page(row), rows.micros(row), rows.present(row),
                        rows.values(), rows.valuesStart(row));
            }
        }
    }
}
