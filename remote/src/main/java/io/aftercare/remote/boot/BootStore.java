package io.aftercare.remote.boot;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Devices' starts as they are stored; in the caller's transaction. At most [#KEPT_MAX] of a device.
final class BootStore {
    static final int KEPT_MAX = 500;
    static final int SUMMARY_ROWS_MAX = 200;

    private BootStore() {}

    /// @param event unique for the event; the same again changes nothing
    /// @return whether it is new
    static boolean insert(Handle handle, String event, Boot boot) {
        int added = handle
                .createUpdate(
                        """
                                INSERT INTO remote.boot (event, device, model, firmware, at, heard_at, reason, cause, requested,
                                    asked_by, count)
                                VALUES (:event, :device, :model, :firmware, :at, :heard, :reason, :cause, :requested, :asked,
                                    :count) ON CONFLICT (event) DO NOTHING""")
                .bind("event", event)
                .bind("device", boot.device()).bind("model", boot.model()).bind("firmware", boot.firmware())
                .bind("at", boot.at()).bind("heard", boot.heardAt()).bind("reason", boot.reason())
                .bind("cause", boot.cause()).bind("requested", boot.requested()).bind("asked", boot.askedBy())
                .bind("count", boot.boots()).execute();
        handle.createUpdate(
                """
                        DELETE FROM remote.boot WHERE device = :device AND id <= (
                            SELECT id FROM remote.boot WHERE device = :device ORDER BY id DESC OFFSET :kept LIMIT 1)""")
                .bind("device", boot.device()).bind("kept", KEPT_MAX).execute();
        return added == 1;
    }

    /// The latest first.
    ///
    /// @param before the id of the last one seen, null for the first page
    static List<Boot> ofDevice(Handle handle, String device, @Nullable Long before, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.boot WHERE device = :device AND id < :before
                ORDER BY id DESC LIMIT :limit""").bind("device", device)
                .bind("before", before == null ? Long.MAX_VALUE : before).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    /// When the backend heard of the latest starts.
    static List<BootLoop.Start> heardSince(Handle handle, String device, Instant since) {
        return handle.createQuery("""
                SELECT at, heard_at FROM remote.boot WHERE device = :device AND heard_at > :since
                ORDER BY heard_at DESC LIMIT :limit""").bind("device", device).bind("since", since)
                .bind("limit", KEPT_MAX)
                .map((row, _) -> new BootLoop.Start(Columns.time(row, "at"), Columns.time(row, "heard_at")))
                .list();
    }

    /// Starts by model, firmware and cause, the most first.
    static List<ObjectNode> summary(Handle handle, Principal who, @Nullable String model,
            @Nullable String firmware, Instant from, Instant to) {
        return handle.createQuery("""
                SELECT b.model, b.firmware, b.cause, b.requested, count(*) AS boots,
                    count(DISTINCT b.device) AS devices, max(b.at) AS latest
                FROM remote.boot b JOIN fleet.device d ON d.id = b.device
                WHERE b.at >= :from AND b.at < :to AND (:model::text IS NULL OR b.model = :model)
                    AND (:firmware::text IS NULL OR b.firmware = :firmware)
                    AND (NOT :partner OR d.outlet = :outlet AND d.outlet <> '')
                GROUP BY b.model, b.firmware, b.cause, b.requested
                ORDER BY boots DESC, b.model, b.firmware, b.cause, b.requested LIMIT :limit""")
                .bind("from", from).bind("to", to).bind("model", model).bind("firmware", firmware)
                .bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet())
                .bind("limit", SUMMARY_ROWS_MAX)
                .map((row, _) -> Json.object().put("model", row.getString("model"))
                        .put("firmware", row.getString("firmware")).put("cause", row.getString("cause"))
                        .put("requested", row.getBoolean("requested")).put("boots", row.getLong("boots"))
                        .put("devices", row.getLong("devices"))
                        .put("latest", Columns.time(row, "latest").toString()))
                .list();
    }

    private static Boot map(ResultSet row) throws SQLException {
        return new Boot(row.getLong("id"), row.getString("device"), row.getString("model"),
                row.getString("firmware"), Columns.time(row, "at"), Columns.time(row, "heard_at"),
                row.getString("reason"), row.getString("cause"), row.getBoolean("requested"),
                row.getString("asked_by"), row.getObject("count", Long.class));
    }
}
