package io.aftercare.service.requisition;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.requisition.Requisition.Line;
import io.aftercare.service.requisition.Requisition.Shipment;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Requisitions in the database. Works in the caller's transaction.
final class RequisitionStore {
    private static final TypeReference<List<Line>> LINES = new TypeReference<>() {
    };
    private static final TypeReference<Shipment> SHIPMENT = new TypeReference<>() {
    };

    private RequisitionStore() {}

    static Optional<Requisition> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.requisition WHERE id = :id").bind("id", id)
                .map((row, _) -> requisition(row)).findOne();
    }

    /// The requisition, and nobody else changes it before the end of the transaction.
    static Optional<Requisition> lock(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.requisition WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, _) -> requisition(row)).findOne();
    }

    static List<Requisition> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT * FROM service.requisition WHERE ticket = :ticket ORDER BY id")
                .bind("ticket", ticket).map((row, _) -> requisition(row)).list();
    }

    /// The newest first; a partner those of its outlet's devices.
    static Page<Requisition> list(Handle handle, Request request) {
        int limit = request.limit();
        List<Requisition> rows = handle.createQuery("""
                SELECT r.* FROM service.requisition r JOIN service.ticket t ON t.id = r.ticket
                WHERE (:state = '' OR r.state = ANY(string_to_array(:state, ',')))
                    AND (:ticket = '' OR r.ticket::text = :ticket)
                    AND (:requester = '' OR r.requester = :requester) AND r.id < :before
                    AND (NOT :partner OR EXISTS (SELECT 1 FROM fleet.device d
                        WHERE d.id = t.device AND d.outlet = :outlet AND d.outlet <> ''))
                ORDER BY r.id DESC LIMIT :limit""").bind("state", request.query("state").orElse(""))
                .bind("ticket", request.query("ticket").orElse("").replaceFirst("^[Tt]-0*", ""))
                .bind("requester", request.query("requester").orElse(""))
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE))
                .bind("partner", request.principal().has(Role.PARTNER))
                .bind("outlet", request.principal().outlet()).bind("limit", limit + 1)
                .map((row, _) -> requisition(row)).list();
        return Page.of(rows, limit, requisition -> String.valueOf(requisition.id()));
    }

    static Requisition insert(Handle handle, Requisition fresh) {
        long id = handle.createUpdate(
                """
                        INSERT INTO service.requisition (ticket, work_order, state, source, target, requester, created_at,
                            state_since, lines)
                        VALUES (:ticket, :order, :state, :from, :to, :requester, :now, :now, :lines::jsonb)""")
                .bind("ticket", fresh.ticket()).bind("order", fresh.workOrder())
                .bind("state", fresh.state().text()).bind("from", fresh.from()).bind("to", fresh.to())
                .bind("requester", fresh.requester()).bind("now", fresh.createdAt())
                .bind("lines", Json.text(fresh.lines())).executeAndReturnGeneratedKeys("id").mapTo(Long.class)
                .one();
        return find(handle, id).orElseThrow();
    }

    static Requisition update(Handle handle, Requisition changed) {
        Shipment shipment = changed.shipment();
        handle.createUpdate("""
                UPDATE service.requisition SET version = version + 1, state = :state, state_since = :since,
                    approver = :approver, reason = :reason, lines = :lines::jsonb, shipment = :shipment::jsonb
                WHERE id = :id""").bind("id", changed.id()).bind("state", changed.state().text())
                .bind("since", changed.since()).bind("approver", changed.approver())
                .bind("reason", changed.reason()).bind("lines", Json.text(changed.lines()))
                .bind("shipment", shipment == null ? null : Json.text(shipment)).execute();
        return changed.at(changed.version() + 1);
    }

    private static Requisition requisition(ResultSet row) throws SQLException {
        Instant since = row.getTimestamp("state_since").toInstant();
        String shipment = row.getString("shipment");
        return new Requisition(row.getLong("id"), row.getInt("version"), row.getLong("ticket"),
                row.getString("work_order"), RequisitionState.parse(row.getString("state")).orElseThrow(),
                row.getString("source"), row.getString("target"), row.getString("requester"),
                row.getString("approver"), row.getString("reason"),
                row.getTimestamp("created_at").toInstant(), since,
                Json.read(row.getString("lines"), LINES),
                shipment == null ? null : Json.read(shipment, SHIPMENT));
    }
}
