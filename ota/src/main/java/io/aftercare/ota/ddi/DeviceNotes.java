package io.aftercare.ota.ddi;

import io.aftercare.fleet.postgres.Columns;
import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What this interface keeps of a device.
///
/// @param attributes     as the device sent them
/// @param attributesAt   when, null for never
/// @param autoAt         since when it confirms without asking anybody, null where it asks
record DeviceNotes(Map<String, String> attributes, @Nullable Instant attributesAt, @Nullable Instant autoAt,
        @Nullable String autoInitiator, @Nullable String autoRemark) {
    private static final DeviceNotes NONE = new DeviceNotes(Map.of(), null, null, null, null);

    DeviceNotes {
        attributes = Map.copyOf(attributes);
    }

    boolean isAuto() {
        return autoAt != null;
    }

    static DeviceNotes of(Handle handle, int device) {
        return handle.createQuery("SELECT * FROM ota.ddi_device WHERE device = :device")
                .bind("device", device).map((row, context) -> map(row)).findOne().orElse(NONE);
    }

    /// As [#of], and nobody else changes them until the transaction ends.
    static DeviceNotes lock(Handle handle, int device) {
        handle.createUpdate("INSERT INTO ota.ddi_device (device) VALUES (:device) ON CONFLICT DO NOTHING")
                .bind("device", device).execute();
        return handle.createQuery("SELECT * FROM ota.ddi_device WHERE device = :device FOR UPDATE")
                .bind("device", device).map((row, context) -> map(row)).one();
    }

    static void attributes(Handle handle, int device, Map<String, String> attributes, Instant now) {
        handle.createUpdate("""
                UPDATE ota.ddi_device SET attributes = :attributes::jsonb, attributes_at = :now
                WHERE device = :device""").bind("attributes", Json.text(attributes)).bind("now", now)
                .bind("device", device).execute();
    }

    /// @param at null: it asks again
    static void auto(Handle handle, int device, @Nullable Instant at, @Nullable String initiator,
            @Nullable String remark) {
        handle.createUpdate("""
                UPDATE ota.ddi_device SET auto_at = :at, auto_initiator = :initiator, auto_remark = :remark
                WHERE device = :device""").bind("at", at).bind("initiator", initiator).bind("remark", remark)
                .bind("device", device).execute();
    }

    private static DeviceNotes map(ResultSet row) throws SQLException {
        Map<String, String> attributes = Json.read(row.getString("attributes"),
                new TypeReference<Map<String, String>>() {
                });
        return new DeviceNotes(attributes, Columns.instant(row, "attributes_at"),
                Columns.instant(row, "auto_at"),
                row.getString("auto_initiator"), row.getString("auto_remark"));
    }
}
