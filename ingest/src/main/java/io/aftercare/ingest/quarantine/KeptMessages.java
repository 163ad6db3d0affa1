package io.aftercare.ingest.quarantine;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.telemetry.Format;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The rows of `ingest.quarantine`, read and removed. Thread-safe; blocks.
public final class KeptMessages {
    private static final String SELECT = """
            SELECT id, device, at, last_at, count, topic, code, reason, format, size, payload FROM ingest.quarantine
            """;

    private final Database database;

    /// Messages of one model for one reason.
    public record Heap(String model, String code, String reason, long messages, long kept, int devices,
            Instant firstSeen, Instant lastSeen) {}

    public KeptMessages(Database database) {
        this.database = database;
    }

    /// A device's messages, the latest first.
    ///
    /// @param before the id of the last one seen, null for the first page
    public List<Kept> of(Device device, @Nullable Long before, int limit) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery(SELECT + "WHERE device = :device AND id < :before ORDER BY id DESC LIMIT :limit")
                .bind("device", device.number()).bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit).map((row, _) -> map(row)).list());
    }

    /// The ids of the devices that have any; from one to the next through the index, however many messages each has.
    public List<String> devices() {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        WITH RECURSIVE one AS (
                                            (SELECT device FROM ingest.quarantine ORDER BY device LIMIT 1)
                                            UNION ALL
                                            SELECT (SELECT q.device FROM ingest.quarantine q WHERE q.device > one.device ORDER BY q.device LIMIT 1)
                                            FROM one WHERE one.device IS NOT NULL)
                                        SELECT d.id FROM one JOIN fleet.device d ON d.number = one.device""")
                        .mapTo(String.class).list());
    }

    public Optional<Kept> find(Device device, long id) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(SELECT + "WHERE device = :device AND id = :id")
                        .bind("device", device.number()).bind("id", id).map((row, _) -> map(row)).findOne());
    }

    /// Messages of a reason, the oldest first.
    ///
    /// @param model null for all
    public List<Kept> like(String code, @Nullable String model, long after, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery(SELECT + """
                WHERE code = :code AND id > :after AND (:model::text IS NULL OR device IN
                    (SELECT number FROM fleet.device WHERE model = :model))
                ORDER BY id LIMIT :limit""").bind("code", code).bind("model", model).bind("after", after)
                .bind("limit", limit).map((row, _) -> map(row)).list());
    }

    /// How many of each model and reason, the most first.
    ///
    /// @param outlet of devices that may be seen, null for all
    public List<Heap> heaps(@Nullable String model, @Nullable String outlet, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery(
                """
                        SELECT d.model, q.code, min(q.reason) AS reason, sum(q.count) AS messages, count(*) AS kept,
                            count(DISTINCT q.device) AS devices, min(q.at) AS first, max(q.last_at) AS last
                        FROM ingest.quarantine q JOIN fleet.device d ON d.number = q.device
                        WHERE (:model::text IS NULL OR d.model = :model) AND (:outlet::text IS NULL OR d.outlet = :outlet)
                        GROUP BY d.model, q.code ORDER BY messages DESC, d.model, q.code LIMIT :limit""")
                .bind("model", model).bind("outlet", outlet).bind("limit", limit)
                .map((row, _) -> new Heap(row.getString("model"), row.getString("code"),
                        row.getString("reason"), row.getLong("messages"), row.getLong("kept"),
                        row.getInt("devices"), row.getTimestamp("first").toInstant(),
                        row.getTimestamp("last").toInstant()))
                .list());
    }

    /// Removes a message, unless more like it came since it was read.
    ///
    /// @return whether it went
    public boolean remove(Handle handle, Kept kept) {
        return handle.createUpdate("DELETE FROM ingest.quarantine WHERE id = :id AND count = :count")
                .bind("id", kept.id()).bind("count", kept.count()).execute() == 1;
    }

    public boolean remove(Handle handle, Device device, long id) {
        return handle.createUpdate("DELETE FROM ingest.quarantine WHERE device = :device AND id = :id")
                .bind("device", device.number()).bind("id", id).execute() == 1;
    }

    private static Kept map(ResultSet row) throws SQLException {
        return new Kept(row.getLong("id"), row.getInt("device"), row.getTimestamp("at").toInstant(),
                row.getTimestamp("last_at").toInstant(), row.getLong("count"), row.getString("topic"),
                row.getString("code"), row.getString("reason"), Format.of(row.getInt("format")),
                row.getInt("size"), row.getBytes("payload"));
    }
}
