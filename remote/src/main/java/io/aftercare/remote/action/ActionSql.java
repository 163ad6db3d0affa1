package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Actions].
final class ActionSql {
    private ActionSql() {}

    static void insert(Handle handle, Action action) {
        handle.createUpdate(
                """
                        INSERT INTO remote.action (id, device, name, class, params, ticket, state, requested_by,
                            timeout_seconds, created_at, expires_at, due_at)
                        VALUES (:id, :device, :name, :class, :params, :ticket, :state, :by, :timeout, :created, :expires,
                            :expires)""")
                .bind("id", action.id()).bind("device", action.device())
                .bind("name", action.action()).bind("class", action.actionClass().name())
                .bindByType("params", action.params(), JsonNode.class).bind("ticket", action.ticket())
                .bind("state", action.state().text()).bind("by", action.requestedBy())
                .bind("timeout", action.timeoutSeconds()).bind("created", action.createdAt())
                .bind("expires", action.expires()).execute();
    }

    /// What a transition changes; null leaves as it is.
    record Change(ActionState state, @Nullable String reason, @Nullable String decidedBy,
            @Nullable Instant sentAt,
            @Nullable Instant dueAt, @Nullable Instant finishedAt, @Nullable JsonNode output,
            @Nullable String error) {
        static Change to(ActionState state) {
            return new Change(state, null, null, null, null, null, null, null);
        }
    }

    static void update(Handle handle, String id, Change change) {
        handle.createUpdate(
                """
                        UPDATE remote.action SET state = :state, reason = coalesce(:reason, reason),
                            decided_by = coalesce(:decided, decided_by), sent_at = coalesce(:sent, sent_at), due_at = :due,
                            finished_at = coalesce(:finished, finished_at), output = coalesce(:output::jsonb, output),
                            error = coalesce(:error, error), version = version + 1
                        WHERE id = :id""")
                .bind("id", id).bind("state", change.state().text())
                .bind("reason", change.reason()).bind("decided", change.decidedBy())
                .bind("sent", change.sentAt())
                .bind("due", change.dueAt()).bind("finished", change.finishedAt())
                .bind("output", change.output() == null ? null : Json.text(change.output()))
                .bind("error", change.error()).execute();
    }

    static void late(Handle handle, String id, JsonNode result) {
        handle.createUpdate(
                "UPDATE remote.action SET late_result = :late, version = version + 1 WHERE id = :id")
                .bind("id", id).bindByType("late", result, JsonNode.class).execute();
    }

    static Optional<Action> find(Handle handle, String id, boolean lock) {
        return handle
                .createQuery("SELECT * FROM remote.action WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, context) -> map(row)).findOne();
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

    /// What the device should have and has not answered, oldest first.
    static List<Action> outstanding(Handle handle, String device, Instant now) {
        return handle.createQuery(
                """
                        SELECT * FROM remote.action WHERE device = :device AND due_at IS NOT NULL
                            AND (state = 'queued' AND expires_at > :now OR state = 'sent') ORDER BY created_at, id LIMIT 100""")
                .bind("device", device).bind("now", now).map((row, context) -> map(row)).list();
    }

    static List<String> due(Handle handle, Instant now, int limit) {
        return handle
                .createQuery(
                        "SELECT id FROM remote.action WHERE due_at <= :now ORDER BY due_at LIMIT :limit")
                .bind("now", now).bind("limit", limit).mapTo(String.class).list();
    }

    static int countSince(Handle handle, String device, Instant since) {
        return handle.createQuery(
                "SELECT count(*) FROM remote.action WHERE device = :device AND created_at > :since")
                .bind("device", device).bind("since", since).mapTo(Integer.class).one();
    }

    private static Action map(ResultSet row) throws SQLException {
        return new Action(row.getString("id"), row.getString("device"), row.getString("name"),
                ActionClass.valueOf(row.getString("class")), Json.parse(row.getString("params")),
                row.getString("ticket"), ActionState.parse(row.getString("state")), row.getString("reason"),
                row.getString("requested_by"), row.getString("decided_by"), row.getInt("timeout_seconds"),
                time(row, "created_at"), time(row, "expires_at"), timeOrNull(row, "sent_at"),
                timeOrNull(row, "finished_at"), json(row, "output"), row.getString("error"),
                json(row, "late_result"), row.getInt("version"));
    }

    private static @Nullable JsonNode json(ResultSet row, String column) throws SQLException {
        String text = row.getString(column);
        return text == null ? null : Json.parse(text);
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant timeOrNull(ResultSet row, String column) throws SQLException {
        return row.getObject(column) == null ? null : time(row, column);
    }
}
