package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jspecify.annotations.Nullable;

/// What happened to a case, in the order in which it became known. Only ever added to.
final class Timeline {
    /// Enough for any case that people still read; the newest are shown.
    private static final int ENTRIES_MAX = 1000;

    private Timeline() {}

    /// An entry as it is read.
    record Entry(long id, Instant at, String kind, String actor, String text, @Nullable JsonNode data) {}

    static void add(Handle handle, long ticket, Actor actor, List<Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        PreparedBatch batch = handle.prepareBatch("""
                INSERT INTO service.timeline (ticket, at, kind, actor, text, data)
                VALUES (:ticket, :at, :kind, :actor, :text, :data::jsonb)""");
        for (Note note : notes) {
            batch.bind("ticket", ticket).bind("at", note.at()).bind("kind", note.kind())
                    .bind("actor", actor.name()).bind("text", note.text())
                    .bind("data", note.data() == null ? null : Json.text(note.data())).add();
        }
        batch.execute();
    }

    static List<Entry> of(Handle handle, long ticket) {
        return handle
                .createQuery(
                        """
                                SELECT id, at, kind, actor, text, data FROM (
                                    SELECT * FROM service.timeline WHERE ticket = :ticket ORDER BY id DESC LIMIT :limit) newest
                                ORDER BY id""")
                .bind("ticket", ticket).bind("limit", ENTRIES_MAX)
                .map((row, _) -> new Entry(row.getLong(1), row.getTimestamp(2).toInstant(), row.getString(3),
                        row.getString(4), row.getString(5),
                        row.getString(6) == null ? null : Json.parse(row.getString(6))))
                .list();
    }
}
