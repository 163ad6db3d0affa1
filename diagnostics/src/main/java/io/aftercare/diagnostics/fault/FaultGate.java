package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Stands between what lanes raise and the desk: each notice of a fault is admitted or held, in the very transaction in which
/// the desk would act on it, so that what is admitted waits for nothing. What is held is decided anew when its reason ends, and
/// told to the desk then, if the fault is open still, by a new entry in the outbox. Thread-safe.
public final class FaultGate implements AutoCloseable {
    private static final int BATCH_MAX = 200;

    private final Database database;
    private final InstantSource clock;
    private final Runnable committed;
    private final Listener listener;
    private final BackgroundLoop loop;

    /// Hears of what passes, in the same transaction.
    public interface Listener {
        /// @param at event time
        void raised(Handle handle, String fault, Instant at);

        void cleared(Handle handle, String fault, Instant at);

        /// Whether the fault shows differently now; told after the commit.
        void changed(String fault, String device, String code, String outlet, String change);
    }

    /// @param committed called after each commit that left something in the outbox
    public FaultGate(Database database, InstantSource clock, Runnable committed, Listener listener,
            Duration interval) {
        this.database = database;
        this.clock = clock;
        this.committed = committed;
        this.listener = listener;
        this.loop = new BackgroundLoop("fault-gate", interval, this::release);
    }

    public void start() {
        loop.start();
    }

    /// Says that a hold may have come due.
    void wake() {
        loop.wake();
    }

    /// Tells the live pages of a change that somebody else made.
    void told(Holds.Facts facts, String change) {
        listener.changed(facts.fault(), facts.device(), facts.code(), facts.outlet(), change);
    }

    @Override
    public void close() {
        loop.close();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Whether the desk is to act on an outbox entry of a fault now.
    public boolean admits(Handle handle, String topic, JsonNode payload) {
        String fault = payload.path("fault").asText();
        Instant at = Instant.parse(payload.path("at").asText());
        Instant now = now();
        return switch (topic) {
            case "fault.cleared" -> {
                Holds.remove(handle, fault);
                Holds.parentEnded(handle, fault, now);
                listener.cleared(handle, fault, at);
                yield true;
            }
            case "fault.escalated", "fault.deescalated" -> {
                if (topic.equals("fault.escalated")) {
                    Holds.unacknowledge(handle, fault);
                }
                yield !Holds.renew(handle, fault, topic, payload);
            }
            default -> {
                if (topic.equals("fault.reraised")) {
                    Holds.unacknowledge(handle, fault);
                }
                yield judge(handle, topic, payload, fault, at, now);
            }
        };
    }

    private boolean judge(Handle handle, String topic, JsonNode payload, String fault, Instant at,
            Instant now) {
        Optional<Holds.Facts> facts = Holds.facts(handle, fault);
        if (facts.isEmpty()) {
            return true; // not of a rule of ours
        }
        boolean released = payload.path("released").asBoolean();
        return switch (decide(handle, facts.get(), payload, at, released ? Instant.EPOCH : now, now)) {
            case Admission.Admitted _ -> {
                listener.raised(handle, fault, at);
                yield true;
            }
            case Admission.Held held -> {
                Holds.put(handle, fault, held, now, topic, payload);
                told(handle, facts.get(), held.kind().equals("waiting") ? "waiting" : "suppressed",
                        held.reason(),
                        now);
                yield false;
            }
            case Admission.Passed passed -> {
                told(handle, facts.get(), "passed", passed.reason(), now);
                yield false;
            }
        };
    }

    private static Admission.Verdict decide(Handle handle, Holds.Facts facts, JsonNode payload, Instant at,
            Instant since, Instant now) {
        JsonNode depends = payload.path("dependsOn");
        List<String> device = texts(depends.path("device"));
        List<String> gateway = facts.gateway() == null ? List.of() : texts(depends.path("gateway"));
        boolean dependent = !device.isEmpty() || !gateway.isEmpty();
        Optional<Admission.Parent> parent = dependent
                ? Holds.parent(handle, facts, device, gateway)
                : Optional.empty();
        Optional<Duration> grace = dependent
                ? Optional.of(Duration.parse(depends.path("grace").asText("PT60S")))
                : Optional.empty();
        return Admission.decide(new Admission.Question(at, facts.open(), since, grace),
                Holds.silences(handle, facts, at, now), parent, now);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private void told(Handle handle, Holds.Facts facts, String kind, String reason, Instant now) {
        Holds.note(handle, facts.fault(), now, kind, "system", reason);
        handle.afterCommit(
                () -> listener.changed(facts.fault(), facts.device(), facts.code(), facts.outlet(), kind));
    }

    /// Decides anew what has come due; whether more is waiting.
    boolean release() {
        List<Holds.Hold> due = database.inTransaction(handle -> {
            Instant now = now();
            List<Holds.Hold> holds = Holds.due(handle, now, BATCH_MAX);
            holds.forEach(hold -> release(handle, hold, now));
            return holds;
        });
        if (!due.isEmpty()) {
            committed.run();
        }
        return due.size() == BATCH_MAX;
    }

    private void release(Handle handle, Holds.Hold hold, Instant now) {
        Optional<Holds.Facts> facts = Holds.facts(handle, hold.fault()).filter(Holds.Facts::open);
        JsonNode payload = hold.payload();
        if (facts.isEmpty()) {
            Holds.remove(handle, hold.fault());
            return;
        }
        // What the desk knows already is only shown as suppressed, and nothing explains it away.
        JsonNode told = payload == null ? Json.object() : payload;
        Instant at = payload == null ? now : Instant.parse(payload.path("at").asText());
        switch (decide(handle, facts.get(), told, at, hold.since(), now)) {
            case Admission.Held held -> {
                Holds.put(handle, hold.fault(), held, now, null, null);
                if (!held.kind().equals(hold.kind())) {
                    told(handle, facts.get(), "suppressed", held.reason(), now);
                }
            }
            case Admission.Admitted _ -> {
                Holds.remove(handle, hold.fault());
                told(handle, facts.get(), "released", "still open", now);
                tell(handle, hold, now);
            }
            case Admission.Passed _ -> Holds.remove(handle, hold.fault());
        }
    }

    private static void tell(Handle handle, Holds.Hold hold, Instant now) {
        if (hold.topic() != null && hold.payload() instanceof ObjectNode payload) {
            payload.put("released", true);
            Outbox.append(handle, hold.topic(), hold.fault() + ":released:" + now.toEpochMilli(), payload);
        }
    }
}
