package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Actions].
final class ActionSql {
    private static final int AT_ONCE_MAX = 100;
    private static final Duration BY_HTTP_KEPT = Duration.ofDays(1);

    private ActionSql() {}

    /// @return false where there is an action of this key already, and nothing was added
    static boolean insert(Handle handle, Action action) {
        return handle.createUpdate(
                """
                        INSERT INTO remote.action (id, device, name, class, params, ticket, state, why, key, requested_by,
                            decided_by, timeout_seconds, created_at, expires_at, due_at)
                        VALUES (:id, :device, :name, :class, :params, :ticket, :state, :why, :key, :by,
                            :decided, :timeout, :created, :expires, :expires)
                        ON CONFLICT (key) WHERE key IS NOT NULL DO NOTHING""")
                .bind("id", action.id()).bind("device", action.device())
                .bind("name", action.action()).bind("class", action.actionClass().name())
                .bindByType("params", action.params(), JsonNode.class).bind("ticket", action.ticket())
                .bind("state", action.state().text()).bind("why", action.why()).bind("key", action.key())
                .bind("by", action.requestedBy()).bind("decided", action.decidedBy())
                .bind("timeout", action.timeoutSeconds()).bind("created", action.createdAt())
                .bind("expires", action.expires()).execute() == 1;
    }

    /// The action of this key. A key that came by HTTP is void after a day, as its sender was told.
    static Optional<Action> keyed(Handle handle, String key, Instant now) {
        if (key.startsWith(Wish.BY_HTTP)) {
            handle.createUpdate("UPDATE remote.action SET key = NULL WHERE key = :key AND created_at < :void")
                    .bind("key", key).bind("void", now.minus(BY_HTTP_KEPT)).execute();
        }
        return handle.createQuery("SELECT * FROM remote.action WHERE key = :key").bind("key", key)
                .map((row, _) -> map(row)).findOne();
    }

    /// What a transition changes; null leaves as it is, but for `dueAt`.
    ///
    /// @param dueAt when the clock looks at it next, null for never
    record Change(ActionState state, @Nullable String reason, @Nullable String decidedBy,
            @Nullable Instant sentAt, @Nullable Instant dueAt, @Nullable Instant finishedAt,
            @Nullable JsonNode output, @Nullable String error) {
        /// The end, without a word of the device.
        static Change end(ActionState state, Instant at, @Nullable String error) {
            return new Change(state, null, null, null, null, at, null, error);
        }
    }

    static Action update(Handle handle, String id, Change change) {
        return handle.createQuery(
                """
                        UPDATE remote.action SET state = :state, reason = coalesce(:reason, reason),
                            decided_by = coalesce(:decided, decided_by), sent_at = coalesce(sent_at, :sent), due_at = :due,
                            finished_at = coalesce(:finished, finished_at), output = coalesce(:output::jsonb, output),
                            error = coalesce(:error, error), version = version + 1
                        WHERE id = :id RETURNING *""")
                .bind("id", id).bind("state", change.state().text())
                .bind("reason", change.reason()).bind("decided", change.decidedBy())
                .bind("sent", change.sentAt())
                .bind("due", change.dueAt()).bind("finished", change.finishedAt())
                .bind("output", change.output() == null ? null : Json.text(change.output()))
                .bind("error", change.error()).map((row, _) -> map(row)).one();
    }

    static Action late(Handle handle, String id, JsonNode result) {
        return handle.createQuery(
                "UPDATE remote.action SET late_result = :late, version = version + 1 WHERE id = :id RETURNING *")
                .bind("id", id).bindByType("late", result, JsonNode.class).map((row, _) -> map(row)).one();
    }

    /// Forgets what devices answered to some actions for a case.
    static int forget(Handle handle, Collection<String> tickets, Collection<String> names) {
        return handle.createUpdate("""
                UPDATE remote.action SET output = NULL, late_result = NULL, version = version + 1
                WHERE ticket = ANY(:tickets) AND name = ANY(:names)
                    AND (output IS NOT NULL OR late_result IS NOT NULL)""")
                .bindArray("tickets", String.class, tickets.toArray())
                .bindArray("names", String.class, names.toArray()).execute();
    }

    static Optional<Action> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM remote.action WHERE id = :id").bind("id", id)
                .map((row, _) -> map(row)).findOne();
    }

    /// The actions of these ids, the oldest first; nobody else changes them before the end of the transaction.
    static List<Action> lock(Handle handle, List<String> ids) {
        return handle.createQuery(
                "SELECT * FROM remote.action WHERE id = ANY(:ids) ORDER BY place FOR UPDATE")
                .bindArray("ids", String.class, ids).map((row, _) -> map(row)).list();
    }

    static Optional<Action> lock(Handle handle, String id) {
        return lock(handle, List.of(id)).stream().findFirst();
    }

    /// As [#lock], where it is still due.
    static Optional<Action> lockDue(Handle handle, String id, Instant now) {
        return handle.createQuery("SELECT * FROM remote.action WHERE id = :id AND due_at <= :now FOR UPDATE")
                .bind("id", id).bind("now", now).map((row, _) -> map(row)).findOne();
    }

    static List<Action> ofDevice(Handle handle, String device, @Nullable Action after, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.action
                WHERE device = :device AND (:id::text IS NULL OR (created_at, id) < (:at, :id))
                ORDER BY created_at DESC, id DESC LIMIT :limit""").bind("device", device)
                .bind("at", after == null ? Instant.EPOCH : after.createdAt())
                .bind("id", after == null ? null : after.id()).bind("limit", limit)
                .map((row, context) -> map(row)).list();
    }

    /// What waits for the device, the oldest first; with `again` also what it has and has not answered.
    static List<Action> outstanding(Handle handle, String device, Instant now, boolean again) {
        return handle.createQuery("""
                SELECT * FROM remote.action WHERE device = :device AND due_at IS NOT NULL
                    AND (state = 'queued' AND expires_at > :now OR :again AND state = 'sent')
                ORDER BY place LIMIT :limit""").bind("device", device).bind("now", now)
                .bind("again", again).bind("limit", AT_ONCE_MAX).map((row, _) -> map(row)).list();
    }

    /// What was taken back after the device may have got it, and it has not said anything since.
    static List<Action> takenBack(Handle handle, String device, Instant now) {
        return handle
                .createQuery(
                        """
                                SELECT * FROM remote.action WHERE device = :device AND created_at > :oldest
                                    AND state = 'cancelled' AND sent_at IS NOT NULL AND expires_at > :now AND late_result IS NULL
                                ORDER BY place LIMIT :limit""")
                .bind("device", device)
                .bind("oldest", now.minus(Guards.EXPIRES_MAX)).bind("now", now).bind("limit", AT_ONCE_MAX)
                .map((row, _) -> map(row)).list();
    }

    /// Devices for which something waits, in the order of their ids.
    static List<String> waiting(Handle handle, String after, int limit) {
        return handle.createQuery("""
                SELECT DISTINCT device FROM remote.action WHERE state = 'queued' AND device > :after
                ORDER BY device LIMIT :limit""").bind("after", after).bind("limit", limit)
                .mapTo(String.class).list();
    }

    static List<String> due(Handle handle, Instant now, int limit) {
        return handle
                .createQuery(
                        "SELECT id FROM remote.action WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
                .bind("now", now).bind("limit", limit).mapTo(String.class).list();
    }

    static Guards.Recent recent(Handle handle, String device, String person, Instant since) {
        return handle.createQuery("""
                SELECT (SELECT count(*) FROM remote.action WHERE device = :device AND created_at > :since),
                    (SELECT count(*) FROM remote.action WHERE requested_by = :person AND created_at > :since
                        AND (key IS NULL OR key LIKE :hand)),
                    (SELECT count(*) FROM remote.action WHERE created_at > :since)""").bind("device", device)
                .bind("person", person).bind("since", since).bind("hand", Wish.BY_HTTP + "%")
                .map((row, _) -> new Guards.Recent(row.getInt(1), row.getInt(2), row.getInt(3))).one();
    }

    private static Action map(ResultSet row) throws SQLException {
        return new Action(row.getString("id"), row.getString("device"), row.getString("name"),
                ActionClass.valueOf(row.getString("class")), Json.parse(row.getString("params")),
                row.getString("ticket"), ActionState.parse(row.getString("state")), row.getString("reason"),
                row.getString("why"), row.getString("key"), row.getString("requested_by"),
                row.getString("decided_by"), row.getInt("timeout_seconds"),
                Columns.time(row, "created_at"), Columns.time(row, "expires_at"),
                Columns.instant(row, "sent_at"),
                Columns.instant(row, "finished_at"), json(row, "output"), row.getString("error"),
                json(row, "late_result"), row.getInt("version"));
    }

    private static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Json.parse(text);
    }
}
