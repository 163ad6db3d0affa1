package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Events as rows. One that is there already, by its time and content or as the repetition of an unanswered packet, is
/// neither stored nor judged again. The lane's own.
final class EventTable {
    private static final Duration REPEATED_WITHIN = Duration.ofHours(1);
    private static final String KNOWN = """
            SELECT EXISTS (SELECT FROM ingest.event WHERE device = ? AND at = ? AND digest = ?)
            OR ? AND EXISTS (SELECT FROM ingest.event WHERE device = ? AND digest = ? AND packet = ?
                AND received_at > ?)""";
    private static final String INSERT = """
            INSERT INTO ingest.event (device, at, code, level, message, data, packet, digest, received_at, asked)
            VALUES (?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?) ON CONFLICT (device, at, digest) DO NOTHING""";

    private EventTable() {}

    /// The messages of `batch` that are events which are stored already, or which the batch has before them.
    static Set<Integer> known(Intake batch, Connection connection) throws SQLException {
        Set<Integer> known = new HashSet<>();
        Set<DeviceEvent> before = new HashSet<>();
        for (int i = 0; i < batch.count(); i++) {
            DeviceEvent event = batch.event(i);
            if (event != null && (!before.add(event) || isStored(connection, event))) {
                known.add(i);
            }
        }
        return known;
    }

    private static boolean isStored(Connection connection, DeviceEvent event) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(KNOWN)) {
            byte[] digest = event.digest();
            query.setInt(1, event.device().number());
            query.setObject(2, Micros.time(Micros.of(event.at())));
            query.setBytes(3, digest);
            query.setBoolean(4, event.dup());
            query.setInt(5, event.device().number());
            query.setBytes(6, digest);
            query.setInt(7, event.packet());
            query.setObject(8, Micros.time(Micros.of(event.received().minus(REPEATED_WITHIN))));
            ResultSet row = query.executeQuery();
            return row.next() && row.getBoolean(1);
        }
    }

    /// Adds events to the transaction of `connection`, and what others are told of them.
    static void write(Connection connection, List<DeviceEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return;
        }
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (DeviceEvent event : events) {
                bind(insert, event);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        ToldEvents.write(connection, events);
    }

    private static void bind(PreparedStatement insert, DeviceEvent event) throws SQLException {
        insert.setInt(1, event.device().number());
        insert.setObject(2, Micros.time(Micros.of(event.at())));
        insert.setString(3, event.code());
        insert.setString(4, event.level());
        insert.setString(5, event.message());
        text(insert, 6, event.data() == null ? null : Json.text(event.data()));
        insert.setInt(7, event.packet());
        insert.setBytes(8, event.digest());
        insert.setObject(9, Micros.time(Micros.of(event.received())));
        text(insert, 10, event.asked());
    }

    private static void text(PreparedStatement insert, int index, @Nullable String text) throws SQLException {
        if (text == null) {
            insert.setNull(index, Types.VARCHAR);
        } else {
            insert.setString(index, text);
        }
    }

    /// The events of a batch as it reads them. Not thread-safe.
    static final class Gathered {
        private final List<Entry> entries = new ArrayList<>();

        private record Entry(DeviceEvent event, int message) {}

        void add(DeviceEvent event, int message) {
            entries.add(new Entry(event, message));
        }

        List<DeviceEvent> all() {
            return entries.stream().map(Entry::event).toList();
        }

        int message(int index) {
            return entries.get(index).message();
        }

        /// A message's event is not to be stored after all.
        void drop(int message) {
            entries.removeIf(entry -> entry.message() == message);
        }

        void clear() {
            entries.clear();
        }
    }
}
