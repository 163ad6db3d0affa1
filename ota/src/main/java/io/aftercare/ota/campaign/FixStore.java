package io.aftercare.ota.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the desk was told of fixes, in the database. Works in the caller's transaction.
final class FixStore {
    private FixStore() {}

    /// A device whose deployment is open.
    ///
    /// @param stage  from 0
    /// @param told   what the desk heard of it last, null for nothing
    /// @param faults for which it was scheduled
    record Waiting(String device, int stage, @Nullable FixState told, List<String> faults) {}

    /// Those of `devices` that a campaign still works on, locked.
    static List<Waiting> waiting(Handle handle, int campaign, List<String> devices) {
        return handle.createQuery("""
                SELECT d.id, p.stage, f.state, f.faults FROM ota.deployment p
                JOIN fleet.device d ON d.number = p.device
                LEFT JOIN ota.fix f ON f.campaign = p.campaign AND f.device = p.device
                WHERE p.campaign = :campaign AND d.id = ANY(:devices) AND p.outcome IS NULL
                ORDER BY d.id FOR UPDATE OF p""").bind("campaign", campaign)
                .bindArray("devices", String.class, devices).map((row, _) -> waiting(row)).list();
    }

    private static Waiting waiting(ResultSet row) throws SQLException {
        String told = row.getString("state");
        return told == null
                ? new Waiting(row.getString("id"), row.getInt("stage"), null, List.of())
                : new Waiting(row.getString("id"), row.getInt("stage"), FixState.parse(told),
                        List.of((String[]) row.getArray("faults").getArray()));
    }

    /// Notes that a device's fix is scheduled for these faults.
    ///
    /// @return the number of the message that tells so
    static int schedule(Handle handle, int campaign, String device, List<String> faults, Instant now) {
        handle.createUpdate("""
                UPDATE ota.deployment SET fix = true WHERE campaign = :campaign AND NOT fix
                    AND device = (SELECT number FROM fleet.device WHERE id = :device)""")
                .bind("campaign", campaign).bind("device", device).execute();
        return handle.createQuery("""
                INSERT INTO ota.fix (campaign, device, faults, state, told, changed_at)
                SELECT :campaign, number, :faults, 'scheduled', 1, :now FROM fleet.device WHERE id = :device
                ON CONFLICT (campaign, device) DO UPDATE SET faults = excluded.faults, state = 'scheduled',
                    reason = '', told = fix.told + 1, changed_at = excluded.changed_at
                RETURNING told""").bind("campaign", campaign).bind("device", device)
                .bindArray("faults", String.class, faults).bind("now", now).mapTo(Integer.class).one();
    }

    /// Notes what became of a fix that was scheduled.
    ///
    /// @return the number of the message that tells so; empty where none was scheduled, or this is known
    static Optional<Integer> follow(Handle handle, int campaign, String device, FixState state, String reason,
            Instant now) {
        return handle.createQuery("""
                UPDATE ota.fix SET state = :state, reason = :reason, told = told + 1, changed_at = :now
                WHERE campaign = :campaign AND state <> :state
                    AND device = (SELECT number FROM fleet.device WHERE id = :device)
                RETURNING told""").bind("state", state.text()).bind("reason", reason).bind("now", now)
                .bind("campaign", campaign).bind("device", device).mapTo(Integer.class).findOne();
    }

    /// Those of `devices` that any campaign of a release has, or had, a place for.
    static Set<String> reached(Handle handle, int release, Set<String> devices) {
        return handle.createQuery("""
                SELECT d.id FROM fleet.device d WHERE d.id = ANY(:devices) AND EXISTS (
                    SELECT FROM ota.deployment p JOIN ota.campaign c ON c.number = p.campaign
                    WHERE p.device = d.number AND c.release = :release)""").bind("release", release)
                .bindArray("devices", String.class, devices).mapTo(String.class).set();
    }

    /// The campaigns that do not run, yet cases wait for them.
    static List<String> stalled(Handle handle) {
        return handle.createQuery("""
                SELECT c.id FROM ota.campaign c WHERE c.state <> 'running' AND EXISTS (
                    SELECT FROM ota.fix f WHERE f.campaign = c.number AND f.state = 'scheduled')""")
                .mapTo(String.class).list();
    }

    /// The campaigns that installed a fix on a device with a release higher than this one.
    static List<String> above(Handle handle, String device, int release) {
        return handle
                .createQuery(
                        """
                                SELECT c.id FROM ota.fix f JOIN ota.campaign c ON c.number = f.campaign
                                JOIN ota.release r ON r.number = c.release
                                WHERE f.device = (SELECT number FROM fleet.device WHERE id = :device) AND f.state = 'installed'
                                    AND r.counter > (SELECT counter FROM ota.release WHERE number = :release)
                                ORDER BY c.number""")
                .bind("device", device).bind("release", release)
                .mapTo(String.class).list();
    }

    /// A device whose case waits for nothing any more.
    record Over(String device, String reason) {}

    /// Those whose deployment has ended and of whom nobody has told yet.
    static List<Over> over(Handle handle, int campaign) {
        return handle.createQuery("""
                SELECT d.id, coalesce(nullif(p.error, ''), p.state, 'it left the campaign') FROM ota.fix f
                JOIN fleet.device d ON d.number = f.device
                LEFT JOIN ota.deployment p ON p.campaign = f.campaign AND p.device = f.device
                WHERE f.campaign = :campaign AND f.state = 'scheduled'
                    AND (p.campaign IS NULL OR p.outcome IS NOT NULL)""").bind("campaign", campaign)
                .map((row, _) -> new Over(row.getString(1), row.getString(2))).list();
    }

    /// Those that a paused campaign has not reached: a device that has begun goes on.
    static List<String> idle(Handle handle, int campaign) {
        return handle.createQuery("""
                SELECT d.id FROM ota.fix f JOIN fleet.device d ON d.number = f.device
                JOIN ota.deployment p ON p.campaign = f.campaign AND p.device = f.device
                WHERE f.campaign = :campaign AND f.state = 'scheduled' AND p.outcome IS NULL
                    AND p.state IN ('pending', 'offered', 'deferred')""").bind("campaign", campaign)
                .mapTo(String.class).list();
    }
}
