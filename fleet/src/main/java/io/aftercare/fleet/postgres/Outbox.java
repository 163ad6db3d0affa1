package io.aftercare.fleet.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Effects that leave a feature: written in the transaction that decides them, carried out afterwards by [OutboxRelay].
/// An entry's key makes it unique within its topic, so deciding the same thing twice leaves one entry.
public final class Outbox {
    private static final String INSERT = """
            INSERT INTO fleet.outbox (topic, key, payload) VALUES (?, ?, ?::jsonb)
            ON CONFLICT (topic, key) DO NOTHING""";

    private Outbox() {}

    /// One effect.
    ///
    /// @param topic   what kind of effect; [OutboxRelay#on] takes it
    /// @param key     idempotency key within the topic, at most 200 characters
    /// @param payload what the receiver needs to know
    public record Entry(String topic, String key, JsonNode payload) {
        public Entry {
            if (key.length() > 200) {
                throw new IllegalArgumentException("An outbox key has at most 200 characters: " + key);
            }
        }
    }

    /// Adds an effect to the transaction of `handle`.
    public static void append(Handle handle, String topic, String key, JsonNode payload) {
        try {
            append(handle.getConnection(), List.of(new Entry(topic, key, payload)));
        } catch (SQLException e) {
            throw new IllegalStateException("The outbox refused " + topic + " " + key, e);
        }
    }

    /// Adds effects to the transaction of `connection`, as one batch.
    public static void append(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Entry entry : entries) {
                insert.setString(1, entry.topic());
                insert.setString(2, entry.key());
                insert.setString(3, Json.text(entry.payload()));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }
}
