package io.aftercare.service.supplier;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// Suppliers in the database. Works in the caller's transaction.
final class Suppliers {
    private static final String SELECT = "SELECT id, version, name, lead_days, lead_deviation, warranty_days, active"
            + " FROM service.supplier";

    private Suppliers() {}

    static Optional<Supplier> find(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = :id").bind("id", id).map((row, _) -> supplier(row))
                .findOne();
    }

    static Optional<Supplier> lock(Handle handle, String id) {
        return handle.createQuery(SELECT + " WHERE id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> supplier(row)).findOne();
    }

    /// By id, after an id.
    static List<Supplier> list(Handle handle, String after, int limit) {
        return handle.createQuery(SELECT + " WHERE id > :after ORDER BY id LIMIT :limit").bind("after", after)
                .bind("limit", limit).map((row, _) -> supplier(row)).list();
    }

    /// @return whether the id was free
    static boolean insert(Handle handle, Supplier supplier, Instant now) {
        return bind(handle.createUpdate(
                """
                        INSERT INTO service.supplier (id, name, lead_days, lead_deviation, warranty_days, active, created_at)
                        VALUES (:id, :name, :lead, :deviation, :warranty, :active, :now) ON CONFLICT DO NOTHING"""),
                supplier).bind("now", now).execute() == 1;
    }

    static Supplier update(Handle handle, Supplier supplier) {
        bind(handle.createUpdate("""
                UPDATE service.supplier SET version = version + 1, name = :name, lead_days = :lead,
                    lead_deviation = :deviation, warranty_days = :warranty, active = :active
                WHERE id = :id"""), supplier).execute();
        return supplier.at(supplier.version() + 1);
    }

    /// What was fitted of the parts that this supplier delivers, by part and supplier; failed within the supplier's warranty.
    static List<Evaluation.Count> fitted(Handle handle, String supplier) {
        return handle
                .createQuery(
                        """
                                SELECT f.part, f.supplier, sum(f.quantity)::int, coalesce(sum(f.quantity) FILTER (WHERE f.failed
                                    AND f.removed_at <= f.fitted_at + s.warranty_days * interval '1 day'), 0)::int
                                FROM service.fitting f JOIN service.supplier s ON s.id = f.supplier
                                WHERE f.part IN (SELECT part FROM service.fitting WHERE supplier = :supplier)
                                GROUP BY f.part, f.supplier ORDER BY f.part, f.supplier""")
                .bind("supplier", supplier)
                .map((row, _) -> new Evaluation.Count(row.getString(1), row.getString(2), row.getInt(3),
                        row.getInt(4)))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Supplier supplier) {
        return statement.bind("id", supplier.id()).bind("name", supplier.name())
                .bind("lead", supplier.leadDays()).bind("deviation", supplier.leadDeviation())
                .bind("warranty", supplier.warrantyDays()).bind("active", supplier.active());
    }

    private static Supplier supplier(ResultSet row) throws SQLException {
        return new Supplier(row.getString(1), row.getInt(2), row.getString(3), row.getInt(4),
                row.getBigDecimal(5), row.getInt(6), row.getBoolean(7));
    }
}
