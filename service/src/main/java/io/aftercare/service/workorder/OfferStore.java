package io.aftercare.service.workorder;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Offers in the database. Works in the caller's transaction, with the case locked.
final class OfferStore {
    private static final String COLUMNS = """
            id, version, ticket, remote, options, offered_by, offered_at, choice, chosen_by, chosen_at, work_order""";

    private OfferStore() {}

    static Offer insert(Handle handle, long ticket, String remote, List<Offer.Option> options, String by,
            Instant now) {
        return handle.createQuery("""
                INSERT INTO service.service_offer (ticket, remote, options, offered_by, offered_at)
                VALUES (:ticket, :remote, :options::json, :by, :now) RETURNING\s""" + COLUMNS)
                .bind("ticket", ticket).bind("remote", remote).bind("options", Json.text(options))
                .bind("by", by)
                .bind("now", now).map((row, _) -> offer(row)).one();
    }

    static Offer choose(Handle handle, Offer offer, Offer.Choice choice, String by, long workOrder,
            Instant now) {
        return handle.createQuery("""
                UPDATE service.service_offer SET version = version + 1, choice = :choice, chosen_by = :by,
                    chosen_at = :now, work_order = :order
                WHERE id = :id RETURNING\s""" + COLUMNS).bind("id", offer.id()).bind("choice", choice.text())
                .bind("by", by).bind("now", now).bind("order", workOrder).map((row, _) -> offer(row)).one();
    }

    /// The one that waits for an answer.
    static Optional<Offer> open(Handle handle, long ticket) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM service.service_offer WHERE ticket = :ticket AND choice IS NULL")
                .bind("ticket", ticket)
                .map((row, _) -> offer(row)).findOne();
    }

    /// All of a case, the oldest first.
    static List<Offer> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT " + COLUMNS
                + " FROM service.service_offer WHERE ticket = :ticket ORDER BY id").bind("ticket", ticket)
                .map((row, _) -> offer(row)).list();
    }

    private static Offer offer(ResultSet row) throws SQLException {
        String choice = row.getString("choice");
        long order = row.getLong("work_order");
        Long workOrder = row.wasNull() ? null : order;
        return new Offer(row.getLong("id"), row.getInt("version"), row.getLong("ticket"),
                row.getString("remote"),
                Json.read(row.getString("options"), new TypeReference<List<Offer.Option>>() {
                }),
                row.getString("offered_by"), row.getTimestamp("offered_at").toInstant(),
                choice == null ? null : Offer.Choice.parse(choice).orElseThrow(), row.getString("chosen_by"),
                Columns.instant(row, "chosen_at"), workOrder);
    }
}
