package io.aftercare.ota.ddi;

import io.aftercare.fleet.http.Json;
import io.aftercare.ota.campaign.CampaignState;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.plan.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The SQL of actions. Every method works within the caller's transaction.
final class ActionStore {
    private static final String COLUMNS = """
            SELECT coalesce(a.id, 0) AS id, p.device, p.campaign, coalesce(a.attempt, p.attempts) AS attempt,
                c.id AS campaign_id, c.state AS campaign_state, c.plan, r.id AS release, r.version, r.expires_at,
                p.state, p.attempts = coalesce(a.attempt, p.attempts) AS current,
                p.outcome IS NULL AND p.state <> 'pending' AS open, a.ended, coalesce(a.kept, false) AS kept
            """;
    private static final String DEPLOYMENT = """
            FROM ota.deployment p JOIN ota.campaign c ON c.number = p.campaign
                JOIN ota.release r ON r.number = c.release
            """;
    private static final String WITH_ACTION = DEPLOYMENT + """
                JOIN ota.ddi_action a ON a.device = p.device AND a.campaign = p.campaign
            """;

    private ActionStore() {}

    /// What a poll of a device for which there is nothing needs to know, in one query.
    ///
    /// @param busy      whether there may be something; nothing for certain without it
    /// @param known     whether it has stated its attributes
    /// @param installed the last action that it finished well, 0 for none
    record Glance(boolean busy, boolean known, int installed) {}

    static Glance glance(Handle handle, int device) {
        return handle
                .createQuery(
                        """
                                SELECT EXISTS (SELECT FROM ota.deployment
                                        WHERE device = :device AND state <> 'pending' AND outcome IS NULL)
                                    OR EXISTS (SELECT FROM ota.ddi_action WHERE device = :device AND ended IS NULL) AS busy,
                                    EXISTS (SELECT FROM ota.ddi_device WHERE device = :device AND attributes_at IS NOT NULL) AS known,
                                    coalesce((SELECT max(id) FROM ota.ddi_action WHERE device = :device AND ended = 'finished'), 0)
                                        AS installed""")
                .bind("device", device).map((row, context) -> new Glance(row.getBoolean("busy"),
                        row.getBoolean("known"), row.getInt("installed")))
                .one();
    }

    /// What the device has to do with now: what is at work on it, else what it was not told yet to stop.
    static Optional<Action> active(Handle handle, int device) {
        return handle.createQuery(COLUMNS + DEPLOYMENT + """
                    LEFT JOIN ota.ddi_action a ON a.device = p.device AND a.campaign = p.campaign
                        AND a.attempt = p.attempts
                WHERE p.device = :device AND p.state <> 'pending' AND p.outcome IS NULL""")
                .bind("device", device).map((row, context) -> map(row)).findOne()
                .filter(action -> action.ended() == null)
                .or(() -> cancelled(handle, device));
    }

    private static Optional<Action> cancelled(Handle handle, int device) {
        return handle
                .createQuery(COLUMNS + WITH_ACTION
                        + """
                                WHERE a.device = :device AND a.ended IS NULL AND p.state = 'cancelled' AND p.attempts = a.attempt
                                ORDER BY a.id DESC LIMIT 1""")
                .bind("device", device).map((row, context) -> map(row))
                .findFirst();
    }

    /// A device's action by its number, locked against another word of the device.
    static Optional<Action> find(Handle handle, int device, int id) {
        return handle.createQuery(COLUMNS + WITH_ACTION + "WHERE a.device = :device AND a.id = :id")
                .bind("device", device).bind("id", id).map((row, context) -> map(row)).findOne();
    }

    /// Those of the device's actions that bring this release, the newest first.
    static List<Action> of(Handle handle, int device, int release) {
        return handle.createQuery(COLUMNS + WITH_ACTION + """
                WHERE a.device = :device AND r.number = :release ORDER BY a.id DESC""").bind("device", device)
                .bind("release", release).map((row, context) -> map(row)).list();
    }

    /// Whether the device said that it is done with what is still at work on it, so that its version is awaited.
    static Optional<Action> said(Handle handle, int device) {
        return handle.createQuery(COLUMNS + WITH_ACTION + """
                WHERE p.device = :device AND p.state <> 'pending' AND p.outcome IS NULL
                    AND a.attempt = p.attempts AND a.ended = 'finished'""").bind("device", device)
                .map((row, context) -> map(row)).findOne();
    }

    /// Gives an action the number that the device will know it by; the same one each time.
    static int number(Handle handle, Action action, Instant now) {
        handle.createUpdate("""
                INSERT INTO ota.ddi_action (device, campaign, attempt, opened_at)
                VALUES (:device, :campaign, :attempt, :now) ON CONFLICT DO NOTHING""")
                .bind("device", action.device()).bind("campaign", action.campaign())
                .bind("attempt", action.attempt()).bind("now", now).execute();
        return handle.createQuery("""
                SELECT id FROM ota.ddi_action
                WHERE device = :device AND campaign = :campaign AND attempt = :attempt""")
                .bind("device", action.device()).bind("campaign", action.campaign())
                .bind("attempt", action.attempt()).mapTo(Integer.class).one();
    }

    static void end(Handle handle, int id, String how, Instant now) {
        handle.createUpdate("UPDATE ota.ddi_action SET ended = :how, ended_at = :now WHERE id = :id")
                .bind("how", how).bind("now", now).bind("id", id).execute();
    }

    static void keep(Handle handle, int id) {
        handle.createUpdate("UPDATE ota.ddi_action SET kept = true WHERE id = :id").bind("id", id).execute();
    }

    private static Action map(ResultSet row) throws SQLException {
        @Nullable
        String ended = row.getString("ended");
        return new Action(row.getInt("id"), row.getInt("device"), row.getInt("campaign"),
                row.getInt("attempt"), row.getString("campaign_id"),
                CampaignState.parse(row.getString("campaign_state")).orElseThrow(),
                Json.convert(Json.parse(row.getString("plan")), Plan.class), row.getString("release"),
                row.getString("version"), row.getTimestamp("expires_at").toInstant(),
                DeploymentState.parse(row.getString("state")).orElseThrow(), row.getBoolean("current"),
                row.getBoolean("open"), ended, row.getBoolean("kept"));
    }
}
