package io.aftercare.service.sla;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Policies in the database, every version for ever. Works in the caller's transaction.
final class Policies {
    private static final TypeReference<SlaPolicy> DOCUMENT = new TypeReference<>() {
    };
    private static final String COLUMNS = """
            id, version, document, saved_at, saved_by, id = (SELECT policy FROM service.sla_in_force) AS in_force""";

    private Policies() {}

    /// A policy as it is kept.
    ///
    /// @param inForce whether clocks start by its newest version
    record Stored(String id, int version, SlaPolicy document, Instant savedAt, String savedBy,
            boolean inForce) {
        /// What clocks keep of it, such as `handbook-1`.
        String name() {
            return id + "-" + version;
        }
    }

    static Stored inForce(Handle handle) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.sla_policy"
                + " WHERE id = (SELECT policy FROM service.sla_in_force) ORDER BY version DESC LIMIT 1")
                .map((row, _) -> stored(row)).one();
    }

    static Optional<Stored> latest(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM service.sla_policy WHERE id = :id ORDER BY version DESC LIMIT 1").bind("id", id)
                .map((row, _) -> stored(row)).findOne();
    }

    static Optional<Stored> find(Handle handle, String id, int version) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM service.sla_policy WHERE id = :id AND version = :version").bind("id", id)
                .bind("version", version).map((row, _) -> stored(row)).findOne();
    }

    static List<Stored> list(Handle handle, String after, int limit) {
        return handle.createQuery("SELECT DISTINCT ON (id) " + COLUMNS
                + " FROM service.sla_policy WHERE id > :after ORDER BY id, version DESC LIMIT :limit")
                .bind("after", after).bind("limit", limit).map((row, _) -> stored(row)).list();
    }

    static void insert(Handle handle, String id, int version, SlaPolicy document, Instant now, String by) {
        handle.createUpdate("""
                INSERT INTO service.sla_policy (id, version, document, saved_at, saved_by)
                VALUES (:id, :version, :document::json, :now, :by)""").bind("id", id).bind("version", version)
                .bind("document", Json.text(document)).bind("now", now).bind("by", by).execute();
    }

    static void enforce(Handle handle, String id) {
        handle.createUpdate("UPDATE service.sla_in_force SET policy = :id").bind("id", id).execute();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        return new Stored(row.getString("id"), row.getInt("version"),
                Json.read(row.getString("document"), DOCUMENT), row.getTimestamp("saved_at").toInstant(),
                row.getString("saved_by"), row.getBoolean("in_force"));
    }
}
