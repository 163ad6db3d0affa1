package io.aftercare.ingest.telemetry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Tells other features of crashes and boots, through the outbox and in the transaction that stores them. A device that
/// crashes without end, or says so, is told of [#PER_HOUR_MAX] times an hour for each code; all of it is kept as events.
/// The lane's own.
final class ToldEvents {
    /// Payload `{"device","ts","code","level","message","data"}`, with `ts` in epoch milliseconds, and `asked` where the backend
    /// had asked for it.
    static final String TOPIC = "device.event";
    static final int PER_HOUR_MAX = 60;
    private static final Set<String> CODES = Set.of("boot", "crash");
    private static final Duration HOUR = Duration.ofHours(1);
    // The codes stand in the text so that the partial index of just these events is used.
    private static final String ADMITTED = """
            SELECT id FROM ingest.event e WHERE device = ? AND at = ? AND digest = ? AND (
                SELECT count(*) FROM (SELECT FROM ingest.event b WHERE b.device = e.device AND b.code = e.code
                    AND b.code IN ('boot', 'crash') AND b.id < e.id AND b.received_at > ? LIMIT ?) earlier) < ?""";

    private ToldEvents() {}

    /// Adds entries for those of `events` that others want to hear of; the events are in the transaction already.
    static void write(Connection connection, List<DeviceEvent> events) throws SQLException {
        List<Outbox.Entry> entries = new ArrayList<>();
        for (DeviceEvent event : events) {
            if (CODES.contains(event.code())) {
                admitted(connection, event).ifPresent(id -> entries.add(entry(event, id)));
            }
        }
        Outbox.append(connection, entries);
    }

    private static Optional<Long> admitted(Connection connection, DeviceEvent event) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ADMITTED)) {
            query.setInt(1, event.device().number());
            query.setObject(2, Micros.time(Micros.of(event.at())));
            query.setBytes(3, event.digest());
            query.setObject(4, Micros.time(Micros.of(event.received().minus(HOUR))));
            query.setInt(5, PER_HOUR_MAX);
            query.setInt(6, PER_HOUR_MAX);
            ResultSet row = query.executeQuery();
            return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
        }
    }

    private static Outbox.Entry entry(DeviceEvent event, long id) {
        ObjectNode payload = Json.object().put("device", event.device().id().value())
                .put("ts", event.at().toEpochMilli()).put("code", event.code()).put("level", event.level())
                .put("message", event.message());
        payload.set("data", event.data());
        if (event.asked() != null) {
            payload.put("asked", event.asked());
        }
        return new Outbox.Entry(TOPIC, Long.toString(id), payload);
    }
}
