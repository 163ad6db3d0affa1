package io.aftercare.ota.deployment;

/// What follows from a deployment's decision, besides its new row.
public sealed interface DeploymentEffect {
    /// The device's history gets a line.
    record Moved(DeploymentState state, String reason) implements DeploymentEffect {}

    /// The offer goes to the device, if it is connected.
    record SendOffer() implements DeploymentEffect {}

    /// A device that was offered the update is told to let it go, if it is connected.
    record Retract() implements DeploymentEffect {}

    /// The release runs: the faults that it fixes are watched from now on.
    record Installed() implements DeploymentEffect {}

    /// The release will not come by this campaign: somebody else must see to the faults.
    record NotInstalled(String reason) implements DeploymentEffect {}
}
