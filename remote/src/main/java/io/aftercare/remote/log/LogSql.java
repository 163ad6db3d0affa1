package io.aftercare.remote.log;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Logs].
final class LogSql {
    private LogSql() {}

    static void insert(Handle handle, DeviceLog log) {
        handle.createUpdate(
                """
                        INSERT INTO remote.log (id, device, ticket, state, upload, from_at, to_at, level, bytes_max, lines, why,
                            requested_by, created_at)
                        VALUES (:id, :device, :ticket, :state, :upload, :from, :to, :level, :max, :lines, :why, :by, :created)""")
                .bind("id", log.id()).bind("device", log.device()).bind("ticket", log.ticket())
                .bind("state", log.state().text()).bind("upload", log.upload()).bind("from", log.from())
                .bind("to", log.to()).bind("level", log.level()).bind("max", log.bytesMax())
                .bind("lines", log.lines()).bind("why", log.why()).bind("by", log.requestedBy())
                .bind("created", log.createdAt()).execute();
    }

    static void asked(Handle handle, String id, String action) {
        handle.createUpdate("UPDATE remote.log SET action = :action WHERE id = :id").bind("id", id)
                .bind("action", action).execute();
    }

    static void remove(Handle handle, String id) {
        handle.createUpdate("DELETE FROM remote.log WHERE id = :id").bind("id", id).execute();
    }

    static void move(Handle handle, String id, LogState state, @Nullable String error) {
        handle.createUpdate("UPDATE remote.log SET state = :state, error = :error WHERE id = :id")
                .bind("id", id)
                .bind("state", state.text()).bind("error", error).execute();
    }

    static void ready(Handle handle, String id, LogReader.Told told, Instant now) {
        handle.createUpdate("""
                UPDATE remote.log SET state = 'ready', error = NULL, ready_at = :now, bytes = :bytes,
                    line_count = :lines, redacted = :redacted::jsonb, rules = :rules, truncated = :truncated
                WHERE id = :id""").bind("id", id).bind("now", now).bind("bytes", told.bytes())
                .bind("lines", told.lines()).bind("redacted", Json.text(told.redacted()))
                .bind("rules", Redactor.VERSION).bind("truncated", told.truncated()).execute();
    }

    static void purge(Handle handle, String id, Instant now) {
        handle.createUpdate("UPDATE remote.log SET state = 'purged', purged_at = :now WHERE id = :id")
                .bind("id", id)
                .bind("now", now).execute();
    }

    static Optional<DeviceLog> find(Handle handle, String id, boolean lock) {
        return handle.createQuery("SELECT * FROM remote.log WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static List<DeviceLog> ofDevice(Handle handle, String device, @Nullable String after, int limit) {
        return handle.createQuery("""
                SELECT * FROM remote.log WHERE device = :device AND (:after::text IS NULL OR id < :after)
                ORDER BY id DESC LIMIT :limit""").bind("device", device).bind("after", after)
                .bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    static int kept(Handle handle, String device) {
        return handle.createQuery(
                """
                        SELECT count(*) FROM remote.log WHERE device = :device AND state IN ('asked', 'received', 'ready')""")
                .bind("device", device).mapTo(Integer.class).one();
    }

    static List<String> received(Handle handle, int limit) {
        return handle
                .createQuery("SELECT id FROM remote.log WHERE state = 'received' ORDER BY id LIMIT :limit")
                .bind("limit", limit).mapTo(String.class).list();
    }

    /// Those of a case that have content, or may get some; locked.
    static List<DeviceLog> ofTicket(Handle handle, Collection<String> names) {
        return handle.createQuery(
                """
                        SELECT * FROM remote.log WHERE ticket = ANY(:names) AND state <> 'purged' ORDER BY id FOR UPDATE""")
                .bindArray("names", String.class, names.toArray()).map((row, _) -> map(row)).list();
    }

    /// Those that belong to no case and are old.
    static List<String> old(Handle handle, Instant before, int limit) {
        return handle.createQuery("""
                SELECT id FROM remote.log WHERE ticket IS NULL AND state <> 'purged' AND created_at < :before
                ORDER BY id LIMIT :limit""").bind("before", before).bind("limit", limit).mapTo(String.class)
                .list();
    }

    static Set<String> withContent(Handle handle, Set<String> ids) {
        return handle.createQuery("SELECT id FROM remote.log WHERE id = ANY(:ids) AND state <> 'purged'")
                .bindArray("ids", String.class, ids.toArray()).mapTo(String.class).set();
    }

    private static DeviceLog map(ResultSet row) throws SQLException {
        long bytes = row.getLong("bytes");
        Long known = row.wasNull() ? null : bytes;
        String redacted = row.getString("redacted");
        return new DeviceLog(row.getString("id"), row.getString("device"), row.getString("ticket"),
                LogState.parse(row.getString("state")), row.getString("action"), row.getString("upload"),
                Columns.instant(row, "from_at"), Columns.instant(row, "to_at"), row.getString("level"),
                row.getLong("bytes_max"), Columns.number(row, "lines"), row.getString("why"),
                row.getString("requested_by"), Columns.time(row, "created_at"),
                Columns.instant(row, "ready_at"),
                known, Columns.number(row, "line_count"), redacted == null ? null : Json.parse(redacted),
                Columns.number(row, "rules"), row.getBoolean("truncated"), row.getString("error"),
                Columns.instant(row, "purged_at"));
    }
}
