package io.aftercare.service.notice;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.text.Language;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Notices in the database. Works in the caller's transaction.
final class NoticeStore {
    private static final String SELECT = """
            SELECT id, ticket, audience, addressee, channel, template, language, params, state, reason,
                attempts, created_at, due_at, sent_at, read_at FROM service.notice\s""";

    private NoticeStore() {}

    /// A notice to be.
    ///
    /// @param key makes it unique
    record Draft(String key, @Nullable Long ticket, String audience, String addressee, String channel,
            String template, Language language, JsonNode params, NoticeState state, String reason,
            Instant dueAt) {}

    /// @return its id; empty where the key was there already
    static Optional<Long> add(Handle handle, Draft draft, Instant now) {
        return handle.createQuery("""
                INSERT INTO service.notice (key, ticket, audience, addressee, channel, template, language,
                    params, state, reason, created_at, due_at, sent_at)
                VALUES (:key, :ticket, :audience, :addressee, :channel, :template, :language, :params::jsonb,
                    :state, :reason, :now, :due, CASE WHEN :state = 'sent' THEN :now::timestamptz END)
                ON CONFLICT (key) DO NOTHING RETURNING id""").bind("key", draft.key())
                .bind("ticket", draft.ticket()).bind("audience", draft.audience())
                .bind("addressee", draft.addressee()).bind("channel", draft.channel())
                .bind("template", draft.template()).bind("language", draft.language().text())
                .bind("params", Json.text(draft.params())).bind("state", draft.state().text())
                .bind("reason", draft.reason()).bind("now", now).bind("due", draft.dueAt())
                .mapTo(Long.class).findOne();
    }

    /// Takes the next notice that is due; it comes again at `again` unless [#end] says otherwise.
    static Optional<Notice> claim(Handle handle, Instant now) {
        Optional<Notice> due = handle.createQuery(SELECT + """
                WHERE state = 'queued' AND due_at <= :now ORDER BY due_at, id LIMIT 1
                FOR UPDATE SKIP LOCKED""").bind("now", now).map((row, _) -> notice(row)).findOne();
        due.ifPresent(notice -> handle.createUpdate("""
                UPDATE service.notice SET attempts = attempts + 1, due_at = :again WHERE id = :id""")
                .bind("again", now.plus(NoticeConfig.pause(notice.attempts() + 1))).bind("id", notice.id())
                .execute());
        return due;
    }

    /// Puts a notice off without counting an attempt.
    static void postpone(Handle handle, long id, Instant until, String reason) {
        handle.createUpdate(
                """
                        UPDATE service.notice SET due_at = :until, reason = :reason, attempts = greatest(attempts - 1, 0)
                        WHERE id = :id AND state = 'queued'""")
                .bind("until", until).bind("reason", reason)
                .bind("id", id).execute();
    }

    /// Says why the last attempt failed; the next one is due already.
    static void failing(Handle handle, long id, String reason) {
        handle.createUpdate("UPDATE service.notice SET reason = :reason WHERE id = :id AND state = 'queued'")
                .bind("reason", reason).bind("id", id).execute();
    }

    /// @return whether it was waiting until now
    static boolean end(Handle handle, long id, NoticeState state, String reason, Instant now) {
        return handle.createUpdate("""
                UPDATE service.notice SET state = :state, reason = :reason,
                    sent_at = CASE WHEN :state = 'sent' THEN :now::timestamptz END
                WHERE id = :id AND state = 'queued'""").bind("state", state.text()).bind("reason", reason)
                .bind("now", now).bind("id", id).execute() == 1;
    }

    /// Lets a notice that failed or was held back be tried again from the start.
    static boolean again(Handle handle, long id, Instant now) {
        return handle.createUpdate("""
                UPDATE service.notice SET state = 'queued', reason = '', attempts = 0, due_at = :now
                WHERE id = :id AND state IN ('failed', 'suppressed')""").bind("id", id).bind("now", now)
                .execute() == 1;
    }

    /// Lets everything be tried again that was held back for this reason since `since`.
    static int again(Handle handle, String reason, Instant since, Instant now) {
        return handle.createUpdate("""
                UPDATE service.notice SET state = 'queued', reason = '', attempts = 0, due_at = :now
                WHERE state = 'suppressed' AND reason = :reason AND created_at > :since""")
                .bind("reason", reason).bind("since", since).bind("now", now).execute();
    }

    static boolean markRead(Handle handle, long id, String name, Instant now) {
        return handle.createUpdate("""
                UPDATE service.notice SET read_at = coalesce(read_at, :now)
                WHERE id = :id AND addressee = :name AND audience = 'staff' AND channel = 'app'""")
                .bind("id", id).bind("name", name).bind("now", now).execute() == 1;
    }

    static Optional<Notice> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE id = :id").bind("id", id).map((row, _) -> notice(row))
                .findOne();
    }

    static List<Notice> ofTicket(Handle handle, long ticket, int max) {
        return handle.createQuery(SELECT + """
                WHERE ticket = :ticket AND audience = 'customer' ORDER BY id DESC LIMIT :max""")
                .bind("ticket", ticket).bind("max", max).map((row, _) -> notice(row)).list();
    }

    static List<Notice> mine(Handle handle, String name, boolean unread, long before, int limit) {
        return handle.createQuery(SELECT + """
                WHERE addressee = :name AND audience = 'staff' AND channel = 'app' AND id < :before
                    AND (NOT :unread OR read_at IS NULL) ORDER BY id DESC LIMIT :limit""")
                .bind("name", name).bind("unread", unread).bind("before", before).bind("limit", limit)
                .map((row, _) -> notice(row)).list();
    }

    static List<Notice> all(Handle handle, @Nullable String state, long before, int limit) {
        return handle.createQuery(
                SELECT + """
                        WHERE id < :before AND (:state::text IS NULL OR state = :state) ORDER BY id DESC LIMIT :limit""")
                .bind("state", state).bind("before", before).bind("limit", limit)
                .map((row, _) -> notice(row)).list();
    }

    /// How many letters an addressee got since then.
    static int sentSince(Handle handle, String addressee, Instant since) {
        return handle.createQuery("""
                SELECT count(*) FROM service.notice
                WHERE addressee = :addressee AND channel = 'mail' AND state = 'sent' AND sent_at > :since""")
                .bind("addressee", addressee).bind("since", since).mapTo(Integer.class).one();
    }

    private static Notice notice(ResultSet row) throws SQLException {
        return new Notice(row.getLong("id"), row.getObject("ticket", Long.class), row.getString("audience"),
                row.getString("addressee"), row.getString("channel"), row.getString("template"),
                Language.of(row.getString("language")), Json.parse(row.getString("params")),
                NoticeState.parse(row.getString("state")).orElseThrow(), row.getString("reason"),
                row.getInt("attempts"), row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("due_at").toInstant(), Columns.instant(row, "sent_at"),
                Columns.instant(row, "read_at"));
    }
}
