package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What may happen to a campaign.
public sealed interface CampaignEvent {
    /// A draft is handed in for approval.
    record Submit(String by) implements CampaignEvent {}

    record Approve(String by) implements CampaignEvent {}

    record Start(String by) implements CampaignEvent {}

    record Pause(String by) implements CampaignEvent {}

    /// What it delivers is under suspicion.
    record Halt(String reason) implements CampaignEvent {}

    /// Somebody has looked at what stopped it, and lets it go on: failures so far are not held against it again.
    record Resume(String by, List<Tally> tallies) implements CampaignEvent {}

    /// Somebody opens the next stage, without waiting for this one.
    record Advance(String by) implements CampaignEvent {}

    /// What it delivers is not there.
    ///
    /// @param what shown as the reason
    record Missing(String what) implements CampaignEvent {}

    /// @param force whether devices that write their flash are given up as well; also of a campaign that was aborted before
    record Abort(String by, String reason, boolean force) implements CampaignEvent {
        Abort(String by, String reason) {
            this(by, reason, false);
        }
    }

    /// A look at how it goes.
    ///
    /// @param tallies           of each stage
    /// @param offeredLastMinute how many offers went out
    record Tick(List<Tally> tallies, int offeredLastMinute) implements CampaignEvent {}

    /// The health gate has compared the devices of a stage that soaks.
    ///
    /// @param reachedAt of the soak that it looked at
    /// @param last      whether the soak is over, so that this look lets the stage pass
    /// @param worse     what the updated devices do worse, empty for nothing
    record Looked(int stage, Instant reachedAt, boolean last, String worse) implements CampaignEvent {}

    /// The deployments of one stage, counted.
    ///
    /// @param open those without an outcome
    record Tally(int open, int success, int failure, int none) {
        static final Tally EMPTY = new Tally(0, 0, 0, 0);

        Tally plus(@Nullable Outcome outcome, int n) {
            return switch (outcome) {
                case null -> new Tally(open + n, success, failure, none);
                case SUCCESS -> new Tally(open, success + n, failure, none);
                case FAILURE -> new Tally(open, success, failure + n, none);
                case NONE -> new Tally(open, success, failure, none + n);
            };
        }

        int finished() {
            return success + failure;
        }

        /// Those that count: a device that the release is not for says nothing about it.
        int counted() {
            return open + success + failure;
        }
    }
}
