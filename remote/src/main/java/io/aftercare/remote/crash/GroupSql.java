package io.aftercare.remote.crash;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// The statements of groups. Whoever needs both locks crashes before groups.
final class GroupSql {
    // Who is bound to a region counts the devices there alone.
    static final String COUNTED = """
            SELECT g.*, coalesce(n.crashes, 0) AS crashes, coalesce(n.devices, 0) AS devices
            FROM remote.crash_group g LEFT JOIN LATERAL (
                SELECT sum(gd.crashes)::bigint AS crashes, count(*) AS devices FROM remote.crash_group_device gd
                WHERE gd.group_id = g.id AND (:region = '' OR EXISTS (
                    SELECT FROM fleet.device d WHERE d.id = gd.device AND d.region = :region))) n ON true
            """;

    private GroupSql() {}

    /// The group of a key, or the one that it was merged into; locked, so that it is not merged meanwhile.
    static Optional<String> withKey(Handle handle, String key) {
        return handle
                .createQuery(
                        "SELECT coalesce(merged_into, id) FROM remote.crash_group WHERE key = :key FOR UPDATE")
                .bind("key", key).mapTo(String.class).findOne();
    }

    static int madeBy(Handle handle, String device, Instant since) {
        return handle.createQuery(
                "SELECT count(*) FROM remote.crash_group WHERE made_by = :device AND first_seen > :since")
                .bind("device", device).bind("since", since).mapTo(Integer.class).one();
    }

    /// @return whether it was not there already
    static boolean make(Handle handle, Group group) {
        return handle.createUpdate(
                """
                        INSERT INTO remote.crash_group (id, key, model, process, module, build_id, title, made_by, first_seen,
                            last_seen, state)
                        VALUES (:id, :key, :model, :process, :module, :build, :title, :by, :seen, :seen, :state)
                        ON CONFLICT (key) DO NOTHING""")
                .bind("id", group.id()).bind("key", group.key()).bind("model", group.model())
                .bind("process", group.process()).bind("module", group.module())
                .bind("build", group.buildId()).bind("title", group.title()).bind("by", group.madeBy())
                .bind("seen", group.firstSeen()).bind("state", group.standing().state().text())
                .execute() == 1;
    }

    /// A crash of a device belongs to it.
    ///
    /// @param at when the crash came
    static void join(Handle handle, String group, String device, String region, Instant at) {
        handle.createUpdate("""
                INSERT INTO remote.crash_group_device (group_id, device, crashes, first_seen, last_seen)
                VALUES (:group, :device, 1, :at, :at)
                ON CONFLICT (group_id, device) DO UPDATE SET crashes = crash_group_device.crashes + 1,
                    last_seen = greatest(crash_group_device.last_seen, excluded.last_seen)""")
                .bind("group", group).bind("device", device).bind("at", at).execute();
        handle.createUpdate("""
                INSERT INTO remote.crash_group_day (group_id, day, region, crashes)
                VALUES (:group, (:at AT TIME ZONE 'UTC')::date, :region, 1)
                ON CONFLICT (group_id, day, region) DO UPDATE SET crashes = crash_group_day.crashes + 1""")
                .bind("group", group).bind("region", region).bind("at", at).execute();
        handle.createUpdate(
                "UPDATE remote.crash_group SET last_seen = greatest(last_seen, :at) WHERE id = :group")
                .bind("at", at).bind("group", group).execute();
    }

    /// It turned out to belong to another one.
    static void leave(Handle handle, String group, String device, String region, Instant at) {
        handle.createUpdate("""
                UPDATE remote.crash_group_device SET crashes = crashes - 1
                WHERE group_id = :group AND device = :device""").bind("group", group).bind("device", device)
                .execute();
        handle.createUpdate("""
                DELETE FROM remote.crash_group_device WHERE group_id = :group AND device = :device
                    AND crashes = 0""").bind("group", group).bind("device", device).execute();
        handle.createUpdate(
                """
                        UPDATE remote.crash_group_day SET crashes = crashes - 1
                        WHERE group_id = :group AND day = (:at AT TIME ZONE 'UTC')::date AND region = :region AND crashes > 0""")
                .bind("group", group).bind("region", region).bind("at", at).execute();
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

    static void stand(Handle handle, String group, Standing standing) {
        handle.createUpdate("""
                UPDATE remote.crash_group SET state = :state, assignee = :assignee, resolved_in = :resolved,
                    regressed_in = :regressed, version = version + 1 WHERE id = :group""")
                .bind("state", standing.state().text()).bind("assignee", standing.assignee())
                .bind("resolved", standing.resolvedIn()).bind("regressed", standing.regressedIn())
                .bind("group", group).execute();
    }

    /// The group, or the one that it was merged into.
    static Optional<Group> find(Handle handle, String id, String region) {
        return handle
                .createQuery(COUNTED
                        + "WHERE g.id = (SELECT coalesce(merged_into, id) FROM remote.crash_group WHERE id = :id)")
                .bind("region", region).bind("id", id).map((row, _) -> map(row)).findOne();
    }

    static Optional<Group> lock(Handle handle, String id) {
        return handle.createQuery("""
                SELECT g.*, 0 AS crashes, 0 AS devices FROM remote.crash_group g
                WHERE id = :id AND merged_into IS NULL FOR UPDATE""").bind("id", id)
                .map((row, _) -> map(row)).findOne();
    }

    /// Those that are the same by the names of their functions, the oldest first.
    static List<String> alike(Handle handle, String group, int limit) {
        return handle.createQuery(
                """
                        SELECT g.id FROM remote.crash_group g JOIN remote.crash_group one ON one.names_key = g.names_key
                        WHERE one.id = :group AND g.merged_into IS NULL ORDER BY g.first_seen, g.id LIMIT :limit""")
                .bind("group", group).bind("limit", limit).mapTo(String.class).list();
    }

    /// Everything of one is the other's; both are locked, and the crashes before them.
    static void merge(Handle handle, String from, String into) {
        List<String> steps = List.of("""
                UPDATE remote.crash SET group_id = :into, version = version + 1 WHERE group_id = :from""", """
                INSERT INTO remote.crash_group_device (group_id, device, crashes, first_seen, last_seen)
                SELECT :into, device, crashes, first_seen, last_seen FROM remote.crash_group_device
                WHERE group_id = :from
                ON CONFLICT (group_id, device) DO UPDATE SET
                    crashes = crash_group_device.crashes + excluded.crashes,
                    first_seen = least(crash_group_device.first_seen, excluded.first_seen),
                    last_seen = greatest(crash_group_device.last_seen, excluded.last_seen)""", """
                INSERT INTO remote.crash_group_day (group_id, day, region, crashes)
                SELECT :into, day, region, crashes FROM remote.crash_group_day WHERE group_id = :from
                ON CONFLICT (group_id, day, region) DO UPDATE SET
                    crashes = crash_group_day.crashes + excluded.crashes""", """
                UPDATE remote.crash_group g SET first_seen = least(g.first_seen, o.first_seen),
                    last_seen = greatest(g.last_seen, o.last_seen)
                FROM remote.crash_group o WHERE g.id = :into AND o.id = :from""", """
                UPDATE remote.crash_group SET merged_into = :into WHERE id = :from OR merged_into = :from""");
        steps.forEach(step -> handle.createUpdate(step).bind("into", into).bind("from", from).execute());
        handle.createUpdate("DELETE FROM remote.crash_group_device WHERE group_id = :from").bind("from", from)
                .execute();
        handle.createUpdate("DELETE FROM remote.crash_group_day WHERE group_id = :from").bind("from", from)
                .execute();
    }

    /// Locks what a merge changes, in the order that everybody keeps.
    static void lockForMerge(Handle handle, String from) {
        handle.createQuery("SELECT id FROM remote.crash WHERE group_id = :from ORDER BY id FOR UPDATE")
                .bind("from", from).mapTo(String.class).list();
        handle.createQuery(
                "SELECT id FROM remote.crash_group WHERE merged_into = :from ORDER BY id FOR UPDATE")
                .bind("from", from).mapTo(String.class).list();
    }

    /// Which firmware a group's crashes came from, of those that are kept.
    static List<String> firmwares(Handle handle, String group, int limit) {
        return handle.createQuery("""
                SELECT DISTINCT firmware FROM remote.crash WHERE group_id = :group AND firmware <> ''
                ORDER BY firmware LIMIT :limit""").bind("group", group).bind("limit", limit)
                .mapTo(String.class).list();
    }

    /// The builds of its innermost modules.
    static List<String> builds(Handle handle, String group, int limit) {
        return handle.createQuery("""
                SELECT DISTINCT build_id FROM remote.crash_group
                WHERE (id = :group OR merged_into = :group) AND build_id IS NOT NULL
                ORDER BY build_id LIMIT :limit""").bind("group", group).bind("limit", limit)
                .mapTo(String.class).list();
    }

    /// How often on a day, in UTC.
    record Day(String day, long crashes) {}

    /// The last so many days with today, the oldest first; also those without a crash.
    static List<Day> trend(Handle handle, String group, String region, Instant now, int days) {
        return handle
                .createQuery(
                        """
                                SELECT to_char(d, 'YYYY-MM-DD') AS day, coalesce(sum(c.crashes), 0)::bigint AS crashes
                                FROM generate_series((:now AT TIME ZONE 'UTC')::date - (:days - 1), (:now AT TIME ZONE 'UTC')::date,
                                    interval '1 day') d
                                LEFT JOIN remote.crash_group_day c ON c.group_id = :group AND c.day = d::date
                                    AND (:region = '' OR c.region = :region)
                                GROUP BY d ORDER BY d""")
                .bind("now", now).bind("days", days).bind("group", group)
                .bind("region", region).map((row, _) -> new Day(row.getString("day"), row.getLong("crashes")))
                .list();
    }

    /// Forgets groups in which nothing has happened for long, and of which no crash is kept.
    static int forget(Handle handle, Instant before, int limit) {
        return handle.createUpdate("""
                DELETE FROM remote.crash_group WHERE id IN (SELECT id FROM remote.crash_group g
                    WHERE last_seen < :before AND merged_into IS NULL
                        AND NOT EXISTS (SELECT FROM remote.crash WHERE group_id = g.id)
                    LIMIT :limit)""").bind("before", before).bind("limit", limit).execute();
    }

    static void forgetDays(Handle handle, Instant before) {
        handle.createUpdate(
                "DELETE FROM remote.crash_group_day WHERE day < (:before AT TIME ZONE 'UTC')::date")
                .bind("before", before).execute();
    }

    static Group map(ResultSet row) throws SQLException {
        return new Group(row.getString("id"), row.getString("key"), row.getString("model"),
                row.getString("process"), row.getString("module"), row.getString("build_id"),
                row.getString("title"),
                row.getString("names_key"), row.getString("made_by"), Columns.time(row, "first_seen"),
                Columns.time(row, "last_seen"), row.getLong("crashes"), row.getLong("devices"),
                new Standing(GroupState.parse(row.getString("state")), row.getString("assignee"),
                        row.getString("resolved_in"), row.getString("regressed_in")),
                row.getInt("version"));
    }
}
