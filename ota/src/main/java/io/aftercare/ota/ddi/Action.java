package io.aftercare.ota.ddi;

import io.aftercare.ota.campaign.CampaignState;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.plan.Plan;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt of a campaign at a device, as it stands.
///
/// @param id      what the device knows it by; 0 before it has seen it
/// @param at      the deployment's state
/// @param current whether the deployment still is at this attempt
/// @param open    whether the deployment is not over
/// @param ended   how the device ended it: `finished`, `error` or `canceled`; null before that
/// @param kept    whether the device refused to be cancelled
record Action(int id, int device, int campaign, int attempt, String campaignId, CampaignState campaignState,
        Plan plan, String release, String version, Instant expires, DeploymentState at, boolean current,
        boolean open, @Nullable String ended, boolean kept) {
    static final String FINISHED = "finished";
    static final String ERROR = "error";
    static final String CANCELED = "canceled";

    /// What the device may do with an action.
    enum Phase {
        /// Nothing yet: the window is closed, the campaign is paused.
        WITHHELD,
        /// Somebody has to agree first.
        CONFIRMATION,
        /// Download and install.
        DEPLOYMENT,
        /// Stop.
        CANCEL,
        /// Nothing any more.
        ENDED
    }

    /// @param timezone what the device's tag says, empty for nothing
    /// @param auto     whether the device confirms without asking anybody
    Phase phase(Instant now, String timezone, boolean auto) {
        if (ended != null || !current) {
            return Phase.ENDED;
        }
        if (at == DeploymentState.CANCELLED) {
            return kept ? Phase.DEPLOYMENT : Phase.CANCEL;
        }
        if (!open) {
            return Phase.ENDED;
        }
        if (hasBegun()) {
            return Phase.DEPLOYMENT; // what runs may come to its end
        }
        if (!mayBegin(now, timezone)) {
            return Phase.WITHHELD;
        }
        return plan.confirm() && !auto ? Phase.CONFIRMATION : Phase.DEPLOYMENT;
    }

    private boolean hasBegun() {
        return at != DeploymentState.OFFERED && at != DeploymentState.DEFERRED;
    }

    // SWUpdate takes "update: skip" for success without an installation, so what must wait is not shown at all
    private boolean mayBegin(Instant now, String timezone) {
        return campaignState == CampaignState.RUNNING && now.isBefore(expires)
                && (plan.window() == null || plan.window().isOpen(now, timezone))
                && (plan.installAfter() == null || !now.isBefore(plan.installAfter()));
    }

    boolean isDownloadOnly() {
        return plan.mode() == Plan.Mode.DOWNLOAD_ONLY;
    }

    /// `forced`, or `attempt` as long as the device may put it off.
    String handling(Instant now) {
        return plan.isForced(now) || isDownloadOnly() ? "forced" : "attempt";
    }

    /// The parameter `c` of its address: another number where the device should read it again.
    int check(int number, Instant now, String timezone) {
        boolean opened = plan.window() != null && plan.window().isOpen(now, timezone);
        int hash = 31 * number + (handling(now).equals("forced") ? 1231 : 1237);
        return (31 * hash + (opened ? 1249 : 1259)) & Integer.MAX_VALUE;
    }
}
