package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Micros;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Text values of the devices of one lane. What did not change since the last commit is not written again: the last
/// [#REMEMBERED_MAX] values are remembered. Not thread-safe: the lane's own.
final class Attributes {
    private static final int REMEMBERED_MAX = 50_000;
    // An older message than the one that set the present value adds to the history only.
    private static final String WRITE = """
            WITH new (device, name, value, at) AS (VALUES (?, ?, ?, ?::timestamptz)),
            present AS (SELECT a.value, a.changed_at FROM ingest.attribute a JOIN new USING (device, name)),
            changed AS (
                INSERT INTO ingest.attribute AS a (device, name, value, changed_at) SELECT * FROM new
                ON CONFLICT (device, name) DO UPDATE SET value = excluded.value, changed_at = excluded.changed_at
                WHERE a.value <> excluded.value AND a.changed_at <= excluded.changed_at)
            INSERT INTO ingest.attribute_history (device, name, value, changed_at) SELECT * FROM new
            WHERE NOT EXISTS (SELECT FROM present WHERE present.value = new.value)
            ON CONFLICT (device, name, changed_at) DO NOTHING""";

    private final List<Change> changes = new ArrayList<>();
    private final Map<Key, String> remembered = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, String> eldest) {
            return size() > REMEMBERED_MAX;
        }
    };

    private record Key(int device, String name) {}

    private record Change(Key key, long micros, String value) {}

    void add(int device, long micros, String name, String value) {
        Key key = new Key(device, name);
        if (!value.equals(remembered.get(key))) {
            remembered.put(key, value);
            changes.add(new Change(key, micros, value));
        }
    }

    void write(Connection connection) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = connection.prepareStatement(WRITE)) {
            for (Change change : changes) {
                statement.setInt(1, change.key().device());
                statement.setString(2, change.key().name());
                statement.setString(3, change.value());
                statement.setObject(4, at(change.micros()));
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    /// What was written is committed.
    void committed() {
        changes.clear();
    }

    private static OffsetDateTime at(long micros) {
        return Micros.time(micros);
    }
}
