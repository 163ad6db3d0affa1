package io.aftercare.remote.upload;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements behind [Uploads].
final class UploadSql {
    /// Guards the sums of what is claimed; any number that nobody else uses.
    private static final long ROOM_LOCK = 7_030_001L;

    private UploadSql() {}

    static void insert(Handle handle, Upload upload) {
        handle.createUpdate("""
                INSERT INTO remote.upload (id, device, name, purpose, reference, state, bytes_max, created_at,
                    expires_at)
                VALUES (:id, :device, :name, :purpose, :reference, :state, :max, :created, :expires)""")
                .bind("id", upload.id()).bind("device", upload.device()).bind("name", upload.name())
                .bind("purpose", upload.purpose()).bind("reference", upload.reference())
                .bind("state", upload.state().text()).bind("max", upload.bytesMax())
                .bind("created", upload.createdAt()).bind("expires", upload.expires()).execute();
    }

    static Optional<Upload> find(Handle handle, String id, boolean lock) {
        return handle.createQuery("SELECT * FROM remote.upload WHERE id = :id" + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static Optional<Upload> find(Handle handle, DeviceId device, String name) {
        return handle.createQuery("SELECT * FROM remote.upload WHERE device = :device AND name = :name")
                .bind("device", device).bind("name", name).map((row, _) -> map(row)).findOne();
    }

    static int waiting(Handle handle, DeviceId device) {
        return handle.createQuery(
                """
                        SELECT count(*) FROM remote.upload WHERE device = :device AND state IN ('expected', 'receiving')""")
                .bind("device", device).mapTo(Integer.class).one();
    }

    static int since(Handle handle, DeviceId device, String purpose, Instant since) {
        return handle.createQuery("""
                SELECT count(*) FROM remote.upload
                WHERE device = :device AND purpose = :purpose AND created_at > :since""")
                .bind("device", device).bind("purpose", purpose).bind("since", since).mapTo(Integer.class)
                .one();
    }

    /// What the device, and all devices, have on the disk besides this upload. Held to the end of the transaction, so that
    /// two that claim at once see each other.
    static long[] claimedBeside(Handle handle, Upload upload) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", ROOM_LOCK);
        return handle.createQuery("""
                SELECT coalesce(sum(claimed) FILTER (WHERE device = :device), 0), coalesce(sum(claimed), 0)
                FROM remote.upload WHERE claimed > 0 AND id <> :id""").bind("device", upload.device())
                .bind("id", upload.id()).map((row, _) -> new long[]{row.getLong(1), row.getLong(2)}).one();
    }

    /// The device sends it from the beginning.
    static int begin(Handle handle, String id, @Nullable Long total, long claimed) {
        return handle.createUpdate("""
                UPDATE remote.upload SET state = 'receiving', total = :total, received = 0, claimed = :claimed
                WHERE id = :id AND state IN ('expected', 'receiving')""").bind("id", id)
                .bind("total", total).bind("claimed", claimed).execute();
    }

    /// @return 0 where nobody wants it any more
    static int received(Handle handle, String id, long received) {
        return handle.createUpdate(
                "UPDATE remote.upload SET received = :received WHERE id = :id AND state = 'receiving'")
                .bind("id", id).bind("received", received).execute();
    }

    static void complete(Handle handle, String id, long bytes, String sha256) {
        handle.createUpdate(
                """
                        UPDATE remote.upload SET state = 'complete', total = :bytes, received = :bytes, claimed = :bytes,
                            sha256 = :sha256 WHERE id = :id""")
                .bind("id", id).bind("bytes", bytes)
                .bind("sha256", sha256).execute();
    }

    /// It has no content (any more).
    static void drop(Handle handle, String id, UploadState state, int attempts, @Nullable Instant ended) {
        handle.createUpdate("""
                UPDATE remote.upload SET state = :state, total = NULL, received = 0, claimed = 0,
                    attempts = :attempts, ended_at = :ended WHERE id = :id""").bind("id", id)
                .bind("state", state.text()).bind("attempts", attempts).bind("ended", ended).execute();
    }

    static List<String> overdue(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                SELECT id FROM remote.upload WHERE state IN ('expected', 'receiving') AND expires_at <= :now
                ORDER BY expires_at LIMIT :limit""").bind("now", now).bind("limit", limit)
                .mapTo(String.class).list();
    }

    static int forget(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
                DELETE FROM remote.upload WHERE id IN (
                    SELECT id FROM remote.upload WHERE ended_at < :before ORDER BY ended_at LIMIT :limit)""")
                .bind("before", before).bind("limit", limit).execute();
    }

    /// Those of some ids that have content.
    static Set<String> withContent(Handle handle, Set<String> ids) {
        return handle.createQuery(
                """
                        SELECT id FROM remote.upload WHERE id = ANY(:ids) AND state IN ('expected', 'receiving', 'complete')""")
                .bindArray("ids", String.class, ids.toArray()).mapTo(String.class).set();
    }

    private static Upload map(ResultSet row) throws SQLException {
        long total = row.getLong("total");
        Long known = row.wasNull() ? null : total;
        return new Upload(row.getString("id"), new DeviceId(row.getString("device")), row.getString("name"),
                row.getString("purpose"), row.getString("reference"),
                UploadState.parse(row.getString("state")), row.getLong("bytes_max"), known,
                row.getLong("received"), row.getString("sha256"), row.getInt("attempts"),
                Columns.time(row, "created_at"), Columns.time(row, "expires_at"));
    }
}
