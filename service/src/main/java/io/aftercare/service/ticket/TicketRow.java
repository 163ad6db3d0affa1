package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A case as its row holds it.
final class TicketRow {
    static final String COLUMNS = """
            t.id, t.version, t.device, t.title, t.description, t.symptom, t.origin, t.contact, t.opened_at, t.state,
            t.state_since, t.priority, t.owner, t.root_cause, t.verification, t.resolved_at, t.closed_at, t.signal,
            t.fix, t.incident, t.dispatch, t.next_clock, t.next_due, t.next_state, t.intake, t.type, t.impact, t.urgency,
            t.follow_up, t.handling""";

    private TicketRow() {}

    static Ticket ticket(ResultSet row) throws SQLException {
        String device = row.getString("device");
        Report report = new Report(device == null ? null : new DeviceId(device), row.getString("title"),
                row.getString("description"), row.getString("symptom"), Origin.parse(row.getString("origin")),
                row.getString("contact"), row.getTimestamp("opened_at").toInstant(), intake(row));
        Progress progress = new Progress(TicketState.parse(row.getString("state")).orElseThrow(),
                row.getTimestamp("state_since").toInstant(), Priority.valueOf(row.getString("priority")),
                row.getString("owner"), row.getString("root_cause"), row.getString("verification"),
                Columns.instant(row, "resolved_at"), Columns.instant(row, "closed_at"));
        return new Ticket(row.getLong("id"), row.getInt("version"), report, progress,
                read(row.getString("signal"), Signal.class), read(row.getString("fix"), Fix.class),
                row.getString("incident"), read(row.getString("dispatch"), Dispatch.class),
                classification(row),
                Objects.requireNonNullElse(read(row.getString("handling"), Handling.class), Handling.NONE));
    }

    private static Intake intake(ResultSet row) throws SQLException {
        return Objects.requireNonNullElse(read(row.getString("intake"), Intake.class), Intake.NONE);
    }

    private static Classification classification(ResultSet row) throws SQLException {
        String type = row.getString("type");
        String impact = row.getString("impact");
        String urgency = row.getString("urgency");
        return new Classification(type == null ? null : CaseType.parse(type),
                impact == null ? null : Priority.Level.parse(impact),
                urgency == null ? null : Priority.Level.parse(urgency),
                row.getObject("follow_up", LocalDate.class));
    }

    static @Nullable NextClock nextClock(ResultSet row) throws SQLException {
        Instant due = Columns.instant(row, "next_due");
        return due == null
                ? null
                : new NextClock(row.getString("next_clock"), due, row.getString("next_state"));
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
