package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.DeploymentState;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/// Tells those who watch live what has changed, after the commit. Must not block or throw.
public interface Notices {
    void campaign(String id, CampaignState state);

    /// How far a campaign is.
    ///
    /// @param stage  the open one, from 1
    /// @param counts of its devices by state
    void progress(String id, CampaignState state, int stage, JsonNode counts);

    void deployments(List<Change> changes);

    /// A device's new state in a campaign.
    record Change(String campaign, String device, DeploymentState state, int progress) {}
}
