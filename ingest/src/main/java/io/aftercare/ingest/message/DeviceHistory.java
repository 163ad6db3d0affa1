package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.TimelineEntry;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// What ingest knows for a device's timeline: events, connects and disconnects, changes of text values
/// and of what is desired, and where it does not follow. Thread-safe; blocks.
public final class DeviceHistory {
    private static final String QUERY = """
            SELECT at, 'event' AS kind, code || ': ' || message AS text,
                jsonb_build_object('code', code, 'level', level, 'data', data) AS data
            FROM ingest.event WHERE device = :device AND at >= :from AND at < :to
            UNION ALL
            SELECT at, CASE WHEN connected THEN 'connected' ELSE 'disconnected' END, detail, NULL
            FROM ingest.connectivity WHERE device = :device AND at >= :from AND at < :to
            UNION ALL
            SELECT changed_at, 'attribute', name || ' is ' || value,
                jsonb_build_object('name', name, 'value', value)
            FROM ingest.attribute_history WHERE device = :device AND changed_at >= :from AND changed_at < :to
            UNION ALL
            SELECT at, 'desired', 'version ' || version || ' by ' || author || ': ' || array_to_string(keys, ', '),
                jsonb_build_object('version', version, 'by', author, 'why', why, 'ticket', ticket, 'keys', keys)
            FROM ingest.desired_version WHERE device = :device AND at >= :from AND at < :to
            UNION ALL
            SELECT since, 'drift', key || ' is not as desired', jsonb_build_object('key', key, 'version', version)
            FROM ingest.desired_key WHERE device = :device AND state = 'drifted' AND since >= :from AND since < :to
            ORDER BY at DESC LIMIT :limit""";

    private final Database database;

    public DeviceHistory(Database database) {
        this.database = database;
    }

    /// The latest entries of a time, the latest first.
    ///
    /// @param to exclusive
    public List<TimelineEntry> entries(Device device, Instant from, Instant to, int limit) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(QUERY).bind("device", device.number()).bind("from", from)
                                .bind("to", to).bind("limit", limit).map((row, context) -> map(row)).list());
    }

    private static TimelineEntry map(ResultSet row) throws SQLException {
        String data = row.getString("data");
        JsonNode tree = data == null ? null : Json.parse(data);
        String text = row.getString("text");
        return new TimelineEntry(row.getTimestamp("at").toInstant(), row.getString("kind"),
                text.endsWith(": ") ? text.substring(0, text.length() - 2) : text, tree);
    }
}
