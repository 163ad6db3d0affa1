package io.aftercare.ota.health;

import io.aftercare.fleet.statistics.Fisher;
import io.aftercare.ota.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Compares how the metrics of the updated devices changed with how those of the waiting ones did: of each device its mean
/// since the soak began less its own mean before the campaign, so that neither a device that was always warm nor a hot
/// day that all devices share tells against the release. The device is the unit, however often it reports. By ranks, so that
/// one broken sensor decides nothing.
final class MetricTest {
    private MetricTest() {}

    record Result(List<Finding> findings, double spent) {}

    private record Way(Plan.Metric metric, Plan.Worse worse) {
        double sign() {
            return worse == Plan.Worse.LOWER ? -1 : 1;
        }
    }

    static Result of(List<Compared> updated, List<Compared> waiting, List<Plan.Metric> metrics,
            Set<String> excused, double budget) {
        List<Way> ways = new ArrayList<>();
        for (Plan.Metric metric : metrics) {
            if (!excused.contains(metric.metric())) {
                switch (metric.worse()) {
                    case HIGHER, LOWER -> ways.add(new Way(metric, metric.worse()));
                    case EITHER -> {
                        ways.add(new Way(metric, Plan.Worse.HIGHER));
                        ways.add(new Way(metric, Plan.Worse.LOWER));
                    }
                }
            }
        }
        double[] least = ways.stream().mapToDouble(way -> {
            int own = changes(updated, way.metric()).length;
            int others = changes(waiting, way.metric()).length;
            return own == 0 || others == 0 ? 1 : Fisher.upperTail(own, own, 0, others);
        }).toArray();
        double level = Budget.level(least, budget);
        List<Finding> findings = new ArrayList<>();
        double spent = 0;
        for (int i = 0; i < ways.size(); i++) {
            Finding finding = compare(updated, waiting, ways.get(i), least[i], level);
            spent += finding.verdict() == Finding.Verdict.TOO_FEW ? 0 : level;
            findings.add(finding);
        }
        return new Result(findings, spent);
    }

    private static Finding compare(List<Compared> updated, List<Compared> waiting, Way way, double least,
            double level) {
        double[] own = changes(updated, way.metric());
        double[] others = changes(waiting, way.metric());
        // a difference up to the tolerance is none
        double p = RankSum.upperTail(turned(own, way.sign(), way.metric().tolerance()),
                turned(others, way.sign(), 0));
        Finding.Verdict verdict = least > level
                ? Finding.Verdict.TOO_FEW
                : p <= level ? Finding.Verdict.WORSE : Finding.Verdict.NO_SIGN;
        return new Finding(Finding.Kind.METRIC, List.of(way.metric().metric()), way.worse().text(),
                Finding.Side.mean(own, during(updated, way.metric())),
                Finding.Side.mean(others, during(waiting, way.metric())), p, level, verdict);
    }

    private static double[] changes(List<Compared> devices, Plan.Metric metric) {
        return devices.stream().filter(device -> device.has(metric.metric()))
                .mapToDouble(device -> device.change(metric.metric())).toArray();
    }

    private static double during(List<Compared> devices, Plan.Metric metric) {
        return devices.stream().filter(device -> device.has(metric.metric()))
                .mapToDouble(device -> device.during().getOrDefault(metric.metric(), 0.0)).average()
                .orElse(0);
    }

    private static double[] turned(double[] values, double sign, double less) {
        double[] turned = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            turned[i] = sign * values[i] - less;
        }
        return turned;
    }
}
