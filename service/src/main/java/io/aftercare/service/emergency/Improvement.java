package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Columns;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Something that is to be done: in an emergency, or because a drill found something (R80, R82). Tracked until it is done.
///
/// @param emergency the emergency that it belongs to, or null
/// @param drill     the drill that found it, or null
/// @param result    what was done
@JsonInclude(JsonInclude.Include.ALWAYS)
record Improvement(long id, int version, @Nullable Long emergency, @Nullable Long drill, String text,
        @Nullable String owner, @Nullable LocalDate due, Instant openedAt, @Nullable Instant doneAt,
        @Nullable String result) {
    private static final int SHOWN_MAX = 500;
    private static final String SELECT = """
            SELECT id, version, emergency, drill, text, owner, due, opened_at, done_at, result FROM service.improvement""";

    /// What is wanted.
    record Wish(String text, @Nullable String owner, @Nullable LocalDate due) {}

    static void add(Handle handle, @Nullable Long emergency, @Nullable Long drill, Wish wish, Instant now) {
        handle.createUpdate("""
                INSERT INTO service.improvement (emergency, drill, text, owner, due, opened_at)
                VALUES (:emergency, :drill, :text, :owner, :due, :now)""").bind("emergency", emergency)
                .bind("drill", drill).bind("text", wish.text()).bind("owner", wish.owner())
                .bind("due", wish.due()).bind("now", now).execute();
    }

    static List<Improvement> ofEmergency(Handle handle, long emergency) {
        return read(handle, " WHERE emergency = :key ORDER BY id LIMIT " + SHOWN_MAX, emergency);
    }

    static List<Improvement> ofDrill(Handle handle, long drill) {
        return read(handle, " WHERE drill = :key ORDER BY id LIMIT " + SHOWN_MAX, drill);
    }

    /// Those that are not done, after an id.
    static List<Improvement> open(Handle handle, long after, int limit) {
        return read(handle, " WHERE done_at IS NULL AND id > :key ORDER BY id LIMIT " + limit, after);
    }

    static Optional<Improvement> lock(Handle handle, long id) {
        return read(handle, " WHERE id = :key FOR UPDATE", id).stream().findFirst();
    }

    /// Marks one that this transaction has locked as done.
    static Improvement done(Handle handle, Improvement before, String result, Instant now) {
        if (before.doneAt() != null) {
            throw Problem.conflict("Action " + before.id() + " is done already");
        }
        handle.createUpdate(
                """
                        UPDATE service.improvement SET version = version + 1, done_at = :now, result = :result WHERE id = :id""")
                .bind("now", now).bind("result", result).bind("id", before.id()).execute();
        return lock(handle, before.id()).orElseThrow();
    }

    private static List<Improvement> read(Handle handle, String where, long key) {
        return handle.createQuery(SELECT + where).bind("key", key)
                .map((row, _) -> new Improvement(row.getLong("id"), row.getInt("version"),
                        row.getObject("emergency", Long.class), row.getObject("drill", Long.class),
                        row.getString("text"), row.getString("owner"), row.getObject("due", LocalDate.class),
                        row.getTimestamp("opened_at").toInstant(),
                        Columns.instant(row, "done_at"),
                        row.getString("result")))
                .list();
    }
}
