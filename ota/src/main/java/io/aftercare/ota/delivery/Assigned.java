package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.CampaignState;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What a device is to install now: there is at most one such thing. Only reads.
///
/// @param campaignState paused or ended campaigns offer nothing, yet let a download come to its end
public record Assigned(int campaign, String campaignId, CampaignState campaignState,
        DeploymentState state, Plan plan, Release release) {

    public static @Nullable Assigned of(Database database, Device device) {
        return database.jdbi().withHandle(handle -> find(handle, device.number()).orElse(null));
    }

    /// As [#of], within a transaction.
    public static Optional<Assigned> find(Handle handle, int device) {
        return handle
                .createQuery(
                        """
                                SELECT p.campaign, c.id AS campaign_id, c.state AS campaign_state, p.state, c.plan, r.id AS release
                                FROM ota.deployment p JOIN ota.campaign c ON c.number = p.campaign
                                    JOIN ota.release r ON r.number = c.release
                                WHERE p.device = :device AND p.state <> 'pending' AND p.outcome IS NULL""")
                .bind("device", device)
                .map((row, context) -> new Assigned(row.getInt("campaign"), row.getString("campaign_id"),
                        CampaignState.parse(row.getString("campaign_state")).orElseThrow(),
                        DeploymentState.parse(row.getString("state")).orElseThrow(),
                        Json.convert(Json.parse(row.getString("plan")), Plan.class),
                        Releases.find(handle, row.getString("release")).orElseThrow()))
                .findOne();
    }
}
