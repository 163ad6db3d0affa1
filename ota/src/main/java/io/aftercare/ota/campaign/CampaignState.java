package io.aftercare.ota.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How far a campaign is. All its transitions stand in [#next].
public enum CampaignState {
    DRAFT, AWAITING_APPROVAL, APPROVED, RUNNING, PAUSED, ABORTED, FINISHED;

    /// The states that may follow this one.
    public Set<CampaignState> next() {
        return switch (this) {
            case DRAFT -> EnumSet.of(AWAITING_APPROVAL, ABORTED);
            case AWAITING_APPROVAL -> EnumSet.of(APPROVED, ABORTED);
            case APPROVED -> EnumSet.of(RUNNING, ABORTED);
            case RUNNING -> EnumSet.of(PAUSED, ABORTED, FINISHED);
            case PAUSED -> EnumSet.of(RUNNING, ABORTED);
            case ABORTED, FINISHED -> EnumSet.noneOf(CampaignState.class);
        };
    }

    /// The name outside, such as `awaiting-approval`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<CampaignState> parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}
