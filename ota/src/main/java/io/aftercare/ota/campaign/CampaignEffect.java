package io.aftercare.ota.campaign;

/// What follows from a campaign's decision, besides its new row.
public sealed interface CampaignEffect {
    /// Every device of the target gets its place in a stage.
    record Enrol() implements CampaignEffect {}

    /// Waiting devices get their turn.
    ///
    /// @param stage those of this stage and of the ones before it
    /// @param max   at most so many
    record Offer(int stage, int max) implements CampaignEffect {}

    /// Devices with an offer that they have not answered get it once more: it may have been on its way when the campaign paused.
    record Reoffer() implements CampaignEffect {}

    /// What can still be stopped is cancelled.
    ///
    /// @param force whether devices that write their flash are given up as well
    record Cancel(String reason, boolean force) implements CampaignEffect {
        Cancel(String reason) {
            this(reason, false);
        }
    }

    /// The devices that run the release are to return to the one before it, by a campaign of its own.
    ///
    /// @param approved whether that campaign starts at once, or is proposed to people
    record Revert(boolean approved) implements CampaignEffect {}

    /// A proposal to return the devices is needless: the campaign goes on.
    record WithdrawRevert() implements CampaignEffect {}
}
