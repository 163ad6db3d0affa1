package io.aftercare.service.quote;

import io.aftercare.service.text.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Consents to the replacement of parts in the database, only ever added to. Works in the caller's transaction.
final class ConsentStore {
    private ConsentStore() {}

    static void add(Handle handle, Consent consent) {
        handle.createUpdate(
                """
                        INSERT INTO service.part_consent (ticket, part, state, at, via, actor, note, wording, address_hash)
                        VALUES (:ticket, :part, :state, :at, :via, :actor, :note, :wording, :address)""")
                .bind("ticket", consent.ticket()).bind("part", consent.part())
                .bind("state", consent.state().text()).bind("at", consent.at()).bind("via", consent.via())
                .bind("actor", consent.actor()).bind("note", consent.note())
                .bind("wording", consent.wording())
                .bind("address", consent.addressHash()).execute();
    }

    /// Everything that was asked and answered in a case, the oldest first.
    static List<Consent> ofTicket(Handle handle, long ticket) {
        return handle.createQuery("SELECT * FROM service.part_consent WHERE ticket = :ticket ORDER BY id")
                .bind("ticket", ticket).map((row, _) -> consent(row)).list();
    }

    /// How it stands for each part that was asked about.
    static List<Consent> current(Handle handle, long ticket) {
        return handle.createQuery("""
                SELECT DISTINCT ON (part) * FROM service.part_consent WHERE ticket = :ticket
                ORDER BY part, id DESC""").bind("ticket", ticket).map((row, _) -> consent(row)).list();
    }

    static Optional<Consent> current(Handle handle, long ticket, String part) {
        return current(handle, ticket).stream().filter(consent -> consent.part().equals(part)).findFirst();
    }

    private static Consent consent(ResultSet row) throws SQLException {
        return new Consent(row.getLong("id"), row.getLong("ticket"), row.getString("part"),
                Kebab.parse(Consent.State.class, row.getString("state")).orElseThrow(),
                row.getTimestamp("at").toInstant(), row.getString("via"), row.getString("actor"),
                row.getString("note"), row.getString("wording"), row.getString("address_hash"));
    }
}
