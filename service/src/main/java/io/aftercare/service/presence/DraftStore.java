package io.aftercare.service.presence;

import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// One draft a person and case. Works in the caller's transaction.
final class DraftStore {
    private static final String SELECT = """
            SELECT text, version, updated_at FROM service.draft WHERE ticket = :ticket AND person = :person""";

    private DraftStore() {}

    static Optional<Draft> find(Handle handle, long ticket, String person) {
        return select(handle, SELECT, ticket, person);
    }

    static Optional<Draft> lock(Handle handle, long ticket, String person) {
        return select(handle, SELECT + " FOR UPDATE", ticket, person);
    }

    static Draft put(Handle handle, long ticket, String person, String text, Instant now) {
        handle.createUpdate(
                """
                        INSERT INTO service.draft AS d (ticket, person, text, updated_at)
                        VALUES (:ticket, :person, :text, :now) ON CONFLICT (ticket, person)
                        DO UPDATE SET text = excluded.text, updated_at = excluded.updated_at, version = d.version + 1""")
                .bind("ticket", ticket).bind("person", person).bind("text", text).bind("now", now).execute();
        return find(handle, ticket, person).orElseThrow();
    }

    static void delete(Handle handle, long ticket, String person) {
        handle.createUpdate("DELETE FROM service.draft WHERE ticket = :ticket AND person = :person")
                .bind("ticket", ticket).bind("person", person).execute();
    }

    private static Optional<Draft> select(Handle handle, String sql, long ticket, String person) {
        return handle.createQuery(sql).bind("ticket", ticket).bind("person", person)
                .map((row, _) -> new Draft(row.getString(1), row.getInt(2), row.getTimestamp(3).toInstant()))
                .findOne();
    }
}
