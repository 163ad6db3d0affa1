package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Parts of devices in the database. Works in the caller's transaction.
final class ComponentStore {
    private static final String COLUMNS = """
            SELECT id, version, device, serial, part, class, origin, state, fitted_at, removed_at, ticket
            FROM service.component\s""";

    private ComponentStore() {}

    /// Adds a part that was fitted.
    ///
    /// @param ticket the case of the repair, null for a part that the device was made with
    /// @return empty where a part of this serial is fitted somewhere already
    static Optional<Component> fit(Handle handle, DeviceId device, String serial, String part,
            ComponentClass kind, Instant at, @Nullable Long ticket, boolean repair) {
        return handle.createQuery(
                """
                        INSERT INTO service.component (device, serial, part, class, origin, state, fitted_at, ticket)
                        VALUES (:device, :serial, :part, :class, :origin, 'fitted', :at, :ticket)
                        ON CONFLICT (part, serial) WHERE state = 'fitted' DO NOTHING
                        RETURNING id, version, device, serial, part, class, origin, state, fitted_at, removed_at, ticket""")
                .bind("device", device).bind("serial", serial).bind("part", part).bind("class", kind.text())
                .bind("origin", (repair ? Component.Origin.REPAIR : Component.Origin.MADE).text())
                .bind("at", at).bind("ticket", ticket).map((row, _) -> map(row)).findOne();
    }

    /// All of one device, those that are in it first.
    static List<Component> of(Handle handle, DeviceId device) {
        return handle
                .createQuery(COLUMNS + "WHERE device = :device ORDER BY state = 'fitted' DESC, id LIMIT 1000")
                .bind("device", device).map((row, _) -> map(row)).list();
    }

    static List<Component> bySerial(Handle handle, DeviceId device, String serial) {
        return handle.createQuery(COLUMNS
                + "WHERE device = :device AND serial = :serial ORDER BY state = 'fitted' DESC, id DESC LIMIT 1")
                .bind("device", device).bind("serial", serial).map((row, _) -> map(row)).list();
    }

    static Optional<Component> lock(Handle handle, DeviceId device, long id) {
        return handle.createQuery(COLUMNS + "WHERE device = :device AND id = :id FOR UPDATE")
                .bind("device", device).bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static Component move(Handle handle, Component component, Component.State to, Instant at) {
        return handle.createQuery(
                """
                        UPDATE service.component SET state = :to, removed_at = coalesce(removed_at, :at), version = version + 1
                        WHERE id = :id
                        RETURNING id, version, device, serial, part, class, origin, state, fitted_at, removed_at, ticket""")
                .bind("to", to.text()).bind("at", at).bind("id", component.id()).map((row, _) -> map(row))
                .one();
    }

    private static Component map(ResultSet row) throws SQLException {
        long ticket = row.getLong("ticket");
        return new Component(row.getLong("id"), row.getInt("version"), new DeviceId(row.getString("device")),
                row.getString("serial"), row.getString("part"),
                ComponentClass.parse(row.getString("class")).orElseThrow(),
                Component.Origin.parse(row.getString("origin")).orElseThrow(),
                Component.State.parse(row.getString("state")).orElseThrow(),
                row.getTimestamp("fitted_at").toInstant(), Columns.instant(row, "removed_at"),
                ticket == 0 ? null : ticket);
    }
}
