package io.aftercare.service.quote;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.quote.Quote.Decision;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Quotes in the database. Works in the caller's transaction; the case is locked before its quotes are changed.
final class QuoteStore {
    private static final TypeReference<Terms> TERMS = new TypeReference<>() {
    };

    private QuoteStore() {}

    static Optional<Quote> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.quote WHERE id = :id").bind("id", id)
                .map((row, _) -> quote(row)).findOne();
    }

    static List<Quote> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT * FROM service.quote WHERE ticket = :ticket ORDER BY revision")
                .bind("ticket", ticket).map((row, _) -> quote(row)).list();
    }

    /// Sent ones whose time is over.
    static List<Quote> due(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                SELECT * FROM service.quote WHERE state = 'sent' AND valid_until <= :now
                ORDER BY valid_until LIMIT :limit""").bind("now", now).bind("limit", limit)
                .map((row, _) -> quote(row)).list();
    }

    static Quote insert(Handle handle, long ticket, Terms terms, String currency, String by, Instant now) {
        long id = handle
                .createUpdate(
                        """
                                INSERT INTO service.quote (ticket, revision, state, terms, total, currency, created_by, created_at)
                                VALUES (:ticket, 1 + (SELECT coalesce(max(revision), 0) FROM service.quote WHERE ticket = :ticket),
                                    'draft', :terms::jsonb, :total, :currency, :by, :now)""")
                .bind("ticket", ticket)
                .bind("terms", Json.text(terms)).bind("total", terms.total()).bind("currency", currency)
                .bind("by", by).bind("now", now).executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        return find(handle, id).orElseThrow();
    }

    static void update(Handle handle, Quote quote) {
        Decision decision = quote.decision();
        handle.createUpdate(
                """
                        UPDATE service.quote SET version = :version, state = :state, terms = :terms::jsonb, total = :total,
                            sent_at = :sent, valid_until = :until, decided_at = :at, decided_via = :via, decided_by = :by,
                            address_hash = :address, wording = :wording, note = :note
                        WHERE id = :id""")
                .bind("id", quote.id()).bind("version", quote.version())
                .bind("state", quote.state().text()).bind("terms", Json.text(quote.terms()))
                .bind("total", quote.total()).bind("sent", quote.sentAt()).bind("until", quote.validUntil())
                .bind("at", decision == null ? null : decision.at())
                .bind("via", decision == null ? null : decision.via())
                .bind("by", decision == null ? null : decision.by())
                .bind("address", decision == null ? null : decision.addressHash())
                .bind("wording", decision == null ? null : decision.wording())
                .bind("note", decision == null ? null : decision.note()).execute();
    }

    private static Quote quote(ResultSet row) throws SQLException {
        return new Quote(row.getLong("id"), row.getInt("version"), row.getLong("ticket"),
                row.getInt("revision"),
                QuoteState.parse(row.getString("state")).orElseThrow(),
                Json.read(row.getString("terms"), TERMS),
                row.getBigDecimal("total"), row.getString("currency"), row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(), Columns.instant(row, "sent_at"),
                Columns.instant(row, "valid_until"),
                decision(row));
    }

    private static @Nullable Decision decision(ResultSet row) throws SQLException {
        Instant at = Columns.instant(row, "decided_at");
        return at == null
                ? null
                : new Decision(at, row.getString("decided_via"), row.getString("decided_by"),
                        row.getString("address_hash"), row.getString("wording"), row.getString("note"));
    }
}
