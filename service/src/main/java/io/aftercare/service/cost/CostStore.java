package io.aftercare.service.cost;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Entries in the database. Works in the caller's transaction.
final class CostStore {
    private static final String SELECT = """
            SELECT id, version, ticket, kind, amount, basis, text, reference, voucher, department, period, at, state,
                model, region, grade, entered_by, verified_by, verified_at, settled_by, settled_at, reverses
            FROM service.cost_entry
            """;

    private CostStore() {}

    /// @return empty where the same source has told it before
    static Optional<CostEntry> insert(Handle handle, NewCost cost, CostOrigin origin, String period) {
        return handle
                .createUpdate(
                        """
                                INSERT INTO service.cost_entry (ticket, kind, amount, basis, text, reference, voucher, department,
                                    period, at, state, model, region, grade, entered_by, source, reverses)
                                VALUES (:ticket, :kind, :amount, :basis, :text, :reference, :voucher, :department,
                                    :period, :at, 'draft', :model, :region, :grade, :by, :source, :reverses)
                                ON CONFLICT (source) DO NOTHING""")
                .bind("ticket", cost.ticket()).bind("kind", cost.kind().text()).bind("amount", cost.amount())
                .bind("basis", cost.basis()).bind("text", cost.text()).bind("reference", cost.reference())
                .bind("voucher", cost.voucher()).bind("department", cost.department()).bind("period", period)
                .bind("at", cost.at()).bind("model", origin.model()).bind("region", origin.region())
                .bind("grade", origin.grade()).bind("by", cost.enteredBy()).bind("source", cost.source())
                .bind("reverses", cost.reverses())
                .executeAndReturnGeneratedKeys("id").mapTo(Long.class).findOne()
                .flatMap(id -> find(handle, id));
    }

    static Optional<CostEntry> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id").bind("id", id).map((row, _) -> entry(row))
                .findOne();
    }

    static Optional<CostEntry> lock(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> entry(row)).findOne();
    }

    static Optional<String> counterOf(Handle handle, long id) {
        return handle.createQuery("SELECT id::text FROM service.cost_entry WHERE reverses = :id")
                .bind("id", id)
                .mapTo(String.class).findOne();
    }

    /// The newest first.
    static Page<CostEntry> list(Handle handle, Request request, @Nullable Long ticket) {
        int limit = request.limit();
        var rows = handle.createQuery(
                SELECT + """
                        WHERE (:ticket::bigint IS NULL OR ticket = :ticket) AND (:state::text IS NULL OR state = :state)
                           AND (:period::text IS NULL OR period = :period) AND (:kind::text IS NULL OR kind = :kind)
                           AND (:department::text IS NULL OR department = :department)
                           AND (:after::bigint IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit""")
                .bind("ticket", ticket).bind("state", request.query("state").orElse(null))
                .bind("period", request.query("period").orElse(null))
                .bind("kind", request.query("kind").orElse(null))
                .bind("department", request.query("department").orElse(null))
                .bind("after", request.cursorNumber().orElse(null)).bind("limit", limit + 1)
                .map((row, _) -> entry(row)).list();
        return Page.of(rows, limit, CostEntry::id);
    }

    /// The oldest first.
    static List<CostEntry> ofTicket(Handle handle, long ticket) {
        return handle.createQuery(SELECT + "WHERE ticket = :ticket ORDER BY id LIMIT 1000")
                .bind("ticket", ticket)
                .map((row, _) -> entry(row)).list();
    }

    /// Writes what may change, with the next version.
    static CostEntry update(Handle handle, CostEntry entry) {
        long id = Long.parseLong(entry.id());
        handle.createUpdate("""
                UPDATE service.cost_entry SET version = version + 1, amount = :amount, text = :text,
                    voucher = :voucher, department = :department, state = :state, verified_by = :verifiedBy,
                    verified_at = :verifiedAt, settled_by = :settledBy, settled_at = :settledAt
                WHERE id = :id""")
                .bind("amount", entry.amount()).bind("text", entry.text()).bind("voucher", entry.voucher())
                .bind("department", entry.department()).bind("state", entry.state().text())
                .bind("verifiedBy", entry.verifiedBy()).bind("verifiedAt", entry.verifiedAt())
                .bind("settledBy", entry.settledBy()).bind("settledAt", entry.settledAt()).bind("id", id)
                .execute();
        return find(handle, id).orElseThrow();
    }

    private static CostEntry entry(ResultSet row) throws SQLException {
        return new CostEntry(row.getString("id"), row.getInt("version"), row.getString("ticket"),
                CostKind.parse(row.getString("kind")).orElseThrow(), row.getBigDecimal("amount"),
                row.getString("basis"), row.getString("text"), row.getString("reference"),
                row.getString("voucher"), row.getString("department"), row.getString("period"),
                row.getTimestamp("at").toInstant(), CostState.parse(row.getString("state")),
                row.getString("model"), row.getString("region"), row.getString("grade"),
                row.getString("entered_by"), row.getString("verified_by"),
                Columns.instant(row, "verified_at"),
                row.getString("settled_by"), Columns.instant(row, "settled_at"), row.getString("reverses"));
    }
}
