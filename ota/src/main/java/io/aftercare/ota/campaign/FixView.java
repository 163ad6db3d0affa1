package io.aftercare.ota.campaign;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.aftercare.ota.campaign.FixCases.Case;
import io.aftercare.ota.wording.Told;
import io.aftercare.ota.wording.Wording;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A device and what a release does, or would do, about its faults, as the staff's API shows it.
///
/// @param faults   their ids
/// @param tickets  the cases that they went to
/// @param state    waiting (no campaign brings it), scheduled, withheld, installed or failed
/// @param reason   why it is withheld or failed, else empty
/// @param campaign that brings it, null for none
/// @param stage    of the campaign, from 1; null for none
/// @param step     how far the device is within the campaign, null for none
/// @param since    of the state, null where it is waiting
@JsonInclude(JsonInclude.Include.ALWAYS)
record FixView(String device, String firmware, List<String> faults, List<Case> tickets, String state,
        String reason, @Nullable String campaign, @Nullable Integer stage, @Nullable String step,
        @Nullable Instant since) {

    /// The reason part by part.
    @JsonProperty
    List<Told> why() {
        return Wording.read(reason);
    }

    FixView with(List<Case> cases) {
        return new FixView(device, firmware, faults, cases, state, reason, campaign, stage, step, since);
    }
}
