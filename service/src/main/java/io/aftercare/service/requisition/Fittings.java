package io.aftercare.service.requisition;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.stock.Movement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Parts in devices, in the database. Works in the caller's transaction.
final class Fittings {
    private Fittings() {}

    static void insert(Handle handle, Requisition of, String device, String serial, Movement movement) {
        handle.createUpdate(
                """
                        INSERT INTO service.fitting (requisition, ticket, device, part, batch, serial, quantity, supplier,
                            movement, fitted_by, fitted_at)
                        SELECT :requisition, :ticket, :device, p.code, :batch, :serial, :quantity,
                            coalesce(b.supplier, p.supplier), :movement, :by, :at
                        FROM service.part p LEFT JOIN service.part_batch b ON b.part = p.code AND b.batch = :batch
                        WHERE p.code = :part""")
                .bind("requisition", of.id()).bind("ticket", of.ticket())
                .bind("device", device).bind("part", movement.part()).bind("batch", movement.batch())
                .bind("serial", serial).bind("quantity", movement.quantity()).bind("movement", movement.id())
                .bind("by", movement.actor()).bind("at", movement.at()).execute();
    }

    static List<Fitting> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT * FROM service.fitting WHERE ticket = :ticket ORDER BY id")
                .bind("ticket", ticket).map((row, _) -> fitting(row)).list();
    }

    /// The fitting, and nobody else changes it before the end of the transaction.
    static Optional<Fitting> lock(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.fitting WHERE id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> fitting(row)).findOne();
    }

    static void remove(Handle handle, long id, String why, boolean failed, String by, Instant now) {
        handle.createUpdate(
                """
                        UPDATE service.fitting SET removed_at = :now, removed_by = :by, removal = :why, failed = :failed
                        WHERE id = :id""")
                .bind("id", id).bind("now", now).bind("by", by).bind("why", why)
                .bind("failed", failed).execute();
    }

    private static Fitting fitting(ResultSet row) throws SQLException {
        Instant removed = Columns.instant(row, "removed_at");
        boolean failed = row.getBoolean("failed");
        return new Fitting(row.getLong("id"), row.getLong("requisition"), row.getLong("ticket"),
                row.getString("device"), row.getString("part"), row.getString("batch"),
                row.getString("serial"),
                row.getInt("quantity"), row.getString("supplier"), row.getLong("movement"),
                row.getString("fitted_by"), row.getTimestamp("fitted_at").toInstant(),
                removed, row.getString("removal"),
                removed == null ? null : failed);
    }
}
