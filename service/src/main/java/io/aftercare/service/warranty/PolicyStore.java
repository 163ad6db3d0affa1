package io.aftercare.service.warranty;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Versions of policies in the database, only ever added to. Works in the caller's transaction.
final class PolicyStore {
    private static final String COLUMNS = "SELECT id, version, withdrawn, document, made_by, made_at"
            + " FROM service.warranty_policy ";

    private PolicyStore() {}

    /// One version.
    ///
    /// @param withdrawn that the policy is for no device from this version on
    record Version(String id, int version, boolean withdrawn, JsonNode document, String madeBy,
            Instant madeAt) {
        WarrantyPolicy policy() {
            return PolicyReader.stored(id, version, document);
        }
    }

    /// Nobody else adds a policy before the end of the transaction: which scopes there are decides whether another may come.
    static void lock(Handle handle) {
        handle.execute("LOCK TABLE service.warranty_policy IN SHARE ROW EXCLUSIVE MODE");
    }

    static void insert(Handle handle, Version version) {
        handle.createUpdate("""
                INSERT INTO service.warranty_policy (id, version, withdrawn, document, made_by, made_at)
                VALUES (:id, :version, :withdrawn, :document, :by, :at)""").bind("id", version.id())
                .bind("version", version.version()).bind("withdrawn", version.withdrawn())
                .bind("document", version.document()).bind("by", version.madeBy())
                .bind("at", version.madeAt())
                .execute();
    }

    /// All versions of all policies, each policy's newest first.
    static List<Version> all(Handle handle) {
        return handle.createQuery(COLUMNS + "ORDER BY id, version DESC").map((row, _) -> map(row)).list();
    }

    static Optional<Version> newest(Handle handle, String id) {
        return handle.createQuery(COLUMNS + "WHERE id = :id ORDER BY version DESC LIMIT 1").bind("id", id)
                .map((row, _) -> map(row)).findOne();
    }

    static List<Version> versions(Handle handle, String id, int below, int limit) {
        return handle.createQuery(
                COLUMNS + "WHERE id = :id AND version < :below ORDER BY version DESC LIMIT :limit")
                .bind("id", id).bind("below", below).bind("limit", limit).map((row, _) -> map(row)).list();
    }

    private static Version map(ResultSet row) throws SQLException {
        return new Version(row.getString("id"), row.getInt("version"), row.getBoolean("withdrawn"),
                Json.parse(row.getString("document")), row.getString("made_by"),
                row.getTimestamp("made_at").toInstant());
    }
}
