package io.aftercare.ota.campaign;

import java.util.List;

/// Tells those who watch live what has changed, after the commit. Must not block or throw.
public interface Notices {
    void campaign(String id, CampaignState state);

    void deployments(List<Change> changes);

    /// A device's new state in a campaign.
    record Change(String campaign, String device, DeploymentState state, int progress) {}
}
