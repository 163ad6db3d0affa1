package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// `ota/offer` with `cancelled`: what a campaign offered no longer holds. Of another campaign's offer of the same release it
/// says nothing. It is not signed, and need not be: who could forge it could as well keep the offer back.
record Cancellation(String campaign, String release, String reason) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// Empty where the message is an offer, or cannot be read.
    static Optional<Cancellation> of(byte[] message) {
        try {
            JsonNode json = JSON.readTree(message);
            return json.path("cancelled").asBoolean()
                    ? Optional.of(new Cancellation(json.path("campaign").asText(""),
                            json.path("release").asText(""), json.path("reason").asText("")))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty(); // which the agent tells of as it does of every offer
        }
    }

    /// Whether it takes this offer back.
    boolean concerns(byte[] offer) {
        try {
            JsonNode json = JSON.readTree(offer);
            return json.path("release").asText("").equals(release)
                    && json.path("campaign").asText("").equals(campaign);
        } catch (IOException e) {
            return false; // an offer that cannot be read is never waited for
        }
    }

    boolean concerns(DeviceMemory.Job job) {
        return concerns(job.offer().getBytes(StandardCharsets.UTF_8));
    }

    /// The update at work was taken back: nothing is told of it any more. Caught where the update was begun.
    static final class TakenBack extends RuntimeException {
        private static final long serialVersionUID = 1;

        TakenBack() {
            super("taken back", null, false, false);
        }
    }
}
