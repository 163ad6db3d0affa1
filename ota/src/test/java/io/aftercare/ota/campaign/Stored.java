package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.Deployment;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.campaign.CampaignEvent.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is committed in a [World]: the rows, and the counts that each change of a row leaves beside them.
final class Stored {
    static final int CAMPAIGNS = 2;
    private static final int STAGES_MAX = 3;
    private static final int COUNTS = 4;

    final Campaign[] campaigns = new Campaign[CAMPAIGNS];
    final @Nullable Deployment[][] deployments = new @Nullable Deployment[CAMPAIGNS][World.DEVICES];
    final int[][] stages = new int[CAMPAIGNS][World.DEVICES];
    final int[][] retries = new int[CAMPAIGNS][World.DEVICES];
    final @Nullable Integer[] enrolAfter = new @Nullable Integer[CAMPAIGNS];
    final @Nullable Closing[] closing = new @Nullable Closing[CAMPAIGNS];
    final int[] reverts = new int[CAMPAIGNS];
    private final int[][][] tally = new int[CAMPAIGNS][STAGES_MAX][COUNTS];
    final Map<String, int[]> outbox = new HashMap<>();
    final List<Offer> offers = new ArrayList<>();
    final String[] firmware = new String[World.DEVICES];
    int registered;
    int missing;
    boolean withdrawn;

    /// That a device was offered.
    record Offer(int campaign, Instant at) {}

    Stored copy() {
        Stored copy = new Stored();
        System.arraycopy(campaigns, 0, copy.campaigns, 0, CAMPAIGNS);
        for (int c = 0; c < CAMPAIGNS; c++) {
            System.arraycopy(deployments[c], 0, copy.deployments[c], 0, World.DEVICES);
            System.arraycopy(stages[c], 0, copy.stages[c], 0, World.DEVICES);
            System.arraycopy(retries[c], 0, copy.retries[c], 0, World.DEVICES);
            for (int stage = 0; stage < STAGES_MAX; stage++) {
                System.arraycopy(tally[c][stage], 0, copy.tally[c][stage], 0, COUNTS);
            }
        }
        System.arraycopy(enrolAfter, 0, copy.enrolAfter, 0, CAMPAIGNS);
        System.arraycopy(closing, 0, copy.closing, 0, CAMPAIGNS);
        System.arraycopy(reverts, 0, copy.reverts, 0, CAMPAIGNS);
        System.arraycopy(firmware, 0, copy.firmware, 0, World.DEVICES);
        copy.outbox.putAll(outbox);
        copy.offers.addAll(offers);
        copy.registered = registered;
        copy.missing = missing;
        copy.withdrawn = withdrawn;
        return copy;
    }

    /// Makes a row for a device that has none.
    void enrol(int campaign, int device, int stage, Instant now) {
        if (deployments[campaign][device] == null) {
            stages[campaign][device] = stage;
            put(campaign, device, Deployment.pending(now));
        }
    }

    /// Writes a row, and what that does to the counts.
    void put(int campaign, int device, Deployment next) {
        Deployment before = deployments[campaign][device];
        if (before != null) {
            tally[campaign][stages[campaign][device]][column(before)]--;
        }
        tally[campaign][stages[campaign][device]][column(next)]++;
        deployments[campaign][device] = next;
    }

    private static int column(Deployment each) {
        return switch (each.outcome()) {
            case null -> 0;
            case SUCCESS -> 1;
            case FAILURE -> 2;
            case NONE -> 3;
        };
    }

    /// As the counts say, of each stage.
    List<Tally> tallies(int campaign, Plan plan) {
        List<Tally> tallies = new ArrayList<>();
        for (int stage = 0; stage < plan.stages().size(); stage++) {
            int[] n = tally[campaign][stage];
            tallies.add(new Tally(n[0], n[1], n[2], n[3]));
        }
        return tallies;
    }

    /// Forgets offers that no rate asks about any more.
    void forgetOffers(Instant now) {
        offers.removeIf(offer -> offer.at().isBefore(now.minus(Duration.ofMinutes(2))));
    }

    int offeredLately(int campaign, Instant now) {
        Instant since = now.minus(Duration.ofMinutes(1));
        return (int) offers.stream()
                .filter(offer -> offer.campaign() == campaign && offer.at().isAfter(since))
                .count();
    }

    boolean atWork(int campaign, int device) {
        Deployment each = deployments[campaign][device];
        return each != null && each.isOpen() && each.state() != DeploymentState.PENDING;
    }
}
