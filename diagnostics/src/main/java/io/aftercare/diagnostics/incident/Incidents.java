package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Incidents as people read and change them. Each change is one transaction with its audit entry. Thread-safe.
public final class Incidents {
    private static final int MEMBERS_SHOWN_MAX = 1_000;
    /// A partner sees the incidents in which a device of its outlet is.
    private static final String VISIBLE = """
            (NOT :partner OR EXISTS (SELECT FROM diagnostics.incident_member m JOIN fleet.device d ON d.id = m.device
                WHERE m.incident = i.id AND m.left_at IS NULL AND d.outlet = :outlet AND d.outlet <> ''))""";

    private final Database database;
    private final InstantSource clock;
    private final Runnable committed;
    private final BiConsumer<String, IncidentState> live;

    /// What lists are narrowed by; null for anything.
    record Filter(@Nullable String state, @Nullable String code, @Nullable String model) {}

    Incidents(Database database, InstantSource clock, Runnable committed,
            BiConsumer<String, IncidentState> live) {
        this.database = database;
        this.clock = clock;
        this.committed = committed;
        this.live = live;
    }

    /// The newest first.
    List<Incident> list(Filter filter, Principal who, long before, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery("SELECT " + Incident.COLUMNS
                + " FROM diagnostics.incident i WHERE i.number < :before AND (:state::text IS NULL OR i.state = :state"
                + " OR :state = 'live' AND i.state IN ('open', 'monitoring'))"
                + " AND (:code::text IS NULL OR i.code = :code) AND (:model::text IS NULL OR i.model = :model) AND "
                + VISIBLE + " ORDER BY i.number DESC LIMIT :limit").bind("before", before)
                .bind("state", filter.state()).bind("code", filter.code()).bind("model", filter.model())
                .bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet()).bind("limit", limit)
                .map((row, _) -> Incident.map(row)).list());
    }

    ObjectNode find(String id, Principal who) {
        return database.jdbi().withHandle(handle -> {
            Incident incident = handle
                    .createQuery("SELECT " + Incident.COLUMNS
                            + " FROM diagnostics.incident i WHERE i.id = :id AND "
                            + VISIBLE)
                    .bind("id", id).bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet())
                    .map((row, _) -> Incident.map(row)).findOne()
                    .orElseThrow(() -> Problem.notFound("incident", id));
            return IncidentView.detail(incident, members(handle, id, who), events(handle, id));
        });
    }

    private static List<IncidentView.Member> members(Handle handle, String id, Principal who) {
        return handle.createQuery(
                """
                        SELECT m.fault, m.device, d.firmware, d.region, f.state, f.severity, f.ticket, m.how, m.joined_at
                        FROM diagnostics.incident_member m JOIN diagnostics.fault f ON f.id = m.fault
                        JOIN fleet.device d ON d.id = m.device WHERE m.incident = :id AND m.left_at IS NULL
                        AND (NOT :partner OR d.outlet = :outlet AND d.outlet <> '') ORDER BY m.joined_at, m.fault LIMIT :most""")
                .bind("id", id).bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet())
                .bind("most", MEMBERS_SHOWN_MAX)
                .map((row, _) -> new IncidentView.Member(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4), row.getString(5), row.getString(6), row.getString(7),
                        row.getString(8),
                        row.getTimestamp(9).toInstant()))
                .list();
    }

    private static List<IncidentView.Event> events(Handle handle, String id) {
        return handle
                .createQuery(
                        """
                                SELECT at, kind, actor, text, data FROM diagnostics.incident_event WHERE incident = :id ORDER BY id
                                LIMIT 1000""")
                .bind("id", id).map((row, _) -> new IncidentView.Event(
                        row.getTimestamp(1).toInstant(), row.getString(2), row.getString(3), row.getString(4),
                        data(row.getString(5))))
                .list();
    }

    private static @Nullable JsonNode data(@Nullable String text) {
        return text == null ? null : Json.parse(text);
    }

    /// Takes every member of an incident, and those to come, into another one.
    void merge(Principal by, String id, String into) {
        change(by, id, "merge", Json.object().put("into", into), (handle, one, now) -> {
            Incident other = IncidentSql.find(handle, into).filter(it -> it.state().isLive())
                    .filter(it -> !it.id().equals(id))
                    .orElseThrow(() -> Problem.invalid("into", "there is no other live incident " + into));
            IncidentState next = next(one, new IncidentState.Event.Merge(), now);
            List<String> moved = Merging.merge(handle, one, other);
            IncidentSql.move(handle, one, next, now);
            IncidentSql.note(handle, id, now, "merged", by.name(), "Merged into " + into,
                    Json.object().put("into", into));
            long note = IncidentSql.note(handle, into, now, "merged", by.name(), "Took in " + id,
                    Json.object().put("took", id));
            IncidentSql.tellMembers(handle, "incident.joined", other, moved, note);
            IncidentSql.count(handle, into);
        });
    }

    /// Takes a merge back: what came from the incident belongs to it again.
    void unmerge(Principal by, String id) {
        change(by, id, "unmerge", Json.object(), (handle, one, now) -> {
            String from = one.mergedInto();
            if (from == null) {
                throw Problem.conflict("Incident " + id + " is " + one.state().text() + ", not merged");
            }
            List<String> moved = Merging.unmerge(handle, one);
            Incident counted = IncidentSql.count(handle, id);
            IncidentState next = next(one, new IncidentState.Event.Unmerge(counted.openMembers()), now);
            if (!IncidentSql.move(handle, one, next, now)) {
                throw Problem.conflict("There is another live incident of the same scope; merge it first");
            }
            long note = IncidentSql.note(handle, id, now, "unmerged", by.name(),
                    "Apart from " + from + " again", Json.object().put("from", from));
            IncidentSql.note(handle, from, now, "unmerged", by.name(), id + " is apart again",
                    Json.object().put("apart", id));
            IncidentSql.tellMembers(handle, "incident.joined", counted, moved, note);
            Incident left = IncidentSql.count(handle, from);
            settle(handle, left, now);
        });
    }

    /// Takes faults in by hand.
    void add(Principal by, String id, List<String> faults) {
        change(by, id, "add", Json.tree(Map.of("faults", faults)), (handle, one, now) -> {
            if (!one.state().isLive()) {
                throw Problem
                        .conflict("Incident " + id + " is " + one.state().text() + "; only a live one grows");
            }
            Map<String, String> origin = new LinkedHashMap<>();
            faults.forEach(fault -> origin.put(fault, id));
            Merging.forgetLeft(handle, id, faults);
            List<String> joined = IncidentSql.join(handle, id, origin, by.name(), now);
            List<String> refused = faults.stream().filter(fault -> !joined.contains(fault)).toList();
            if (!refused.isEmpty()) {
                throw Problem.invalid("faults",
                        "not known, or in an incident already: " + String.join(", ", refused));
            }
            long note = IncidentSql.note(handle, id, now, "joined", by.name(),
                    "Added " + String.join(", ", joined), Json.object().put("faults", joined.size()));
            IncidentSql.tellMembers(handle, "incident.joined", one, joined, note);
            settle(handle, IncidentSql.count(handle, id), now);
        });
    }

    /// Takes a fault out; it does not come back by itself.
    void remove(Principal by, String id, String fault) {
        change(by, id, "remove", Json.object().put("fault", fault), (handle, one, now) -> {
            if (!IncidentSql.leave(handle, id, fault, now)) {
                throw Problem.notFound("member", fault);
            }
            long note = IncidentSql.note(handle, id, now, "left", by.name(), "Removed " + fault,
                    Json.object().put("fault", fault));
            IncidentSql.tellMembers(handle, "incident.left", one, List.of(fault), note);
            settle(handle, IncidentSql.count(handle, id), now);
        });
    }

    /// @param to monitoring, or open again
    void transition(Principal by, String id, String to, String reason) {
        change(by, id, to, Json.object().put("reason", reason), (handle, one, now) -> {
            IncidentState.Event event = to.equals("monitoring")
                    ? new IncidentState.Event.Watch()
                    : new IncidentState.Event.Reopen();
            if (!IncidentSql.move(handle, one, next(one, event, now), now)) {
                throw Problem.conflict("There is another live incident of the same scope; merge it first");
            }
            IncidentSql.note(handle, id, now, to, by.name(), reason);
            if (to.equals("monitoring")) {
                settle(handle, IncidentSql.count(handle, id), now); // one without members has nothing left to watch
            }
        });
    }

    void comment(Principal by, String id, String text) {
        change(by, id, "comment", Json.object(),
                (handle, _, now) -> IncidentSql.note(handle, id, now, "comment", by.name(), text));
    }

    /// @param owner nobody where empty
    void assign(Principal by, String id, String owner, int version) {
        change(by, id, "assign", Json.object().put("owner", owner), (handle, one, now) -> {
            if (one.version() != version) {
                throw Problem.staleVersion("incident", id, one.version());
            }
            boolean known = owner.isEmpty() || handle
                    .createQuery("SELECT count(*) FROM fleet.staff WHERE name = :name AND active")
                    .bind("name", owner)
                    .mapTo(Integer.class).one() == 1;
            if (!known) {
                throw Problem.invalid("owner", "there is no active user " + owner);
            }
            handle.createUpdate(
                    """
                            UPDATE diagnostics.incident SET owner = nullif(:owner, ''), version = version + 1 WHERE id = :id""")
                    .bind("owner", owner).bind("id", id).execute();
            IncidentSql.note(handle, id, now, "assignment", by.name(),
                    owner.isEmpty() ? "Nobody owns it now" : "Owner: " + owner,
                    Json.object().put("owner", owner));
        });
    }

    private static void settle(Handle handle, Incident incident, Instant now) {
        IncidentState next = incident.state().next(
                new IncidentState.Event.Members(incident.openMembers(), false), incident.whenResolved(), now)
                .orElseThrow();
        IncidentWatch.move(handle, incident, next, now);
    }

    private static IncidentState next(Incident incident, IncidentState.Event event, Instant now) {
        return incident.state().next(event, incident.whenResolved(), now).orElseThrow(() -> Problem
                .conflict("Incident " + incident.id() + " is " + incident.state().text()
                        + "; that cannot be done now"));
    }

    @FunctionalInterface
    private interface Change {
        void make(Handle handle, Incident incident, Instant now);
    }

    private void change(Principal by, String id, String verb, JsonNode detail,
            Change change) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        IncidentState state = database.inTransaction(handle -> {
            IncidentSql.lock(handle);
            Incident incident = IncidentSql.find(handle, id)
                    .orElseThrow(() -> Problem.notFound("incident", id));
            change.make(handle, incident, now);
            Audit.append(handle, by, "incident." + verb, "incident/" + id, detail);
            return IncidentSql.find(handle, id).orElseThrow().state();
        });
        committed.run();
        live.accept(id, state);
    }
}
