package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.fleet.device.Device;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Where a device is on its way to a fix, for the page of its case.
///
/// @param stage  of the device, from 1
/// @param opened the stage of the campaign that is open, from 1
/// @param step   how far the device is
/// @param turn   when it has its turn at the earliest; null where it has it, or where that depends on devices that are not done yet
public record FixCourse(String name, CampaignState state, String reason, int stage, int stages, int opened,
        DeploymentState step, @Nullable Instant turn) {

    static Optional<FixCourse> of(Handle handle, String campaign, Device device) {
        return CampaignStore.find(handle, campaign)
                .flatMap(row -> DeploymentStore.find(handle, row.number(), device.number())
                        .map(found -> of(row, found, stage(handle, row.number(), device.number()))));
    }

    private static FixCourse of(CampaignRow row, DeploymentStore.Row found, int stage) {
        Campaign campaign = row.value();
        return new FixCourse(row.name(), campaign.state(), campaign.reason(), stage + 1,
                campaign.stages().size(), campaign.stage() + 1, found.value().state(),
                turn(campaign, found.value(), stage));
    }

    private static @Nullable Instant turn(Campaign campaign, Deployment deployment, int stage) {
        if (deployment.state() != DeploymentState.PENDING || !deployment.isOpen()
                || campaign.state() != CampaignState.RUNNING) {
            return null;
        }
        if (stage <= campaign.stage()) {
            return deployment.dueAt();
        }
        Instant reached = campaign.stages().get(campaign.stage()).reachedAt();
        return stage == campaign.stage() + 1 && reached != null
                ? reached.plus(campaign.plan().gate().soak())
                : null;
    }

    private static int stage(Handle handle, int campaign, int device) {
        return handle.createQuery(
                "SELECT stage FROM ota.deployment WHERE campaign = :campaign AND device = :device")
                .bind("campaign", campaign).bind("device", device).mapTo(Integer.class).one();
    }
}
