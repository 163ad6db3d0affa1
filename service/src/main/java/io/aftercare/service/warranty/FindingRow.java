package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Columns;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Something that was found on a device and that its warranty does not stand for (R4), as it is stored and shown. Its
/// statements work in the caller's transaction.
///
/// @param component serial of the part, null for the device as a whole
/// @param files     references of photos and reports
/// @param since     from when on it counts
@JsonInclude(JsonInclude.Include.ALWAYS)
record FindingRow(long id, int version, DeviceId device, Exclusion exclusion, @Nullable String component,
        @Nullable Long ticket, String evidence, List<String> files, String foundBy, Instant since,
        @Nullable String withdrawnBy, @Nullable Instant withdrawnAt, @Nullable String withdrawnReason) {
    private static final String COLUMNS = """
            id, version, device, exclusion, component, ticket, evidence, files, found_by, at, withdrawn_by,
            withdrawn_at, withdrawn_reason""";

    static FindingRow insert(Handle handle, DeviceId device, Exclusion exclusion, @Nullable String component,
            @Nullable Long ticket, String evidence, List<String> files, String finder, Instant since) {
        return handle
                .createQuery(
                        """
                                INSERT INTO service.warranty_finding (device, exclusion, component, ticket, evidence, files, found_by, at)
                                VALUES (:device, :exclusion, :component, :ticket, :evidence, :files, :finder, :since) RETURNING\s"""
                                + COLUMNS)
                .bind("device", device).bind("exclusion", exclusion.text())
                .bind("component", component).bind("ticket", ticket).bind("evidence", evidence)
                .bindArray("files", String.class, files).bind("finder", finder).bind("since", since)
                .map((row, _) -> map(row)).one();
    }

    static List<FindingRow> of(Handle handle, DeviceId device) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.warranty_finding WHERE device = :device"
                        + " ORDER BY id DESC LIMIT 1000")
                .bind("device", device).map((row, _) -> map(row)).list();
    }

    static Optional<FindingRow> lock(Handle handle, DeviceId device, long id) {
        return handle
                .createQuery("SELECT " + COLUMNS
                        + " FROM service.warranty_finding WHERE device = :device AND id = :id FOR UPDATE")
                .bind("device", device).bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static FindingRow withdraw(Handle handle, long id, String actor, String reason, Instant now) {
        return handle
                .createQuery(
                        """
                                UPDATE service.warranty_finding SET version = version + 1, withdrawn_by = :actor, withdrawn_at = :now,
                                    withdrawn_reason = :reason WHERE id = :id RETURNING\s"""
                                + COLUMNS)
                .bind("actor", actor)
                .bind("now", now).bind("reason", reason).bind("id", id).map((row, _) -> map(row)).one();
    }

    private static FindingRow map(ResultSet row) throws SQLException {
        long ticket = row.getLong("ticket");
        Array files = row.getArray("files");
        return new FindingRow(row.getLong("id"), row.getInt("version"),
                new DeviceId(row.getString("device")),
                Exclusion.parse(row.getString("exclusion")).orElseThrow(), row.getString("component"),
                ticket == 0 ? null : ticket, row.getString("evidence"),
                List.of((String[]) files.getArray()), row.getString("found_by"),
                row.getTimestamp("at").toInstant(),
                row.getString("withdrawn_by"), Columns.instant(row, "withdrawn_at"),
                row.getString("withdrawn_reason"));
    }
}
