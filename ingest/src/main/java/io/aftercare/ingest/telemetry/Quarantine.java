package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Where messages that were not understood are put, with the reason, so that somebody can mend the device. Messages that
/// are alike share a row, which counts them. Thread-safe.
public final class Quarantine {
    /// How much of a payload is kept.
    public static final int KEPT_BYTES_MAX = 64 * 1024;
    private static final byte[] CROWD = new byte[32];
    private static final String INSERT = """
            INSERT INTO ingest.quarantine (device, at, last_at, topic, code, reason, format, size, payload, digest, count)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (device, topic, code, digest) DO UPDATE SET count = quarantine.count + excluded.count,
                last_at = greatest(quarantine.last_at, excluded.last_at)""";

    private final Database database;
    private final Crowd crowd = new Crowd();

    /// A message to keep; of a longer payload only its beginning.
    ///
    /// @param topic   below `devices/{id}/`
    /// @param code    the reason in a word, for counting
    /// @param reason  the reason for people
    /// @param crowded whether the device has sent so much of late that this one is only counted, beside the first such
    public record Entry(Device device, Instant at, String topic, String code, String reason, Format format,
            byte[] payload, boolean crowded) {
        private Key key() {
            byte[] digest = crowded ? CROWD : Sha256.of(payload);
            return new Key(device.number(), topic, code, HexFormat.of().formatHex(digest));
        }
    }

    private record Key(int device, String topic, String code, String digest) {}

    /// A row to be.
    private record Alike(Entry first, Instant last, int count) {
        Alike and(Alike other) {
            return new Alike(first, last.isAfter(other.last) ? last : other.last, count + other.count);
        }
    }

    public Quarantine(Database database) {
        this.database = database;
    }

    /// Adds messages to the transaction of `connection`.
    public static void append(Connection connection, List<Entry> entries) throws SQLException {
        if (entries.isEmpty()) {
            return;
        }
        // One row once in a statement: a batch may become a single one.
        Map<Key, Alike> rows = new LinkedHashMap<>();
        entries.forEach(entry -> rows.merge(entry.key(), new Alike(entry, entry.at(), 1), Alike::and));
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Map.Entry<Key, Alike> row : rows.entrySet()) {
                bind(insert, row.getKey(), row.getValue());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(PreparedStatement insert, Key key, Alike alike) throws SQLException {
        Entry entry = alike.first();
        byte[] payload = entry.payload();
        insert.setInt(1, key.device());
        insert.setTimestamp(2, Timestamp.from(entry.at()));
        insert.setTimestamp(3, Timestamp.from(alike.last()));
        insert.setString(4, entry.topic().replace('\0', '\uFFFD'));
        insert.setString(5, entry.code());
        insert.setString(6, entry.reason().replace('\0', '\uFFFD'));
        insert.setInt(7, entry.format().bits());
        insert.setInt(8, payload.length);
        insert.setBytes(9,
                payload.length > KEPT_BYTES_MAX ? Arrays.copyOf(payload, KEPT_BYTES_MAX) : payload);
        insert.setBytes(10, HexFormat.of().parseHex(key.digest()));
        insert.setInt(11, alike.count());
    }

    /// Adds one message, that is no telemetry, in a transaction of its own.
    public void append(Device device, Instant at, String topic, String code, String reason, byte[] payload)
            throws SQLException {
        Entry entry = new Entry(device, at, topic, code, reason, Format.JSON, payload,
                crowd.isCrowded(device, at));
        database.useTransaction(handle -> append(handle.getConnection(), List.of(entry)));
    }

    /// Which devices send so much that it is no longer kept message by message: more than [#KEPT_MAX] in a minute.
    /// Thread-safe; remembers [#REMEMBERED_MAX] devices.
    static final class Crowd {
        static final int KEPT_MAX = 100;
        private static final int REMEMBERED_MAX = 10_000;

        private final Map<Integer, Minute> minutes = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Integer, Minute> eldest) {
                return size() > REMEMBERED_MAX;
            }
        };

        private record Minute(long number, int count) {}

        /// Counts a message.
        synchronized boolean isCrowded(Device device, Instant at) {
            long number = Math.floorDiv(at.getEpochSecond(), 60);
            Minute before = minutes.get(device.number());
            int count = before == null || before.number() != number ? 1 : before.count() + 1;
            minutes.put(device.number(), new Minute(number, count));
            return count > KEPT_MAX;
        }
    }
}
