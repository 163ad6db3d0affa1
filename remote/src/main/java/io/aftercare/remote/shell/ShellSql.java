package io.aftercare.remote.shell;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Shells].
final class ShellSql {
    private ShellSql() {}

    /// @return false where the device has a session already
    static boolean insert(Handle handle, Shell shell) {
        return handle
                .createUpdate(
                        """
                                INSERT INTO remote.shell (id, device, ticket, why, seconds, columns, rows, state, requested_by, created_at)
                                VALUES (:id, :device, :ticket, :why, :seconds, :columns, :rows, :state, :by, :created)
                                ON CONFLICT (device) WHERE state <> 'closed' DO NOTHING""")
                .bind("id", shell.id())
                .bind("device", shell.device()).bind("ticket", shell.ticket()).bind("why", shell.why())
                .bind("seconds", shell.seconds()).bind("columns", shell.columns()).bind("rows", shell.rows())
                .bind("state", shell.state().text()).bind("by", shell.requestedBy())
                .bind("created", shell.createdAt()).execute() == 1;
    }

    /// Takes a request back that was refused at once.
    static void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM remote.shell WHERE id = :id").bind("id", id).execute();
    }

    static void action(Handle handle, String id, String action) {
        handle.createUpdate("UPDATE remote.shell SET action = :action WHERE id = :id").bind("id", id)
                .bind("action", action).execute();
    }

    static void move(Handle handle, String id, ShellState to, @Nullable String decidedBy) {
        handle.createUpdate(
                """
                        UPDATE remote.shell SET state = :state, decided_by = coalesce(:by, decided_by), version = version + 1
                        WHERE id = :id""")
                .bind("id", id).bind("state", to.text()).bind("by", decidedBy).execute();
    }

    static void open(Handle handle, String id, Instant now, Instant until) {
        handle.createUpdate(
                """
                        UPDATE remote.shell SET state = 'open', opened_at = :now, until = :until, version = version + 1
                        WHERE id = :id""")
                .bind("id", id).bind("now", now).bind("until", until).execute();
    }

    /// How a session ended.
    record End(String reason, @Nullable String note, String by, Instant at, boolean deviceKnows) {}

    static void close(Handle handle, String id, End end, Shell.Recorded recorded) {
        handle.createUpdate(
                """
                        UPDATE remote.shell SET state = 'closed', reason = :reason, note = :note, closed_by = :by, closed_at = :at,
                            device_closed_at = CASE WHEN :knows THEN :at ELSE device_closed_at END, pieces = :pieces,
                            bytes = :bytes, hash = :hash, version = version + 1
                        WHERE id = :id""")
                .bind("id", id).bind("reason", end.reason()).bind("note", end.note()).bind("by", end.by())
                .bind("at", end.at()).bind("knows", end.deviceKnows()).bind("pieces", recorded.pieces())
                .bind("bytes", recorded.bytes()).bind("hash", recorded.hash()).execute();
    }

    /// Notes that the device's side is closed too.
    ///
    /// @return false where it was known, or there is no such session of this device that is over
    static boolean deviceClosed(Handle handle, String device, String id, Instant now) {
        return handle.createUpdate("""
                UPDATE remote.shell SET device_closed_at = :now
                WHERE id = :id AND device = :device AND state = 'closed' AND device_closed_at IS NULL""")
                .bind("id", id).bind("device", device).bind("now", now).execute() == 1;
    }

    /// Notes that the device still sends for a session that is over.
    ///
    /// @return whether this is the first time
    static boolean stray(Handle handle, String device, String id, Instant now, Instant closedBefore) {
        return handle
                .createUpdate(
                        """
                                UPDATE remote.shell SET stray_at = :now WHERE id = :id AND device = :device AND state = 'closed'
                                    AND stray_at IS NULL AND closed_at < :before""")
                .bind("id", id).bind("device", device)
                .bind("now", now).bind("before", closedBefore).execute() == 1;
    }

    static Optional<Shell> find(Handle handle, String id, boolean lock) {
        return handle.createQuery("SELECT * FROM remote.shell WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static Optional<Shell> ofAction(Handle handle, String action) {
        return handle.createQuery("SELECT * FROM remote.shell WHERE action = :action FOR UPDATE")
                .bind("action", action).map((row, _) -> map(row)).findOne();
    }

    /// Those that are not over, the oldest first.
    static List<Shell> current(Handle handle) {
        return handle.createQuery(
                "SELECT * FROM remote.shell WHERE state <> 'closed' ORDER BY created_at, id LIMIT 1000")
                .map((row, _) -> map(row)).list();
    }

    static int countCurrent(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM remote.shell WHERE state <> 'closed'")
                .mapTo(Integer.class).one();
    }

    /// Sessions that the device may still believe in.
    static List<Shell> untold(Handle handle, String device, Instant since) {
        return handle.createQuery(
                """
                        SELECT * FROM remote.shell WHERE device = :device AND state = 'closed' AND device_closed_at IS NULL
                            AND opened_at IS NOT NULL AND closed_at > :since ORDER BY created_at LIMIT 20""")
                .bind("device", device).bind("since", since).map((row, _) -> map(row)).list();
    }

    /// Which sessions are asked for; null for all.
    ///
    /// @param outlet whose devices alone
    record Filter(@Nullable String device, @Nullable String state, @Nullable String outlet) {}

    static List<Shell> list(Handle handle, Filter filter, @Nullable Shell after, int limit) {
        return handle
                .createQuery(
                        """
                                SELECT s.* FROM remote.shell s JOIN fleet.device d ON d.id = s.device
                                WHERE (:device::text IS NULL OR s.device = :device) AND (:state::text IS NULL OR s.state = :state)
                                    AND (:outlet::text IS NULL OR d.outlet = :outlet)
                                    AND (:id::text IS NULL OR (s.created_at, s.id) < (:at, :id))
                                ORDER BY s.created_at DESC, s.id DESC LIMIT :limit""")
                .bind("device", filter.device())
                .bind("state", filter.state()).bind("outlet", filter.outlet())
                .bind("id", after == null ? null : after.id())
                .bind("at", after == null ? Instant.EPOCH : after.createdAt()).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    private static Shell map(ResultSet row) throws SQLException {
        return new Shell(row.getString("id"), row.getString("device"), row.getString("action"),
                row.getString("ticket"), row.getString("why"), row.getInt("seconds"), row.getInt("columns"),
                row.getInt("rows"), ShellState.parse(row.getString("state")), row.getString("reason"),
                row.getString("note"), row.getString("requested_by"), row.getString("decided_by"),
                row.getString("closed_by"), Columns.time(row, "created_at"),
                Columns.instant(row, "opened_at"), Columns.instant(row, "until"),
                Columns.instant(row, "closed_at"), Columns.instant(row, "device_closed_at"),
                new Shell.Recorded(row.getInt("pieces"), row.getLong("bytes"), row.getString("hash"),
                        Columns.instant(row, "purged_at")),
                row.getInt("version"));
    }
}
