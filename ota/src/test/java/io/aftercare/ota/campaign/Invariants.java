package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.deployment.Outcome;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What holds after every commit of a [World], said without the code that is under test.
final class Invariants {
    private Invariants() {}

    /// @param about what a reader of the failure wants to see beside it
    static void require(boolean holds, String what, Object... about) {
        if (!holds) {
            throw new AssertionError(what + ": " + Arrays.toString(about));
        }
    }

    static void check(World world, Stored before, Stored after) {
        for (int c = 0; c < Stored.CAMPAIGNS; c++) {
            Campaign campaign = after.campaigns[c];
            require(!campaign.author().equals(campaign.approvedBy()), "approved by its author");
            require(before.campaigns[c].state().next().contains(campaign.state())
                    || before.campaigns[c].state() == campaign.state()
                    // an action of the gate passes through paused
                    || before.campaigns[c].state() == CampaignState.RUNNING,
                    "after one another", campaign.state(), before.campaigns[c].state());
            require(campaign.stage() >= before.campaigns[c].stage(), "a stage was closed again");
            require(!after.withdrawn || campaign.state() != CampaignState.RUNNING, "runs, though withdrawn");
            List<Tally> counted = new ArrayList<>(
                    Collections.nCopies(world.plan.stages().size(), Tally.EMPTY));
            for (int device = 0; device < World.DEVICES; device++) {
                require(!after.atWork(0, device) || !after.atWork(1, device), "two campaigns on one device",
                        device);
                Deployment each = after.deployments[c][device];
                if (each != null) {
                    int stage = after.stages[c][device];
                    counted.set(stage, counted.get(stage).plus(each.outcome(), 1));
                    checkDevice(after, c, device, before.deployments[c][device], each);
                } else {
                    require(before.deployments[c][device] == null, "a device was forgotten", device);
                }
            }
            require(counted.equals(after.tallies(c, world.plan)), "the counts, and the devices",
                    after.tallies(c, world.plan), counted);
        }
        checkOffers(world, before, after);
    }

    private static void checkDevice(Stored after, int c, int device, @Nullable Deployment earlier,
            Deployment each) {
        Campaign campaign = after.campaigns[c];
        require(each.attempts() == 0 || after.stages[c][device] <= campaign.stage(),
                "offered before its stage", device);
        require(each.attempts() <= 3 + after.retries[c][device], "tried too often", device,
                each.attempts());
        require((each.outcome() == Outcome.SUCCESS) == (each.state() == DeploymentState.CONFIRMED),
                "outcome and state", device, each);
        if (earlier != null && !earlier.isOpen() && !each.equals(earlier)) {
            require(each.state() == DeploymentState.PENDING && after.retries[c][device] > 0,
                    "it had ended", device, earlier.state(), each.state());
        }
    }

    private static void checkOffers(World world, Stored before, Stored after) {
        int perMinute = world.plan.rate().devicesPerMinute();
        for (Stored.Offer offer : after.offers.subList(before.offers.size(), after.offers.size())) {
            require(!before.withdrawn, "offered, though withdrawn");
            require(world.plan.window() == null || isOpen(offer.at()), "offered outside the window",
                    offer.at());
            require(after.campaigns[offer.campaign()].approvedBy() != null, "offered without approval");
        }
        for (int c = 0; c < Stored.CAMPAIGNS && perMinute > 0; c++) {
            require(after.offeredLately(c, world.now) <= perMinute, "more offers in a minute than",
                    perMinute);
        }
    }

    // from 12:00 to 14:00, as SimulatedPlans has it
    private static boolean isOpen(Instant at) {
        int hour = at.atZone(ZoneOffset.UTC).getHour();
        return hour == 12 || hour == 13;
    }

    /// Nothing is offered while failures weigh too much that nobody has looked at.
    static void checkGate(Campaign before, Campaign.Decision decision, List<Tally> tallies) {
        StageStatus after = decision.next().stages().get(before.stage());
        boolean passed = after.passedAt() != null && before.stages().get(before.stage()).passedAt() == null;
        require(!passed || after.watchedAt() != null || !before.plan().isWatched(),
                "passed before the last look of the health gate", after);
        boolean offers = decision.effects().stream()
                .anyMatch(effect -> effect instanceof CampaignEffect.Offer);
        for (int stage = 0; stage <= before.stage() && offers; stage++) {
            Tally tally = tallies.get(stage);
            int failures = tally.failure() - before.stages().get(stage).excused();
            int ended = tally.success() + tally.failure();
            boolean enough = ended >= Math.min(before.plan().gate().minimum(), ended + tally.open());
            require(failures <= 0 || !enough || failures < before.plan().gate().error() * ended,
                    "offers go on in spite of failures", tally);
        }
    }
}
