package io.aftercare.service.warranty;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.warranty.Facts.Finding;
import io.aftercare.service.warranty.Facts.Origin;
import io.aftercare.service.warranty.Facts.Part;
import io.aftercare.service.warranty.Facts.Swap;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Gathers what is known of a device for [Coverage]. Works in the caller's transaction.
final class DeviceFacts {
    private DeviceFacts() {}

    /// @param policy the one that the product names for itself, null for none
    record Known(Facts facts, @Nullable String policy) {
        /// With what a customer said of the purchase, where nothing else is known of it.
        Known told(@Nullable LocalDate purchased, @Nullable String proof) {
            Origin known = facts.origin();
            Origin more = new Origin(known.purchased() == null ? purchased : known.purchased(),
                    known.recorded(), known.proof() == null ? proof : known.proof(), known.activated(),
                    known.produced());
            return new Known(facts.with(more), policy);
        }
    }

    private record Row(String model, String region, String customer, @Nullable String policy) {}

    /// Empty where there is no such device.
    static Optional<Known> find(Handle handle, DeviceId id, Part part) {
        Optional<Row> device = handle.createQuery("""
                SELECT d.model, d.region, d.customer, p.document #>> '{warranty,policy}' FROM fleet.device d
                JOIN fleet.product p ON p.model = d.model WHERE d.id = :id""").bind("id", id)
                .map((row, _) -> new Row(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4)))
                .findOne();
        return device.map(row -> new Known(new Facts(id, row.model(), row.region(), row.customer(),
                origin(handle, root(handle, id)), part, swap(handle, id, "new_device", "old_device"),
                swap(handle, id, "old_device", "new_device"), findings(handle, id)), row.policy()));
    }

    /// What a device was bought as: the first of the chain of exchanges that ends with it.
    private static DeviceId root(Handle handle, DeviceId id) {
        return handle
                .createQuery(
                        """
                                WITH RECURSIVE chain (device, depth) AS (
                                    SELECT :id::text, 0 UNION ALL
                                    SELECT e.old_device, depth + 1 FROM chain JOIN service.exchange e ON e.new_device = chain.device
                                    WHERE depth < 100)
                                SELECT device FROM chain ORDER BY depth DESC LIMIT 1""")
                .bind("id", id).mapTo(String.class)
                .map(DeviceId::new).one();
    }

    private static Origin origin(Handle handle, DeviceId id) {
        return handle
                .createQuery(
                        """
                                SELECT coalesce(d.purchased, w.purchased), d.purchased IS NOT NULL, w.proof, w.activated, w.produced
                                FROM fleet.device d
                                LEFT JOIN service.warranty_register w ON w.device = d.id WHERE d.id = :id""")
                .bind("id", id)
                .map((row, _) -> new Origin(row.getObject(1, LocalDate.class), row.getBoolean(2),
                        row.getString(3), row.getObject(4, LocalDate.class),
                        row.getObject(5, LocalDate.class)))
                .findOne().orElse(Origin.UNKNOWN);
    }

    private static @Nullable Swap swap(Handle handle, DeviceId id, String mine, String other) {
        return handle
                .createQuery("SELECT " + other + ", at FROM service.exchange WHERE " + mine + " = :id")
                .bind("id", id)
                .map((row, _) -> new Swap(new DeviceId(row.getString(1)), row.getTimestamp(2).toInstant()))
                .findOne().orElse(null);
    }

    private static List<Finding> findings(Handle handle, DeviceId id) {
        return handle.createQuery("""
                SELECT exclusion, at, component, ticket FROM service.warranty_finding
                WHERE device = :id AND withdrawn_at IS NULL ORDER BY at, id""").bind("id", id)
                .map((row, _) -> new Finding(Exclusion.parse(row.getString(1)).orElseThrow(),
                        row.getTimestamp(2).toInstant(), row.getString(3), ticket(row)))
                .list();
    }

    private static @Nullable Long ticket(ResultSet row) throws SQLException {
        long ticket = row.getLong("ticket");
        return row.wasNull() ? null : ticket;
    }
}
