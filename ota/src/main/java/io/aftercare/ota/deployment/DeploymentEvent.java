package io.aftercare.ota.deployment;

import org.jspecify.annotations.Nullable;

/// What may happen to a deployment.
public sealed interface DeploymentEvent {
    /// Its turn has come.
    ///
    /// @param device what is known of the device now
    record Turn(Facts device) implements DeploymentEvent {}

    /// The device says how far it is.
    ///
    /// @param progress percent of the step
    /// @param error    what went wrong, empty for nothing
    /// @param firmware the version it reported last
    record Reported(DeploymentState state, int progress, String error,
            String firmware) implements DeploymentEvent {}

    /// The device reported the version that it runs.
    record Runs(String firmware) implements DeploymentEvent {}

    /// Nothing was heard for as long as the state may last.
    record Overdue(String firmware) implements DeploymentEvent {}

    /// A person gives this device up.
    ///
    /// @param force also where it writes its flash
    record Cancel(String reason, boolean force) implements DeploymentEvent {}

    /// A person has it tried once more, however it ended.
    record Retry(String by) implements DeploymentEvent {}

    /// What decides whether a device gets an offer.
    ///
    /// @param known    false for a device that was deleted
    /// @param busy     whether another campaign is at work on it
    /// @param timezone what its tag says, empty for nothing
    /// @param revertTo lowest counter to which the release that it runs may return, null where it may not or is none of ours
    record Facts(boolean known, boolean mayConnect, boolean busy, String firmware, String hardware,
            String timezone, @Nullable Long revertTo) {}
}
