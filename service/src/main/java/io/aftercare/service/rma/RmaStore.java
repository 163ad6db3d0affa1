package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Returns in the database. Works in the caller's transaction.
final class RmaStore {
    private static final String SELECT = """
            SELECT id, version, ticket, type, state, since, device, reason, requester, requested_at, claim, burden,
                new_device, advance, way, compensation, refund, approver, note, inspection, handover FROM service.rma\s""";

    private RmaStore() {}

    /// What a list asks for; null means all.
    record Wanted(@Nullable Long ticket, @Nullable List<String> states, @Nullable String type,
            @Nullable String outlet) {}

    /// @return its id; empty where the device comes back already
    static Optional<Long> insert(Handle handle, Rma rma) {
        return bind(handle.createQuery(
                """
                        INSERT INTO service.rma (ticket, type, state, since, device, reason, requester, requested_at, claim,
                            burden, new_device, advance, way, compensation, refund, approver, note, inspection, handover)
                        VALUES (:ticket, :type, :state, :since, :device, :reason, :requester, :requested, :claim::jsonb,
                            :burden::jsonb, :new, :advance, :way, :compensation, :refund, :approver, :note,
                            :inspection::jsonb, :handover::jsonb)
                        ON CONFLICT (device) WHERE state NOT IN ('closed', 'rejected', 'cancelled') DO NOTHING RETURNING id"""),
                rma)
                .bind("ticket", rma.ask().ticket()).bind("type", rma.ask().type().text())
                .bind("device", rma.ask().device()).bind("reason", rma.ask().reason())
                .bind("requester", rma.ask().requester()).bind("requested", rma.ask().requestedAt())
                .mapTo(Long.class).findOne();
    }

    /// Writes what became of a return, with its next version.
    static Rma update(Handle handle, Rma before, Rma after) {
        bind(handle.createUpdate(
                """
                        UPDATE service.rma SET version = version + 1, state = :state, since = :since, claim = :claim::jsonb,
                            burden = :burden::jsonb, new_device = :new, advance = :advance, way = :way,
                            compensation = :compensation, refund = :refund, approver = :approver, note = :note,
                            inspection = :inspection::jsonb, handover = :handover::jsonb
                        WHERE id = :id"""),
                after).bind("id", after.id()).execute();
        after.shipments().stream().skip(before.shipments().size())
                .forEach(one -> insert(handle, after.id(), one));
        after.receipts().stream().skip(before.receipts().size())
                .forEach(one -> insert(handle, after.id(), one));
        return find(handle, after.id(), false).orElseThrow();
    }

    /// @param lock that nobody else changes it before the end of the transaction
    static Optional<Rma> find(Handle handle, long id, boolean lock) {
        return handle.createQuery(SELECT + "WHERE id = :id" + (lock ? " FOR UPDATE" : "")).bind("id", id)
                .map((row, _) -> map(row, shipments(handle, id), receipts(handle, id))).findOne();
    }

    /// The newest first.
    ///
    /// @param below ids lower than this
    static List<Rma> list(Handle handle, Wanted wanted, long below, int limit) {
        List<Long> ids = handle.createQuery(
                """
                        SELECT r.id FROM service.rma r LEFT JOIN fleet.device d ON d.id = r.device
                        WHERE r.id < :below AND (:ticket::bigint IS NULL OR r.ticket = :ticket)
                        AND (:states::text[] IS NULL OR r.state = ANY(:states)) AND (:type::text IS NULL OR r.type = :type)
                        AND (:outlet::text IS NULL OR d.outlet = :outlet) ORDER BY r.id DESC LIMIT :limit""")
                .bind("below", below).bind("ticket", wanted.ticket())
                .bind("states", wanted.states() == null ? null : wanted.states().toArray(String[]::new))
                .bind("type", wanted.type()).bind("outlet", wanted.outlet()).bind("limit", limit)
                .mapTo(Long.class).list();
        return ids.stream().flatMap(id -> find(handle, id, false).stream()).toList();
    }

    /// Whether some other return has this device as its new one.
    static Optional<String> asNew(Handle handle, DeviceId device, long except) {
        return handle
                .createQuery(
                        """
                                SELECT 'R-' || lpad(id::text, 6, '0') FROM service.rma WHERE new_device = :device AND id <> :except
                                AND state NOT IN ('rejected', 'cancelled') LIMIT 1""")
                .bind("device", device)
                .bind("except", except).mapTo(String.class).findOne();
    }

    /// Whether the device itself comes back.
    static Optional<String> asOld(Handle handle, DeviceId device) {
        return handle.createQuery("""
                SELECT 'R-' || lpad(id::text, 6, '0') FROM service.rma WHERE device = :device
                AND state NOT IN ('closed', 'rejected', 'cancelled') LIMIT 1""").bind("device", device)
                .mapTo(String.class).findOne();
    }

    private static void insert(Handle handle, long rma, Shipment one) {
        handle.createUpdate(
                """
                        INSERT INTO service.rma_shipment (rma, inbound, device, carrier, tracking, cost, payer, sent_by, sent_at)
                        VALUES (:rma, :inbound, :device, :carrier, :tracking, :cost, :payer, :by, :at)""")
                .bind("rma", rma).bind("inbound", one.inbound()).bind("device", one.device())
                .bind("carrier", one.carrier()).bind("tracking", one.tracking()).bind("cost", one.cost())
                .bind("payer", one.payer().text()).bind("by", one.sentBy()).bind("at", one.sentAt())
                .execute();
    }

    private static void insert(Handle handle, long rma, Receipt one) {
        handle.createUpdate("""
                INSERT INTO service.rma_receipt (rma, serial, matches, condition, taken_by, at)
                VALUES (:rma, :serial, :matches, :condition, :by, :at)""").bind("rma", rma)
                .bind("serial", one.serial()).bind("matches", one.matches())
                .bind("condition", one.condition()).bind("by", one.takenBy()).bind("at", one.at()).execute();
    }

    private static List<Shipment> shipments(Handle handle, long rma) {
        return handle
                .createQuery(
                        """
                                SELECT inbound, device, carrier, tracking, cost, payer, sent_by, sent_at FROM service.rma_shipment
                                WHERE rma = :rma ORDER BY id LIMIT 100""")
                .bind("rma", rma)
                .map((row, _) -> new Shipment(row.getBoolean(1), new DeviceId(row.getString(2)),
                        row.getString(3), row.getString(4), row.getBigDecimal(5),
                        Payer.parse(row.getString(6)).orElseThrow(), row.getString(7),
                        row.getTimestamp(8).toInstant()))
                .list();
    }

    private static List<Receipt> receipts(Handle handle, long rma) {
        return handle.createQuery("""
                SELECT serial, matches, condition, taken_by, at FROM service.rma_receipt
                WHERE rma = :rma ORDER BY id LIMIT 100""").bind("rma", rma)
                .map((row, _) -> new Receipt(row.getString(1), row.getBoolean(2), row.getString(3),
                        row.getString(4), row.getTimestamp(5).toInstant()))
                .list();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Rma rma) {
        Rma.Terms terms = rma.terms();
        return statement.bind("state", rma.state().text()).bind("since", rma.since())
                .bind("claim", Json.text(terms.claim())).bind("burden", Json.text(terms.burden()))
                .bind("new", terms.newDevice()).bind("advance", terms.advance())
                .bind("way", terms.way() == null ? null : terms.way().text())
                .bind("compensation", terms.compensation()).bind("refund", terms.refund())
                .bind("approver", terms.approver()).bind("note", terms.note())
                .bind("inspection", rma.inspection() == null ? null : Json.text(rma.inspection()))
                .bind("handover", rma.handover() == null ? null : Json.text(rma.handover()));
    }

    private static Rma map(ResultSet row, List<Shipment> shipments, List<Receipt> receipts)
            throws SQLException {
        String newDevice = row.getString("new_device");
        String way = row.getString("way");
        Rma.Ask ask = new Rma.Ask(row.getLong("ticket"), RmaType.parse(row.getString("type")).orElseThrow(),
                new DeviceId(row.getString("device")), row.getString("reason"), row.getString("requester"),
                row.getTimestamp("requested_at").toInstant());
        Rma.Terms terms = new Rma.Terms(json(row, "claim", Burden.Claim.class),
                json(row, "burden", Burden.class),
                newDevice == null ? null : new DeviceId(newDevice), row.getBoolean("advance"),
                way == null ? null : Way.parse(way).orElseThrow(), row.getBigDecimal("compensation"),
                row.getBigDecimal("refund"), row.getString("approver"), row.getString("note"));
        return new Rma(row.getLong("id"), row.getInt("version"), ask, terms,
                RmaState.parse(row.getString("state")).orElseThrow(),
                row.getTimestamp("since").toInstant(), shipments, receipts,
                row.getString("inspection") == null ? null : json(row, "inspection", Inspection.class),
                row.getString("handover") == null ? null : json(row, "handover", Handover.class));
    }

    private static <T> T json(ResultSet row, String column, Class<T> type) throws SQLException {
        return Json.convert(Json.parse(row.getString(column)), type);
    }
}
