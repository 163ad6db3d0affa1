package io.aftercare.ota.delivery;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.campaign.DeploymentEvent;
import io.aftercare.ota.campaign.DeploymentState;
import java.io.IOException;
import java.util.Optional;

/// What devices say on `devices/{id}/ota/status`.
final class StatusReports {
    private final Campaigns campaigns;

    /// What became of a report.
    enum Taken {
        /// It is committed; a report that says nothing new is as good.
        TAKEN,
        /// It is not JSON, or says no release or state that there is.
        MALFORMED,
        /// The device has nothing to do with that release.
        FOREIGN
    }

    StatusReports(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    Taken take(Device device, byte[] payload) {
        JsonNode report;
        try {
            report = Json.mapper().readTree(payload);
        } catch (JsonProcessingException e) {
            return Taken.MALFORMED;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e); // bytes in memory cannot fail to be read
        }
        String release = report.path("release").asText("");
        Optional<DeploymentState> state = DeploymentState.parse(report.path("state").asText(""))
                .filter(DeploymentState::isReported);
        if (release.isEmpty() || state.isEmpty()) {
            return Taken.MALFORMED;
        }
        JsonNode error = report.path("error");
        String told = error.isMissingNode() || error.isNull()
                ? ""
                : error.isTextual() ? error.asText() : error.toString();
        var reported = new DeploymentEvent.Reported(state.get(), (int) report.path("progress").asDouble(0),
                told,
                device.firmware());
        return campaigns.reported(device, release, reported) ? Taken.TAKEN : Taken.FOREIGN;
    }
}
