package io.aftercare.remote.boost;

import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Boosts as they are stored; in the caller's transaction.
final class BoostStore {
    static final int KEPT_MAX = 50;
    private static final String LIVE = "state IN ('waiting', 'active')";
    private static final int COUNTING = 0x426f_6f73; // an advisory lock: whoever adds one counts alone

    private BoostStore() {}

    /// How many devices are boosted, with the count held to the end of the transaction.
    static int countAlone(Handle handle) {
        handle.execute("SELECT pg_advisory_xact_lock(?)", COUNTING);
        return count(handle);
    }

    static int count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM remote.boost WHERE " + LIVE).mapTo(Integer.class)
                .one();
    }

    static void insert(Handle handle, Boost boost) {
        handle.createUpdate(
                """
                        INSERT INTO remote.boost (id, device, seconds, ttl, metrics, ticket, by, state, created_at, due_at)
                        VALUES (:id, :device, :seconds, :ttl, :metrics, :ticket, :by, :state, :created, :due)""")
                .bind("id", boost.id()).bind("device", boost.device()).bind("seconds", boost.seconds())
                .bind("ttl", boost.ttlSeconds())
                .bindArray("metrics", String.class,
                        boost.metrics() == null ? null : boost.metrics().toArray(String[]::new))
                .bind("ticket", boost.ticket()).bind("by", boost.by()).bind("state", boost.state().text())
                .bind("created", boost.createdAt()).bind("due", time(boost.dueAt())).execute();
        handle.createUpdate("""
                DELETE FROM remote.boost WHERE device = :device AND id IN (
                    SELECT id FROM remote.boost WHERE device = :device
                    ORDER BY created_at DESC, id DESC OFFSET :kept)""").bind("device", boost.device())
                .bind("kept", KEPT_MAX).execute();
    }

    static void update(Handle handle, Boost boost) {
        handle.createUpdate("""
                UPDATE remote.boost SET state = :state, due_at = :due, until = :until, ended_at = :ended,
                    ended_by = :endedBy, error = :error WHERE id = :id""").bind("id", boost.id())
                .bind("state", boost.state().text()).bind("due", time(boost.dueAt()))
                .bind("until", time(boost.until())).bind("ended", time(boost.endedAt()))
                .bind("endedBy", boost.endedBy()).bind("error", boost.error()).execute();
    }

    static void asked(Handle handle, String id, String action) {
        handle.createUpdate("UPDATE remote.boost SET action = :action WHERE id = :id").bind("id", id)
                .bind("action", action).execute();
    }

    static Optional<Boost> lock(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM remote.boost WHERE id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> map(row)).findOne();
    }

    /// The device's newest, whether it lasts or not.
    static Optional<Boost> newest(Handle handle, String device) {
        return handle.createQuery(
                """
                        SELECT * FROM remote.boost WHERE device = :device ORDER BY created_at DESC, id DESC LIMIT 1""")
                .bind("device", device).map((row, _) -> map(row)).findOne();
    }

    static Optional<Boost> live(Handle handle, String device) {
        return handle.createQuery("SELECT * FROM remote.boost WHERE device = :device AND " + LIVE)
                .bind("device", device).map((row, _) -> map(row)).findOne();
    }

    /// Those that last, by their ids.
    ///
    /// @param after the id of the last one seen, empty for the first page
    static List<Boost> live(Handle handle, Principal who, String after, int limit) {
        return handle
                .createQuery("SELECT b.* FROM remote.boost b JOIN fleet.device d ON d.id = b.device WHERE b."
                        + LIVE + """
                                 AND b.id > :after AND (NOT :partner OR d.outlet = :outlet AND d.outlet <> '')
                                ORDER BY b.id LIMIT :limit""")
                .bind("after", after)
                .bind("partner", who.has(Role.PARTNER)).bind("outlet", who.outlet()).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    static List<String> due(Handle handle, Instant now, int limit) {
        return handle.createQuery("SELECT id FROM remote.boost WHERE due_at <= :now AND " + LIVE
                + " ORDER BY due_at LIMIT :limit").bind("now", now).bind("limit", limit).mapTo(String.class)
                .list();
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant at) {
        return at == null ? null : at.atOffset(ZoneOffset.UTC);
    }

    private static Boost map(ResultSet row) throws SQLException {
        return new Boost(row.getString("id"), row.getString("device"), row.getDouble("seconds"),
                row.getInt("ttl"), row.getArray("metrics") == null ? null : Columns.texts(row, "metrics"),
                row.getString("ticket"), row.getString("by"), BoostState.parse(row.getString("state")),
                Columns.time(row, "created_at"), Columns.instant(row, "due_at"),
                Columns.instant(row, "until"),
                Columns.instant(row, "ended_at"), row.getString("ended_by"), row.getString("error"),
                row.getString("action"));
    }
}
