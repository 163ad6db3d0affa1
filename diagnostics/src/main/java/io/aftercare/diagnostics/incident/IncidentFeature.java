package io.aftercare.diagnostics.incident;

import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/// Incidents, wired. Thread-safe.
public final class IncidentFeature implements AutoCloseable {
    private final IncidentWatch watch;
    private final Incidents incidents;
    private final InstantSource clock;
    private final BiConsumer<String, IncidentState> live;

    /// @param committed called after each commit that left something in the outbox
    public IncidentFeature(Database database, Events events, InstantSource clock, Runnable committed,
            IncidentConfig config) {
        // A partner's page asks again by itself: whether its outlet has a part in it takes a query.
        this.clock = clock;
        this.live = (id, state) -> events.publish(
                "incident.changed",
                Json.object().put("id", id).put("state", state.text()),
                principal -> !principal.has(Role.PARTNER));
        this.watch = new IncidentWatch(database, clock, config, committed, live);
        this.incidents = new Incidents(database, clock, committed, live);
    }

    public void bind(Operations operations) {
        new IncidentRoutes(incidents).bind(operations);
    }

    public void start() {
        watch.start();
    }

    /// Takes what has come in; whether more is waiting. The loop does so by itself.
    public boolean round() {
        return watch.round();
    }

    /// Somebody else has found a firmware bad: there is an incident of it when the caller's transaction commits. Telling the same
    /// again opens no second one.
    public void report(Handle handle, Reported reported) {
        String id = reported.take(handle, clock.instant().truncatedTo(ChronoUnit.MICROS));
        handle.afterCommit(() -> live.accept(id, IncidentState.OPEN));
    }

    /// A fault was admitted by the gate, in the caller's transaction.
    ///
    /// @param at event time
    public static void raised(Handle handle, String fault, Instant at) {
        tell(handle, fault, "raised", at);
    }

    /// A fault ended.
    public static void cleared(Handle handle, String fault, Instant at) {
        tell(handle, fault, "cleared", at);
    }

    private static void tell(Handle handle, String fault, String kind, Instant at) {
        handle.createUpdate(
                "INSERT INTO diagnostics.incident_news (fault, kind, at) VALUES (:fault, :kind, :at)")
                .bind("fault", fault).bind("kind", kind).bind("at", at).execute();
    }

    @Override
    public void close() {
        watch.close();
    }
}
