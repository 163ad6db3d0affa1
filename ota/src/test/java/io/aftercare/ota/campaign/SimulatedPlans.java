package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.fleet.window.Window;
import java.time.Duration;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Plans by dice: each feature of a campaign is in some of them.
final class SimulatedPlans {
    private static final List<List<Double>> PERCENTS = List.of(List.of(25.0, 100.0), List.of(100.0),
            List.of(10.0, 40.0, 100.0));

    private static final List<Plan.Action> ACTIONS = List.of(Plan.Action.values());

    private SimulatedPlans() {}

    static Plan of(Random random) {
        List<Plan.Stage> stages = new ArrayList<>();
        for (double percent : PERCENTS.get(random.nextInt(PERCENTS.size()))) {
            stages.add(
                    new Plan.Stage(percent, null, null, random.nextInt(4) == 0 ? Plan.Start.MANUAL : null));
        }
        Plan.Action action = ACTIONS.get(random.nextInt(ACTIONS.size()));
        Window window = random.nextInt(3) == 0
                ? new Window(LocalTime.NOON, Duration.ofHours(2), "UTC")
                : null;
        Plan.Mode mode = random.nextInt(3) == 0 ? Plan.Mode.TIME_FORCED : Plan.Mode.FORCED;
        return new Plan(stages, new Plan.Gate(0.8, 0.4, 3, Duration.ofMinutes(30), action, 0.01, List.of()),
                window,
                new Plan.Rate(random.nextInt(3) == 0 ? 2 : 0, 0), mode,
                new Plan.Retry(2, Duration.ofMinutes(1),
                        Map.of("network", new Plan.Attempts(3, Duration.ofSeconds(10)))),
                null, mode == Plan.Mode.TIME_FORCED ? Plans.START.plus(Duration.ofHours(30)) : null, false);
    }
}
