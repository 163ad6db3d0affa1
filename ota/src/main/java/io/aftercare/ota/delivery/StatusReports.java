package io.aftercare.ota.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.deployment.Reception;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Optional;

/// What devices say on `devices/{id}/ota/status`.
final class StatusReports {
    private static final Taken NO_REPORT = new Taken("malformed",
            "ota/status wants {\"release\",\"state\",\"progress\",\"error\"}, with a state that a device may report");

    private final Campaigns campaigns;

    /// What became of a report.
    ///
    /// @param outcome in one word, for the counter
    /// @param refusal why it is of no use, empty where it is committed
    record Taken(String outcome, String refusal) {}

    StatusReports(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    Taken take(Device device, byte[] payload) {
        JsonNode report;
        try {
            report = Json.mapper().readTree(payload);
        } catch (JsonProcessingException e) {
            return NO_REPORT;
        } catch (IOException e) {
            throw new UncheckedIOException(e); // bytes in memory cannot fail to be read
        }
        String release = report.path("release").asText("");
        Optional<DeploymentState> state = DeploymentState.parse(report.path("state").asText(""))
                .filter(DeploymentState::isReported);
        if (release.isEmpty() || state.isEmpty()) {
            return NO_REPORT;
        }
        JsonNode error = report.path("error");
        String told = error.isMissingNode() || error.isNull()
                ? ""
                : error.isTextual() ? error.asText() : error.toString();
        Reception reception = campaigns.reported(device, release, new DeploymentEvent.Reported(state.get(),
                (int) report.path("progress").asDouble(0), told, device.firmware()));
        return new Taken(reception.name().toLowerCase(Locale.ROOT), switch (reception) {
            case NEWS, REPEATED, LATE -> "";
            case IMPOSSIBLE -> "says " + state.get().text() + " of release " + release
                    + ", which was never offered to this device";
            case FOREIGN -> "no campaign has release " + release + " for this device";
        });
    }
}
