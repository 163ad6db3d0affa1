package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages that were not understood, kept with the reason so that somebody can mend the device. Thread-safe.
public final class Quarantine {
    /// How much of a payload is kept.
    public static final int KEPT_BYTES_MAX = 64 * 1024;
    private static final String INSERT = """
            INSERT INTO ingest.quarantine (device, at, topic, reason, size, payload)
            VALUES (?, ?, ?, ?, ?, ?)""";

    private final Database database;

    /// A message to keep; of a longer payload only its beginning.
    public record Entry(Device device, Instant at, String topic, String reason, byte[] payload) {}

    /// A kept message as it is shown.
    ///
    /// @param size bytes of the whole payload, of which `payload` may be the beginning
    public record Kept(long id, Instant at, String topic, String reason, int size, byte[] payload) {}

    public Quarantine(Database database) {
        this.database = database;
    }

    /// Adds messages to the transaction of `connection`.
    public static void append(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Entry entry : entries) {
                byte[] payload = entry.payload();
                insert.setInt(1, entry.device().number());
                insert.setTimestamp(2, Timestamp.from(entry.at()));
                insert.setString(3, entry.topic());
                insert.setString(4, entry.reason());
                insert.setInt(5, payload.length);
                insert.setBytes(6, payload.length > KEPT_BYTES_MAX
                        ? Arrays.copyOf(payload, KEPT_BYTES_MAX)
                        : payload);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Adds one message in a transaction of its own.
    public void append(Entry entry) throws SQLException {
        database.useTransaction(handle -> append(handle.getConnection(), List.of(entry)));
    }

    /// A device's messages, the latest first.
    ///
    /// @param before the id of the last one seen, null for the first page
    public List<Kept> of(Device device, @Nullable Long before, int limit) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT id, at, topic, reason, size, payload FROM ingest.quarantine
                WHERE device = :device AND id < :before ORDER BY id DESC LIMIT :limit""")
                .bind("device", device.number()).bind("before", before == null ? Long.MAX_VALUE : before)
                .bind("limit", limit)
                .map((row, context) -> new Kept(row.getLong("id"), row.getTimestamp("at").toInstant(),
                        row.getString("topic"), row.getString("reason"), row.getInt("size"),
                        row.getBytes("payload")))
                .list());
    }
}
