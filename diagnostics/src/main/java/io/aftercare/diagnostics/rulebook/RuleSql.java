package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.Rule;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.diagnostics.rulebook.Rules.Stored;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The statements behind [Rules].
final class RuleSql {
    static final String SELECT = """
            SELECT r.id, r.version, r.since, r.active, v.source, v.author, v.at FROM diagnostics.rule r
            JOIN diagnostics.rule_version v ON v.rule = r.id AND v.version = r.version""";

    private RuleSql() {}

    static Stored map(ResultSet row) throws SQLException {
        return new Stored(row.getString("id"), row.getInt("version"), row.getInt("since"),
                row.getBoolean("active"),
                row.getString("source"), row.getString("author"), row.getTimestamp("at").toInstant());
    }

    static Optional<Stored> find(Handle handle, String id, boolean lock) {
        return handle.createQuery(SELECT + " WHERE r.id = :id" + (lock ? " FOR UPDATE OF r" : ""))
                .bind("id", id)
                .map((row, context) -> map(row)).findOne();
    }

    static int countActive(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM diagnostics.rule WHERE active").mapTo(Integer.class)
                .one();
    }

    static void insert(Handle handle, Rule rule, int version, int since, String source, String author) {
        handle.createUpdate(
                """
                        INSERT INTO diagnostics.rule (id, version, since) VALUES (:id, :version, :since)
                        ON CONFLICT (id) DO UPDATE SET version = :version, since = :since, active = true, changed_at = now()""")
                .bind("id", rule.id()).bind("version", version).bind("since", since).execute();
        handle.createUpdate("""
                INSERT INTO diagnostics.rule_version (rule, version, source, document, author)
                VALUES (:id, :version, :source, :document, :author)""").bind("id", rule.id())
                .bind("version", version).bind("source", source)
                .bindByType("document", rule.document(), JsonNode.class)
                .bind("author", author).execute();
    }

    static void deactivate(Handle handle, String id) {
        handle.createUpdate("UPDATE diagnostics.rule SET active = false, changed_at = now() WHERE id = :id")
                .bind("id", id).execute();
    }

    static List<Stored> versions(Handle handle, String id, int before, int limit) {
        return handle.createQuery(
                """
                        SELECT v.rule AS id, v.version, r.since, r.active AND v.version = r.version AS active, v.source, v.author, v.at
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
                .put("at", java.time.Instant.now().toString()).put("count", row.getInt("count"))
                .put("reason", "its rule was taken out of force");
        return new Outbox.Entry("fault.cleared", row.getString("id") + ":" + row.getInt("events"), payload);
    }
}
