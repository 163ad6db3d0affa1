package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Desired states with their versions and locks, as they are stored; in the caller's transaction. The newest
/// [#VERSIONS_MAX] versions of a device are kept.
final class DesiredStore {
    static final int VERSIONS_MAX = 100;

    private DesiredStore() {}

    /// What is desired of a device now.
    record Current(ObjectNode document, int version, Locks locks) {}

    /// Members that nobody may change for now.
    record Locks(Set<String> keys, int version, String author, String why) {
        Locks {
            keys = Set.copyOf(keys);
        }
    }

    /// Who made a version, and why.
    ///
    /// @param restores the version whose document it has again, null for a change
    record Authorship(String author, String why, @Nullable String ticket, @Nullable Integer restores) {}

    /// A version as it was made.
    ///
    /// @param keys   the members that it changed
    /// @param before null where that version is not kept any more
    record Version(int version, Instant at, Authorship by, List<String> keys, ObjectNode document,
            @Nullable ObjectNode before) {}

    /// The device's row, locked to the end of the transaction; made where there is none.
    static Current lock(Handle handle, Device device) {
        handle.createUpdate(
                "INSERT INTO ingest.desired_state (device) VALUES (:device) ON CONFLICT DO NOTHING")
                .bind("device", device.number()).execute();
        return find(handle, device, true).orElseThrow();
    }

    static Optional<Current> find(Handle handle, Device device, boolean lock) {
        return handle.createQuery("""
                SELECT document, version, locked, locks_version, locks_author, locks_why
                FROM ingest.desired_state WHERE device = :device""" + (lock ? " FOR UPDATE" : ""))
                .bind("device", device.number()).map((row, _) -> current(row)).findOne();
    }

    private static Current current(ResultSet row) throws SQLException {
        return new Current((ObjectNode) Json.parse(row.getString("document")), row.getInt("version"),
                new Locks(Set.copyOf(Columns.texts(row, "locked")), row.getInt("locks_version"),
                        row.getString("locks_author"), row.getString("locks_why")));
    }

    /// Makes the next version; the row is locked.
    static void append(Handle handle, Device device, int version, ObjectNode document,
            Collection<String> keys, Authorship by, Instant at) {
        handle.createUpdate("""
                UPDATE ingest.desired_state SET document = :document::jsonb, at = :at, version = :version
                WHERE device = :device""").bind("device", device.number())
                .bind("document", Json.text(document)).bind("at", at).bind("version", version).execute();
        handle.createUpdate(
                """
                        INSERT INTO ingest.desired_version
                            (device, version, at, author, why, ticket, restores, keys, document)
                        VALUES (:device, :version, :at, :author, :why, :ticket, :restores, :keys, :document::jsonb)""")
                .bind("device", device.number()).bind("version", version).bind("at", at)
                .bind("author", by.author()).bind("why", by.why()).bind("ticket", by.ticket())
                .bind("restores", by.restores()).bindArray("keys", String.class, keys)
                .bind("document", Json.text(document)).execute();
        handle.createUpdate("DELETE FROM ingest.desired_version WHERE device = :device AND version <= :old")
                .bind("device", device.number()).bind("old", version - VERSIONS_MAX).execute();
    }

    /// The document of a version that is kept.
    static Optional<ObjectNode> document(Handle handle, Device device, int version) {
        return handle.createQuery("""
                SELECT document FROM ingest.desired_version WHERE device = :device AND version = :version""")
                .bind("device", device.number()).bind("version", version).mapTo(JsonNode.class).findOne()
                .map(document -> (ObjectNode) document);
    }

    /// Versions before one, the latest first.
    static List<Version> versions(Handle handle, Device device, long before, int limit) {
        return handle.createQuery("""
                SELECT * FROM (SELECT v.*, lag(document) OVER (ORDER BY version) AS before,
                        lag(version) OVER (ORDER BY version) AS previous
                    FROM ingest.desired_version v WHERE device = :device) all_of_it
                WHERE version < :before ORDER BY version DESC LIMIT :limit""").bind("device", device.number())
                .bind("before", before).bind("limit", limit).map((row, _) -> version(row)).list();
    }

    private static Version version(ResultSet row) throws SQLException {
        int version = row.getInt("version");
        boolean follows = row.getInt("previous") == version - 1 && row.getString("before") != null;
        ObjectNode before = follows
                ? (ObjectNode) Json.parse(row.getString("before"))
                : version == 1 ? Json.object() : null;
        return new Version(version, Columns.time(row, "at"),
                new Authorship(row.getString("author"), row.getString("why"), row.getString("ticket"),
                        Columns.number(row, "restores")),
                Columns.texts(row, "keys"), (ObjectNode) Json.parse(row.getString("document")), before);
    }

    static void lockKeys(Handle handle, Device device, Locks locks) {
        handle.createUpdate("""
                UPDATE ingest.desired_state SET locked = :keys, locks_version = :version,
                    locks_author = :author, locks_why = :why WHERE device = :device""")
                .bind("device", device.number()).bindArray("keys", String.class, locks.keys())
                .bind("version", locks.version()).bind("author", locks.author()).bind("why", locks.why())
                .execute();
    }
}
