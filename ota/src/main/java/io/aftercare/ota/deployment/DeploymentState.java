package io.aftercare.ota.deployment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// How far one device is within a campaign. All transitions stand in [#next]. A device may skip steps, because a report can
/// be lost; it never goes back but by a failure that is tried again.
public enum DeploymentState {
    PENDING,
    OFFERED,
    ACCEPTED,
    DEFERRED,
    DOWNLOADING,
    DOWNLOADED,
    VERIFYING,
    INSTALLING,
    REBOOTING,
    CONFIRMED,
    FAILED,
    ROLLED_BACK,
    CANCELLED,
    SKIPPED;

    /// The states that may follow this one. From [#PENDING] a device that was given up may still report, late, how it ended.
    public Set<DeploymentState> next() {
        return switch (this) {
            case PENDING -> EnumSet.of(OFFERED, SKIPPED, CANCELLED, CONFIRMED, ROLLED_BACK);
            case OFFERED ->
                EnumSet.of(ACCEPTED, DEFERRED, DOWNLOADING, DOWNLOADED, VERIFYING, INSTALLING, REBOOTING,
                        CONFIRMED, FAILED, ROLLED_BACK, CANCELLED);
            case DEFERRED -> EnumSet.of(ACCEPTED, DOWNLOADING, DOWNLOADED, VERIFYING, INSTALLING, REBOOTING,
                    CONFIRMED, FAILED, ROLLED_BACK, CANCELLED);
            case ACCEPTED ->
                EnumSet.of(DEFERRED, DOWNLOADING, DOWNLOADED, VERIFYING, INSTALLING, REBOOTING, CONFIRMED,
                        FAILED, ROLLED_BACK, CANCELLED);
            case DOWNLOADING -> EnumSet.of(DOWNLOADED, VERIFYING, INSTALLING, REBOOTING, CONFIRMED, FAILED,
                    ROLLED_BACK, CANCELLED);
            case DOWNLOADED ->
                EnumSet.of(VERIFYING, INSTALLING, REBOOTING, CONFIRMED, FAILED, ROLLED_BACK, CANCELLED);
            // cancelled by force alone
            case VERIFYING -> EnumSet.of(INSTALLING, REBOOTING, CONFIRMED, FAILED, ROLLED_BACK, CANCELLED);
            case INSTALLING -> EnumSet.of(REBOOTING, CONFIRMED, FAILED, ROLLED_BACK, CANCELLED);
            case REBOOTING -> EnumSet.of(CONFIRMED, FAILED, ROLLED_BACK, CANCELLED);
            // by itself after a failure that may pass, else by a person
            case FAILED, ROLLED_BACK, CANCELLED, SKIPPED -> EnumSet.of(PENDING);
            case CONFIRMED -> EnumSet.noneOf(DeploymentState.class);
        };
    }

    /// Whether an abort still reaches the device: one that has begun to write its flash is better left to finish.
    public boolean isCancellable() {
        return switch (this) {
            case PENDING, OFFERED, ACCEPTED, DEFERRED, DOWNLOADING, DOWNLOADED -> true;
            case VERIFYING, INSTALLING, REBOOTING, CONFIRMED, FAILED, ROLLED_BACK, CANCELLED, SKIPPED ->
                false;
        };
    }

    /// Whether a device in this state has something before it.
    public boolean isOpen() {
        return isCancellable() || this == VERIFYING || this == INSTALLING || this == REBOOTING;
    }

    /// Whether an offer, sent again, helps a device in this state that has lost it.
    public boolean wantsOffer() {
        return this != PENDING && isCancellable();
    }

    /// Whether a device may report this state itself.
    public boolean isReported() {
        return switch (this) {
            case ACCEPTED, DEFERRED, DOWNLOADING, DOWNLOADED, VERIFYING, INSTALLING, REBOOTING, CONFIRMED,
                    FAILED,
                    ROLLED_BACK ->
                true;
            case PENDING, OFFERED, CANCELLED, SKIPPED -> false;
        };
    }

    /// The name outside, such as `rolled_back`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<DeploymentState> parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}
