package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Runbooks in the database. Works in the caller's transaction.
final class RunbookStore {
    private static final int CONSIDERED_MAX = 500;
    private static final String SELECT = """
            SELECT r.*, e.edition, e.about, e.steps, e.author, e.written_at, e.approver, e.approved_at FROM service.runbook r
            JOIN service.runbook_edition e ON e.runbook = r.id
            """;
    private static final String IN_FORCE = """
            NOT r.retired AND e.edition = (SELECT max(x.edition) FROM service.runbook_edition x
                WHERE x.runbook = r.id AND x.approver IS NOT NULL)""";

    private RunbookStore() {}

    /// @return the new runbook's id, empty where the name is taken
    static Optional<Long> insert(Handle handle, String name, Instant revise) {
        return handle.createQuery("""
                INSERT INTO service.runbook (name, revise_by) VALUES (:name, :revise)
                ON CONFLICT DO NOTHING RETURNING id""").bind("name", name).bind("revise", revise)
                .mapTo(Long.class).findOne();
    }

    static void addEdition(Handle handle, long id, int edition, JsonNode about, JsonNode steps, String author,
            Instant now) {
        handle.createUpdate("""
                INSERT INTO service.runbook_edition (runbook, edition, about, steps, author, written_at)
                VALUES (:id, :edition, :about::jsonb, :steps::jsonb, :author, :now)""").bind("id", id)
                .bind("edition", edition).bind("about", Json.text(about)).bind("steps", Json.text(steps))
                .bind("author", author).bind("now", now).execute();
    }

    static void approve(Handle handle, long id, int edition, String person, Instant now) {
        handle.createUpdate("""
                UPDATE service.runbook_edition SET approver = :person, approved_at = :now
                WHERE runbook = :id AND edition = :edition""").bind("person", person).bind("now", now)
                .bind("id", id).bind("edition", edition).execute();
    }

    static void touch(Handle handle, long id, boolean retired, Instant revise) {
        handle.createUpdate("""
                UPDATE service.runbook SET version = version + 1, retired = :retired, revise_by = :revise,
                    told_at = CASE WHEN revise_by = :revise THEN told_at END WHERE id = :id""").bind("id", id)
                .bind("retired", retired).bind("revise", revise).execute();
    }

    /// The newest editions, in the order of the ids.
    static List<Runbook> list(Handle handle, long after, int limit) {
        return handle
                .createQuery(
                        SELECT + """
                                WHERE NOT r.retired AND r.id > :after
                                  AND e.edition = (SELECT max(x.edition) FROM service.runbook_edition x WHERE x.runbook = r.id)
                                ORDER BY r.id LIMIT :limit""")
                .bind("after", after).bind("limit", limit)
                .map((row, _) -> runbook(row)).list();
    }

    static Optional<Runbook> newest(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE r.id = :id ORDER BY e.edition DESC LIMIT 1").bind("id", id)
                .map((row, _) -> runbook(row)).findOne();
    }

    /// As [#newest], and nobody else changes it before the end of the transaction.
    static Optional<Runbook> lock(Handle handle, long id) {
        handle.createQuery("SELECT id FROM service.runbook WHERE id = :id FOR UPDATE").bind("id", id)
                .mapTo(Long.class).findOne();
        return newest(handle, id);
    }

    /// The edition in force.
    static Optional<Runbook> inForce(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE r.id = :id AND " + IN_FORCE).bind("id", id)
                .map((row, _) -> runbook(row)).findOne();
    }

    static Optional<Runbook> inForce(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE r.name = :name AND " + IN_FORCE).bind("name", name)
                .map((row, _) -> runbook(row)).findOne();
    }

    static boolean isKnown(Handle handle, String name) {
        return handle.createQuery("SELECT count(*) > 0 FROM service.runbook WHERE name = :name")
                .bind("name", name)
                .mapTo(Boolean.class).one();
    }

    /// Those in force that are for a fault and a model, by what their editions say; at most 500.
    static List<Runbook> fitting(Handle handle, String code, String model) {
        return handle.createQuery(SELECT + "WHERE " + IN_FORCE + """
                AND (e.about->'codes') ?? :code AND (coalesce(jsonb_array_length(e.about->'models'), 0) = 0
                   OR (e.about->'models') ?? :model) ORDER BY r.id LIMIT :limit""").bind("code", code)
                .bind("model", model).bind("limit", CONSIDERED_MAX).map((row, _) -> runbook(row)).list();
    }

    static Runbook edition(Handle handle, long id, int edition) {
        return handle.createQuery(SELECT + "WHERE r.id = :id AND e.edition = :edition").bind("id", id)
                .bind("edition", edition).map((row, _) -> runbook(row)).one();
    }

    private static Runbook runbook(ResultSet row) throws SQLException {
        return new Runbook(row.getLong("id"), row.getInt("version"), row.getString("name"),
                row.getInt("edition"),
                Json.parse(row.getString("about")), Json.parse(row.getString("steps")),
                row.getString("author"),
                Columns.time(row, "written_at"), row.getString("approver"),
                Columns.instant(row, "approved_at"),
                row.getBoolean("retired"), Columns.time(row, "revise_by"));
    }
}
