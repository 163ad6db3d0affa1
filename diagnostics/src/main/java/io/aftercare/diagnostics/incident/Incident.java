package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Many devices with one fault, as one thing.
///
/// @param dimension with `value`: later faults of the model's devices that are alike in this join
/// @param suspicion the numbers, as [IncidentView] tells them
/// @param looks     how often the numbers were tested
/// @param lookedAt  how many members there were at the last look
/// @param version   grows with every change that people may race about
public record Incident(String id, String code, String model, String dimension, String value,
        IncidentState state,
        String title, @Nullable String owner, JsonNode suspicion, int looks, int lookedAt, int members,
        int openMembers, Instant openedAt, @Nullable Instant resolvedAt, @Nullable String mergedInto,
        int version) {
    static final String COLUMNS = """
            i.id, i.code, i.model, i.dimension, i.value, i.state, i.title, i.owner, i.suspicion, i.looks, i.looked_at,
            i.members, i.open_members, i.opened_at, i.resolved_at, i.merged_into, i.version, i.number""";

    Optional<Instant> whenResolved() {
        return Optional.ofNullable(resolvedAt);
    }

    static Incident map(ResultSet row) throws SQLException {
        Timestamp resolved = row.getTimestamp("resolved_at");
        return new Incident(row.getString("id"), row.getString("code"), row.getString("model"),
                row.getString("dimension"), row.getString("value"),
                IncidentState.parse(row.getString("state")).orElseThrow(), row.getString("title"),
                row.getString("owner"), Json.parse(row.getString("suspicion")),
                row.getInt("looks"), row.getInt("looked_at"), row.getInt("members"),
                row.getInt("open_members"),
                row.getTimestamp("opened_at").toInstant(), resolved == null ? null : resolved.toInstant(),
                row.getString("merged_into"), row.getInt("version"));
    }
}
