package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A case as its row holds it.
final class TicketRow {
    static final String COLUMNS = """
            t.id, t.version, t.device, t.title, t.description, t.symptom, t.origin, t.contact, t.opened_at, t.state,
            t.state_since, t.priority, t.owner, t.root_cause, t.verification, t.resolved_at, t.closed_at, t.signal,
            t.fix, t.incident, t.dispatch, t.next_clock, t.next_due, t.next_state""";

    private TicketRow() {}

    static Ticket ticket(ResultSet row) throws SQLException {
        Report report = new Report(new DeviceId(row.getString("device")), row.getString("title"),
                row.getString("description"), row.getString("symptom"), Origin.parse(row.getString("origin")),
                row.getString("contact"), row.getTimestamp("opened_at").toInstant());
        Progress progress = new Progress(TicketState.parse(row.getString("state")).orElseThrow(),
                row.getTimestamp("state_since").toInstant(), Priority.valueOf(row.getString("priority")),
                row.getString("owner"), row.getString("root_cause"), row.getString("verification"),
                instant(row, "resolved_at"), instant(row, "closed_at"));
        return new Ticket(row.getLong("id"), row.getInt("version"), report, progress,
                read(row.getString("signal"), Signal.class), read(row.getString("fix"), Fix.class),
                row.getString("incident"), read(row.getString("dispatch"), Dispatch.class));
    }

    static @Nullable NextClock nextClock(ResultSet row) throws SQLException {
        Instant due = instant(row, "next_due");
        return due == null
                ? null
                : new NextClock(row.getString("next_clock"), due, row.getString("next_state"));
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp value = row.getTimestamp(column);
        return value == null ? null : value.toInstant();
    }

    static @Nullable String json(@Nullable Object value) {
        return value == null ? null : Json.text(value);
    }

    private static <T> @Nullable T read(@Nullable String text, Class<T> type) {
        if (text == null) {
            return null;
        }
        JsonNode tree = Json.parse(text);
        return Json.convert(tree, type);
    }
}
