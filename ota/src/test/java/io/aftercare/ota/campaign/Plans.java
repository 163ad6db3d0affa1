package io.aftercare.ota.campaign;

import io.aftercare.ota.deployment.Terms;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.release.Manifest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/// Plans, terms and campaigns for tests.
public final class Plans {
    public static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    public static final Instant EXPIRES = START.plus(Duration.ofDays(100));

    private Plans() {}

    public static Plan plan(double... percents) {
        List<Plan.Stage> stages = new ArrayList<>();
        for (double percent : percents) {
            stages.add(Plan.Stage.of(percent));
        }
        return new Plan(stages, new Plan.Gate(0.9, 0.2, 5, Duration.ofMinutes(30), Plan.Action.PAUSE,
                0.01, List.of()), null,
                new Plan.Rate(0, 0),
                Plan.Mode.FORCED, new Plan.Retry(3, Duration.ofMinutes(1), Map.of()), null, null, false);
    }

    public static Plan acting(Plan.Action action) {
        Plan plan = plan(100);
        Plan.Gate gate = plan.gate();
        return new Plan(plan.stages(),
                new Plan.Gate(gate.success(), gate.error(), gate.minimum(), gate.soak(), action, 0.01,
                        List.of()),
                null,
                plan.rate(), plan.mode(), plan.retry(), null, null, false);
    }

    public static Plan revert() {
        Plan plan = acting(Plan.Action.ROLLBACK);
        return new Plan(plan.stages(), plan.gate(), null, plan.rate(), plan.mode(), plan.retry(), null, null,
                true);
    }

    public static Terms terms(Plan plan) {
        Manifest manifest = new Manifest("LP-2000", List.of("B1"), 240, "2.4.0", "2.0.0",
                List.of(new Manifest.Component("fw.bin", 10, "0".repeat(64))), List.of("FUSER_OVERHEAT"),
                START,
                EXPIRES, null);
        return new Terms(manifest, plan, Terms.Patience.USUAL, false, 1);
    }

    public static Campaign campaign(Plan plan) {
        return new Campaign("C1", CampaignState.AWAITING_APPROVAL, "", "ann", null, plan, 0,
                Collections.nCopies(plan.stages().size(), StageStatus.WAITING), EXPIRES);
    }

    public static Campaign running(Plan plan) {
        Campaign approved = campaign(plan).next(new CampaignEvent.Approve("bob"), START).next();
        return approved.next(new CampaignEvent.Start("ann"), START).next();
    }
}
