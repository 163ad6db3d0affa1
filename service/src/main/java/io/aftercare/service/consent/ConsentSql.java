package io.aftercare.service.consent;

import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.text.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind remote consents. Works in the caller's transaction.
final class ConsentSql {
    private ConsentSql() {}

    static long ask(Handle handle, long ticket, ConsentPurpose purpose, Instant until, String why, String by,
            Instant now) {
        return handle.createQuery("""
                INSERT INTO service.remote_consent (ticket, purpose, state, until, why, asked_by, asked_at)
                VALUES (:ticket, :purpose, 'asked', :until, :why, :by, :now) RETURNING id""")
                .bind("ticket", ticket).bind("purpose", purpose.text()).bind("until", until).bind("why", why)
                .bind("by", by).bind("now", now).mapTo(Long.class).one();
    }

    /// How the customer answered.
    record Answer(ConsentState state, String via, String by, Instant at, String note, String wording,
            String sha256, @Nullable String addressHash) {}

    static void answer(Handle handle, long id, Answer answer) {
        handle.createUpdate(
                """
                        UPDATE service.remote_consent SET version = version + 1, state = :state, via = :via, by = :by, at = :at,
                            note = :note, wording = :wording, wording_sha256 = :sha256, address_hash = :address
                        WHERE id = :id""")
                .bind("id", id).bind("state", answer.state().text()).bind("via", answer.via())
                .bind("by", answer.by()).bind("at", answer.at()).bind("note", answer.note())
                .bind("wording", answer.wording()).bind("sha256", answer.sha256())
                .bind("address", answer.addressHash()).execute();
    }

    static void withdraw(Handle handle, long id, String by, Instant now) {
        handle.createUpdate(
                """
                        UPDATE service.remote_consent SET version = version + 1, state = 'withdrawn', withdrawn_by = :by,
                            withdrawn_at = :now WHERE id = :id""")
                .bind("id", id).bind("by", by).bind("now", now)
                .execute();
    }

    /// Everything that was asked in a case, the oldest first.
    static List<RemoteConsent> ofTicket(Handle handle, long ticket) {
        return handle
                .createQuery(
                        "SELECT * FROM service.remote_consent WHERE ticket = :ticket ORDER BY id LIMIT 500")
                .bind("ticket", ticket).map((row, _) -> map(row)).list();
    }

    static Optional<RemoteConsent> newest(Handle handle, long ticket, ConsentPurpose purpose) {
        return handle.createQuery("""
                SELECT * FROM service.remote_consent WHERE ticket = :ticket AND purpose = :purpose
                ORDER BY id DESC LIMIT 1""").bind("ticket", ticket).bind("purpose", purpose.text())
                .map((row, _) -> map(row)).findOne();
    }

    static Optional<RemoteConsent> find(Handle handle, long ticket, long id) {
        return handle
                .createQuery(
                        "SELECT * FROM service.remote_consent WHERE ticket = :ticket AND id = :id FOR UPDATE")
                .bind("ticket", ticket).bind("id", id).map((row, _) -> map(row)).findOne();
    }

    private static RemoteConsent map(ResultSet row) throws SQLException {
        return new RemoteConsent(row.getLong("id"), row.getLong("ticket"), row.getInt("version"),
                ConsentPurpose.of(row.getString("purpose")),
                Kebab.parse(ConsentState.class, row.getString("state")).orElseThrow(),
                Columns.time(row, "until"), row.getString("why"), row.getString("asked_by"),
                Columns.time(row, "asked_at"), row.getString("via"), row.getString("by"),
                Columns.instant(row, "at"), row.getString("note"), row.getString("wording"),
                row.getString("wording_sha256"), row.getString("withdrawn_by"),
                Columns.instant(row, "withdrawn_at"));
    }
}
