package io.aftercare.remote.crash;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The statements of groups.
final class GroupSql {
    // Who is bound to a region counts the devices there alone.
    private static final String COUNTED = """
            SELECT g.*, coalesce(n.crashes, 0) AS crashes, coalesce(n.devices, 0) AS devices
            FROM remote.crash_group g LEFT JOIN LATERAL (
                SELECT sum(gd.crashes)::bigint AS crashes, count(*) AS devices FROM remote.crash_group_device gd
                WHERE gd.group_id = g.id AND (:region = '' OR EXISTS (
                    SELECT FROM fleet.device d WHERE d.id = gd.device AND d.region = :region))) n ON true
            """;

    private GroupSql() {}

    /// A page's end.
    record Mark(Instant lastSeen, String id) {}

    /// Which groups.
    record Wanted(@Nullable String model, @Nullable String buildId, @Nullable String device) {}

    static Optional<String> withKey(Handle handle, String key) {
        return handle.createQuery("SELECT id FROM remote.crash_group WHERE key = :key").bind("key", key)
                .mapTo(String.class).findOne();
    }

    static int madeBy(Handle handle, String device, Instant since) {
        return handle.createQuery(
                "SELECT count(*) FROM remote.crash_group WHERE made_by = :device AND first_seen > :since")
                .bind("device", device).bind("since", since).mapTo(Integer.class).one();
    }

    /// Made, if it is not there already.
    static void make(Handle handle, Group group) {
        handle.createUpdate(
                """
                        INSERT INTO remote.crash_group (id, key, model, process, module, build_id, title, made_by, first_seen,
                            last_seen)
                        VALUES (:id, :key, :model, :process, :module, :build, :title, :by, :seen, :seen)
                        ON CONFLICT (key) DO NOTHING""")
                .bind("id", group.id()).bind("key", group.key()).bind("model", group.model())
                .bind("process", group.process()).bind("module", group.module())
                .bind("build", group.buildId()).bind("title", group.title()).bind("by", group.madeBy())
                .bind("seen", group.firstSeen()).execute();
    }

    /// A crash of a device belongs to it.
    static void join(Handle handle, String group, String device, Instant now) {
        handle.createUpdate("""
                INSERT INTO remote.crash_group_device (group_id, device, crashes, first_seen, last_seen)
                VALUES (:group, :device, 1, :now, :now)
                ON CONFLICT (group_id, device) DO UPDATE SET crashes = crash_group_device.crashes + 1,
                    last_seen = greatest(crash_group_device.last_seen, excluded.last_seen)""")
                .bind("group", group).bind("device", device).bind("now", now).execute();
        handle.createUpdate(
                "UPDATE remote.crash_group SET last_seen = greatest(last_seen, :now) WHERE id = :group")
                .bind("now", now).bind("group", group).execute();
    }

    /// It turned out to belong to another one.
    static void leave(Handle handle, String group, String device) {
        handle.createUpdate("""
                UPDATE remote.crash_group_device SET crashes = crashes - 1
                WHERE group_id = :group AND device = :device""").bind("group", group).bind("device", device)
                .execute();
        handle.createUpdate("""
                DELETE FROM remote.crash_group_device WHERE group_id = :group AND device = :device
                    AND crashes = 0""").bind("group", group).bind("device", device).execute();
        handle.createUpdate("""
                DELETE FROM remote.crash_group g WHERE id = :group
                    AND NOT EXISTS (SELECT FROM remote.crash_group_device WHERE group_id = g.id)
                    AND NOT EXISTS (SELECT FROM remote.crash WHERE group_id = g.id)""").bind("group", group)
                .execute();
    }

    static void named(Handle handle, String group, String title, String namesKey) {
        handle.createUpdate("""
                UPDATE remote.crash_group SET title = :title, names_key = :key
                WHERE id = :group AND (title, names_key) IS DISTINCT FROM (:title, :key)""")
                .bind("title", title).bind("key", namesKey).bind("group", group).execute();
    }

    static Optional<Group> find(Handle handle, String id, String region) {
        return handle.createQuery(COUNTED + "WHERE g.id = :id").bind("region", region).bind("id", id)
                .map((row, _) -> map(row)).findOne();
    }

    static List<Group> list(Handle handle, Wanted wanted, String region, @Nullable Mark after, int limit) {
        return handle.createQuery(COUNTED + """
                WHERE (:model::text IS NULL OR g.model = :model)
                    AND (:build::text IS NULL OR g.build_id = :build)
                    AND (:device::text IS NULL OR EXISTS (SELECT FROM remote.crash_group_device o
                        WHERE o.group_id = g.id AND o.device = :device))
                    AND (:region = '' OR n.devices > 0)
                    AND (:id::text IS NULL OR (g.last_seen, g.id) < (:at, :id))
                ORDER BY g.last_seen DESC, g.id DESC LIMIT :limit""").bind("region", region)
                .bind("model", wanted.model()).bind("build", wanted.buildId())
                .bind("device", wanted.device()).bind("id", after == null ? null : after.id())
                .bind("at", after == null ? Instant.EPOCH : after.lastSeen()).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    /// The same crash in other builds, by the names of its functions.
    static List<Group> alike(Handle handle, Group group, String region, int limit) {
        return handle.createQuery(COUNTED + """
                WHERE g.names_key = :key AND g.id <> :id AND (:region = '' OR n.devices > 0)
                ORDER BY g.last_seen DESC, g.id DESC LIMIT :limit""").bind("region", region)
                .bind("key", group.namesKey()).bind("id", group.id()).bind("limit", limit)
                .map((row, _) -> map(row)).list();
    }

    /// Which firmware a group's crashes came from, of those that are kept.
    static List<String> firmwares(Handle handle, String group, int limit) {
        return handle.createQuery("""
                SELECT DISTINCT firmware FROM remote.crash WHERE group_id = :group AND firmware <> ''
                ORDER BY firmware LIMIT :limit""").bind("group", group).bind("limit", limit)
                .mapTo(String.class).list();
    }

    /// Forgets groups in which nothing has happened for long, and of which no crash is kept.
    static int forget(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
                DELETE FROM remote.crash_group WHERE id IN (SELECT id FROM remote.crash_group g
                    WHERE last_seen < :before AND NOT EXISTS (SELECT FROM remote.crash WHERE group_id = g.id)
                    LIMIT :limit)""").bind("before", before).bind("limit", limit).execute();
    }

    private static Group map(ResultSet row) throws SQLException {
        return new Group(row.getString("id"), row.getString("key"), row.getString("model"),
                row.getString("process"), row.getString("module"), row.getString("build_id"),
                row.getString("title"), row.getString("names_key"), row.getString("made_by"),
                Columns.time(row, "first_seen"), Columns.time(row, "last_seen"), row.getLong("crashes"),
                row.getLong("devices"));
    }
}
