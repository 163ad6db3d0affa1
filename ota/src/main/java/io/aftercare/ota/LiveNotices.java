package io.aftercare.ota;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.ota.campaign.CampaignState;
import io.aftercare.ota.campaign.Notices;
import java.util.List;
import java.util.function.Consumer;

/// Tells the console's readers, wakes the outbox, and keeps the gauges fresh.
final class LiveNotices implements Notices {
    // of a larger batch the campaign's new counts tell enough
    private static final int SINGLE_MAX = 50;

    private final Events events;
    private final OutboxRelay outbox;
    private final DeploymentMeters meters;
    private volatile Consumer<String> deviceChanged = _ -> {
    };

    LiveNotices(Events events, OutboxRelay outbox, DeploymentMeters meters) {
        this.events = events;
        this.outbox = outbox;
        this.meters = meters;
    }

    /// Tells of each device whose deployment has changed, by its id.
    void onDevice(Consumer<String> listener) {
        deviceChanged = listener;
    }

    @Override
    public void campaign(String id, CampaignState state) {
        outbox.wake();
        events.publish("campaign.changed", Json.object().put("id", id).put("state", state.text()));
        meters.refresh();
    }

    @Override
    public void progress(String id, CampaignState state, int stage, JsonNode counts) {
        outbox.wake();
        events.publish("campaign.changed", Json.object().put("id", id).put("state", state.text())
                .put("stage", stage).set("counts", counts));
        meters.refresh();
    }

    @Override
    public void deployments(List<Change> changes) {
        outbox.wake();
        changes.stream().map(Change::device).filter(device -> !device.isEmpty()).forEach(deviceChanged);
        if (changes.size() <= SINGLE_MAX) {
            changes.forEach(change -> events.publish("deployment.changed", Json.object()
                    .put("id", change.campaign() + "/" + change.device()).put("campaign", change.campaign())
                    .put("device", change.device()).put("state", change.state().text())
                    .put("progress", change.progress())));
        }
    }
}
