package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.rulebook.Rules.Stored;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Rules].
final class RuleSql {
    static final String SELECT = """
            SELECT r.id, r.version, r.since, r.active, r.parked, v.source, v.author, v.at FROM diagnostics.rule r
            JOIN diagnostics.rule_version v ON v.rule = r.id AND v.version = r.version""";

    private RuleSql() {}

    static Stored map(ResultSet row) throws SQLException {
        return new Stored(row.getString("id"), row.getInt("version"), row.getInt("since"),
                row.getBoolean("active"), row.getBoolean("parked"),
                row.getString("source"), row.getString("author"), row.getTimestamp("at").toInstant());
    }

    static Optional<Stored> find(Handle handle, String id, boolean lock) {
        return handle.createQuery(SELECT + " WHERE r.id = :id" + (lock ? " FOR UPDATE OF r" : ""))
                .bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    /// How many faults of each of these rules are open, and how many were raised since a moment; rules without any are left out.
    static Map<String, Rules.Found> found(Handle handle, List<String> ids, Instant since) {
        Map<String, Rules.Found> found = new HashMap<>();
        handle.createQuery(
                """
                        SELECT rule, count(*) FILTER (WHERE cleared_at IS NULL) AS open,
                            count(*) FILTER (WHERE last_raised >= :since) AS raised
                        FROM diagnostics.fault WHERE rule = ANY(:ids) AND (cleared_at IS NULL OR last_raised >= :since)
                        GROUP BY rule""")
                .bindArray("ids", String.class, ids).bind("since", since)
                .map((row, _) -> found.put(row.getString("rule"),
                        new Rules.Found(row.getInt("open"), row.getInt("raised"))))
                .list();
        return found;
    }

    static int countActive(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM diagnostics.rule WHERE active").mapTo(Integer.class)
                .one();
    }

    /// Keeps a version; which one is in force stays as it is.
    static void insert(Handle handle, Rule rule, int version, String source, String author) {
        handle.createUpdate(
                """
                        INSERT INTO diagnostics.rule (id, version, since, active) VALUES (:id, :version, :version, false)
                        ON CONFLICT (id) DO NOTHING""")
                .bind("id", rule.id()).bind("version", version).execute();
        handle.createUpdate("""
                INSERT INTO diagnostics.rule_version (rule, version, source, document, author)
                VALUES (:id, :version, :source, :document, :author)""").bind("id", rule.id())
                .bind("version", version).bind("source", source)
                .bindByType("document", rule.document(), JsonNode.class)
                .bind("author", author).execute();
    }

    static int newest(Handle handle, String id) {
        return handle.createQuery(
                "SELECT coalesce(max(version), 0) FROM diagnostics.rule_version WHERE rule = :id")
                .bind("id", id).mapTo(Integer.class).one();
    }

    /// Ends what is in force and puts a version in its place.
    ///
    /// @param before what a rollback from there returns to; null for nothing
    static void force(Handle handle, String id, int version, int since, @Nullable Integer before,
            String author) {
        end(handle, id);
        handle.createUpdate(
                """
                        UPDATE diagnostics.rule SET version = :version, since = :since, active = true, changed_at = now()
                        WHERE id = :id""")
                .bind("id", id).bind("version", version).bind("since", since).execute();
        handle.createUpdate("""
                INSERT INTO diagnostics.rule_force (rule, n, version, before, author)
                SELECT :id, coalesce(max(n), 0) + 1, :version, :before, :author
                FROM diagnostics.rule_force WHERE rule = :id""").bind("id", id).bind("version", version)
                .bindByType("before", before, Integer.class).bind("author", author).execute();
    }

    private static void end(Handle handle, String id) {
        handle.createUpdate(
                "UPDATE diagnostics.rule_force SET until = now() WHERE rule = :id AND until IS NULL")
                .bind("id", id).execute();
    }

    static boolean wasEverInForce(Handle handle, String id) {
        return handle.createQuery("SELECT count(*) > 0 FROM diagnostics.rule_force WHERE rule = :id")
                .bind("id", id).mapTo(Boolean.class).one();
    }

    /// What the version in force replaced, and what that one had replaced; empty where nothing was there before.
    record Before(int version, @Nullable Integer before) {}

    static Optional<Before> before(Handle handle, String id) {
        return handle.createQuery("""
                SELECT now.before AS version, (SELECT earlier.before FROM diagnostics.rule_force earlier
                    WHERE earlier.rule = now.rule AND earlier.version = now.before AND earlier.n < now.n
                    ORDER BY earlier.n DESC LIMIT 1) AS before
                FROM diagnostics.rule_force now
                WHERE now.rule = :id AND now.until IS NULL AND now.before IS NOT NULL""").bind("id", id)
                .map((row, _) -> new Before(row.getInt("version"), row.getObject("before", Integer.class)))
                .findOne();
    }

    static Optional<Stored> version(Handle handle, String id, int version) {
        return handle
                .createQuery(
                        """
                                SELECT v.rule AS id, v.version, r.since, r.active AND v.version = r.version AS active, r.parked, v.source, v.author, v.at
                                FROM diagnostics.rule_version v JOIN diagnostics.rule r ON r.id = v.rule
                                WHERE v.rule = :id AND v.version = :version""")
                .bind("id", id).bind("version", version)
                .map((row, context) -> map(row)).findOne();
    }

    static void deactivate(Handle handle, String id) {
        end(handle, id);
        handle.createUpdate(
                "UPDATE diagnostics.rule SET active = false, parked = false, changed_at = now() WHERE id = :id")
                .bind("id", id).execute();
    }

    static void park(Handle handle, String id, boolean parked) {
        handle.createUpdate(
                "UPDATE diagnostics.rule SET parked = :parked, changed_at = now() WHERE id = :id")
                .bind("parked", parked).bind("id", id).execute();
    }

    /// The spans of time in which each of a rule's versions was in force, the earliest first.
    static Map<Integer, List<Rules.Force>> forces(Handle handle, String id) {
        Map<Integer, List<Rules.Force>> forces = new HashMap<>();
        handle.createQuery("""
                SELECT version, at, until, author FROM diagnostics.rule_force WHERE rule = :id ORDER BY n""")
                .bind("id", id).map((row, _) -> {
                    Timestamp until = row.getTimestamp("until");
                    forces.computeIfAbsent(row.getInt("version"), _ -> new ArrayList<>())
                            .add(new Rules.Force(row.getTimestamp("at").toInstant(),
                                    until == null ? null : until.toInstant(), row.getString("author")));
                    return row.getInt("version");
                }).list();
        return forces;
    }

    static List<Stored> versions(Handle handle, String id, long before, int limit) {
        return handle.createQuery(
                """
                        SELECT v.rule AS id, v.version, r.since, r.active AND v.version = r.version AS active, r.parked, v.source, v.author, v.at
                        FROM diagnostics.rule_version v JOIN diagnostics.rule r ON r.id = v.rule
                        WHERE v.rule = :id AND v.version < :before ORDER BY v.version DESC LIMIT :limit""")
                .bind("id", id)
                .bind("before", before).bind("limit", limit).map((row, context) -> map(row)).list();
    }

    /// Ends the open faults that a rule raised under another code than the one it has now; empty for none.
    static void endFaults(Handle handle, String rule, String code) {
        handle.createQuery("""
                WITH ended AS (
                    UPDATE diagnostics.fault SET state = 'resolved', cleared_at = now(), events = events + 1
                    WHERE rule = :rule AND cleared_at IS NULL AND code <> :code
                    RETURNING id, device, code, severity, title, rule_version, count, events
                ), noted AS (
                    INSERT INTO diagnostics.fault_event (fault, n, at, kind, detail)
                    SELECT id, events, now(), 'cleared', '{}' FROM ended
                )
                SELECT * FROM ended""").bind("rule", rule).bind("code", code)
                .map((row, context) -> outboxEntry(row, rule)).list()
                .forEach(entry -> Outbox.append(handle, entry.topic(), entry.key(), entry.payload()));
    }

    private static Outbox.Entry outboxEntry(ResultSet row, String rule) throws SQLException {
        ObjectNode payload = Json.object().put("fault", row.getString("id"))
                .put("device", row.getString("device"))
                .put("code", row.getString("code")).put("severity", row.getString("severity"))
                .put("rule", rule)
                .put("ruleVersion", row.getInt("rule_version")).put("title", row.getString("title"))
                .put("at", Instant.now().toString()).put("count", row.getInt("count"))
                .put("reason", "its rule was taken out of force");
        return new Outbox.Entry("fault.cleared", row.getString("id") + ":" + row.getInt("events"), payload);
    }
}
