package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements on incidents and their members; in the caller's transaction.
final class IncidentSql {
    private IncidentSql() {}

    /// Whoever changes incidents does so alone: membership and counts follow from each other.
    static void lock(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(hashtextextended('diagnostics.incident', 7))");
    }

    static Optional<Incident> find(Handle handle, String id) {
        return handle
                .createQuery("SELECT " + Incident.COLUMNS + " FROM diagnostics.incident i WHERE i.id = :id")
                .bind("id", id).map((row, _) -> Incident.map(row)).findOne();
    }

    /// Opens one; empty where there is one of this scope already.
    static Optional<String> insert(Handle handle, String code, String model, String dimension, String value,
            String title, JsonNode suspicion, Instant now) {
        return handle
                .createQuery(
                        """
                                INSERT INTO diagnostics.incident (code, model, dimension, value, state, title, suspicion, looks,
                                    looked_at, members, open_members, opened_at)
                                VALUES (:code, :model, :dimension, :value, 'open', :title, :suspicion::jsonb, 1, 0, 0, 0, :now)
                                ON CONFLICT DO NOTHING RETURNING id""")
                .bind("code", code).bind("model", model)
                .bind("dimension", dimension).bind("value", value).bind("title", title)
                .bind("suspicion", Json.text(suspicion)).bind("now", now).mapTo(String.class).findOne();
    }

    /// The one of this scope that is live.
    static String live(Handle handle, String code, String model, String dimension, String value) {
        return handle
                .createQuery(
                        """
                                SELECT id FROM diagnostics.incident WHERE code = :code AND model = :model AND dimension = :dimension
                                AND value = :value AND state IN ('open', 'monitoring')""")
                .bind("code", code).bind("model", model)
                .bind("dimension", dimension).bind("value", value).mapTo(String.class).one();
    }

    /// Takes faults in as members; those that are, or were and were taken out, are left as they are.
    ///
    /// @param origin by fault: the incident whose scope they fit
    /// @return the faults that are new
    static List<String> join(Handle handle, String incident, Map<String, String> origin, String how,
            Instant now) {
        List<String> faults = List.copyOf(origin.keySet());
        List<String> joined = handle
                .createQuery(
                        """
                                INSERT INTO diagnostics.incident_member (incident, fault, device, origin, how, open, joined_at)
                                SELECT :incident, f.id, f.device, g.origin, :how, f.cleared_at IS NULL, :now
                                FROM unnest(:faults, :origins) AS g (fault, origin) JOIN diagnostics.fault f ON f.id = g.fault
                                ON CONFLICT DO NOTHING RETURNING fault""")
                .bind("incident", incident).bind("how", how)
                .bind("now", now).bindArray("faults", String.class, faults)
                .bindArray("origins", String.class, faults.stream().map(origin::get).toList())
                .mapTo(String.class).list();
        mark(handle, joined, incident);
        return joined;
    }

    /// Shows on the faults which incident they belong to.
    static void mark(Handle handle, Collection<String> faults, @Nullable String incident) {
        handle.createUpdate("UPDATE diagnostics.fault SET incident = :incident WHERE id = ANY(:faults)")
                .bind("incident", incident).bindArray("faults", String.class, faults).execute();
    }

    static boolean leave(Handle handle, String incident, String fault, Instant now) {
        boolean left = handle.createUpdate("""
                UPDATE diagnostics.incident_member SET left_at = :now
                WHERE incident = :incident AND fault = :fault AND left_at IS NULL""").bind("now", now)
                .bind("incident", incident).bind("fault", fault).execute() > 0;
        if (left) {
            mark(handle, List.of(fault), null);
        }
        return left;
    }

    /// Notes which members' faults are open, as the database has them now.
    ///
    /// @return the incidents of those that changed, with whether one of them opened
    static Map<String, Boolean> refresh(Handle handle, Collection<String> faults) {
        return handle.createQuery("""
                UPDATE diagnostics.incident_member m SET open = f.cleared_at IS NULL FROM diagnostics.fault f
                WHERE f.id = m.fault AND m.fault = ANY(:faults) AND m.left_at IS NULL
                AND m.open <> (f.cleared_at IS NULL) RETURNING m.incident, m.open""")
                .bindArray("faults", String.class, faults)
                .map((row, _) -> Map.entry(row.getString(1), row.getBoolean(2))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, Boolean::logicalOr));
    }

    /// Counts the members anew and writes what becomes of the incident.
    static Incident count(Handle handle, String id) {
        return handle.createQuery("""
                UPDATE diagnostics.incident i SET members = c.members, open_members = c.open
                FROM (SELECT count(*) AS members, count(*) FILTER (WHERE open) AS open
                      FROM diagnostics.incident_member WHERE incident = :id AND left_at IS NULL) c
                WHERE i.id = :id RETURNING\s""" + Incident.COLUMNS).bind("id", id)
                .map((row, _) -> Incident.map(row)).one();
    }

    /// False where an incident of the same scope is live already.
    static boolean move(Handle handle, Incident incident, IncidentState to, Instant now) {
        return handle.createUpdate(
                """
                        UPDATE diagnostics.incident i SET state = :to, version = version + 1,
                            resolved_at = CASE WHEN :to = 'resolved' THEN :now::timestamptz ELSE NULL END,
                            merged_into = CASE WHEN :to = 'merged' THEN merged_into ELSE NULL END
                        WHERE i.id = :id AND (:to NOT IN ('open', 'monitoring') OR NOT EXISTS (
                            SELECT FROM diagnostics.incident o WHERE o.id <> i.id AND o.state IN ('open', 'monitoring')
                            AND (o.code, o.model, o.dimension, o.value) = (i.code, i.model, i.dimension, i.value)))""")
                .bind("to", to.text()).bind("now", now).bind("id", incident.id()).execute() > 0;
    }

    static void look(Handle handle, String id, JsonNode suspicion, int members) {
        handle.createUpdate(
                """
                        UPDATE diagnostics.incident SET suspicion = :suspicion::jsonb, looks = looks + 1, looked_at = :members
                        WHERE id = :id""")
                .bind("suspicion", Json.text(suspicion)).bind("members", members).bind("id", id)
                .execute();
    }

    static void lookedAt(Handle handle, String id, int members) {
        handle.createUpdate("UPDATE diagnostics.incident SET looked_at = :members WHERE id = :id")
                .bind("members", members).bind("id", id).execute();
    }

    /// Notes what a person wrote.
    static long note(Handle handle, String incident, Instant now, String kind, String actor, String text) {
        return note(handle, incident, now, kind, actor, text, null);
    }

    /// Notes what happened, in a sentence and as data by which a console says it in its reader's language.
    static long note(Handle handle, String incident, Instant now, String kind, String actor, String text,
            @Nullable ObjectNode data) {
        return handle.createQuery("""
                INSERT INTO diagnostics.incident_event (incident, at, kind, actor, text, data)
                VALUES (:incident, :now, :kind, :actor, :text, :data::jsonb) RETURNING id""")
                .bind("incident", incident).bind("now", now).bind("kind", kind).bind("actor", actor)
                .bind("text", text).bind("data", data == null ? null : Json.text(data)).mapTo(Long.class)
                .one();
    }

    /// Tells the others by the outbox.
    static void tell(Handle handle, String topic, Incident incident, long note, ObjectNode payload) {
        payload.put("incident", incident.id()).put("title", incident.title()).put("code", incident.code())
                .put("model", incident.model());
        Outbox.append(handle, topic, incident.id() + ":" + note, payload);
    }

    /// Tells the desk whose cases belong to the incident now, or no longer.
    static void tellMembers(Handle handle, String topic, Incident incident, List<String> faults, long note) {
        if (!faults.isEmpty()) {
            ObjectNode payload = Json.object();
            faults.forEach(payload.putArray("faults")::add);
            tell(handle, topic, incident, note, payload);
        }
    }
}
