package io.aftercare.ota.health;

import io.aftercare.ota.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// One look at a campaign: pure, so that how often it errs can be counted by simulation.
///
/// The sum of what all looks may spend is the gate's `alpha` (see [Budget]); each comparison is exact on its own, and their errors
/// add up to no more than their sum (Bonferroni), whatever hangs together.
final class HealthTest {
    private HealthTest() {}

    /// When a look is.
    ///
    /// @param stage    from 0
    /// @param fraction of the soak that has passed, 0 to 1
    /// @param last     whether it is the one that lets the stage pass
    record Moment(int stage, double fraction, boolean last) {}

    /// @param spent the budget as it is afterwards
    record Result(List<Finding> findings, Budget spent) {
        Result {
            findings = List.copyOf(findings);
        }

        List<Finding> worse() {
            return findings.stream().filter(finding -> finding.verdict() == Finding.Verdict.WORSE).toList();
        }
    }

    /// @param excused what somebody has looked at and let go on
    static Result look(List<Compared> updated, List<Compared> waiting, List<Plan.Metric> metrics,
            Set<String> excused, Budget budget, Moment moment) {
        FaultTest.Result faults = FaultTest.of(updated, waiting, excused,
                budget.forFaults(moment.stage(), moment.fraction(), metrics.isEmpty()));
        Budget left = budget.spent(faults.spent(), 0);
        MetricTest.Result changes = MetricTest.of(updated, waiting, metrics, excused,
                left.forMetrics(moment.stage(), moment.fraction(), moment.last()));
        List<Finding> findings = new ArrayList<>(faults.findings());
        findings.addAll(changes.findings());
        return new Result(findings, left.spent(0, changes.spent()));
    }
}
