package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How devices fared: population and faults together (R62, R66, R89).
///
/// @param lines   a line for each value of the dimension, the worst first
record Reliability(String by, List<Line> lines) {
    /// More are left out.
    private static final int LINES_MAX = 200;
    private static final double SECONDS = 3600;
    private static final double PERCENT = 100;

    /// @param population     devices that were there in the span
    /// @param failed         devices with at least one fault, at most: one with faults of several codes is counted for each
    /// @param failureRate    faults for each device of the population
    /// @param stability      share of the population without a fault
    /// @param mtbfHours      mean time between faults: hours of all devices over faults; null without a fault
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Line(String name, int population, int faults, int failed, double failureRate, double stability,
            @Nullable Double mtbfHours) {}

    /// Devices alike.
    record Fleet(String model, String firmware, String batch, String region, int devices, double hours) {}

    /// The devices that were there from `from` to `to`, and the hours that they were.
    static List<Fleet> population(Handle handle, Instant from, Instant to) {
        return handle.createQuery("""
                SELECT model, firmware, coalesce(tags->>'batch', '') AS batch, region, count(*),
                    sum(extract(epoch FROM :to - greatest(created_at, :from)))
                FROM fleet.device WHERE created_at < :to AND state <> 'retired' GROUP BY 1, 2, 3, 4""")
                .bind("from", from).bind("to", to)
                .map((row, _) -> new Fleet(row.getString(1), row.getString(2), row.getString(3),
                        row.getString(4),
                        row.getInt(5), row.getDouble(6) / SECONDS))
                .list();
    }

    static Reliability of(String by, List<Fleet> fleets, List<FaultStatistics.Count> counts,
            Function<Fleet, String> ofFleet, Function<FaultStatistics.Count, String> ofCount) {
        Map<String, double[]> sums = new LinkedHashMap<>();
        for (Fleet fleet : fleets) {
            double[] sum = sums.computeIfAbsent(ofFleet.apply(fleet), _ -> new double[4]);
            sum[0] += fleet.devices();
            sum[1] += fleet.hours();
        }
        for (FaultStatistics.Count count : counts) {
            double[] sum = sums.computeIfAbsent(ofCount.apply(count), _ -> new double[4]);
            sum[2] += count.faults();
            sum[3] += count.devices();
        }
        List<Line> lines = new ArrayList<>();
        sums.forEach((name, sum) -> lines.add(line(name, sum)));
        lines.sort(Comparator.comparingDouble(Line::failureRate).reversed().thenComparing(Line::name));
        return new Reliability(by, lines.subList(0, Math.min(LINES_MAX, lines.size())));
    }

    private static Line line(String name, double[] sum) {
        double population = sum[0];
        double failed = Math.min(sum[3], population);
        return new Line(name.isEmpty() ? "–" : name, (int) population, (int) sum[2], (int) failed,
                Pareto.share(sum[2], population),
                population == 0 ? 1 : Pareto.share(population - failed, population),
                sum[2] == 0 ? null : Double.valueOf(Math.round(sum[1] / sum[2] * PERCENT) / PERCENT));
    }

    /// The counts of one dimension, for a [Pareto].
    static Map<String, Integer> counts(List<FaultStatistics.Count> counts,
            Function<FaultStatistics.Count, String> of) {
        Map<String, Integer> sums = new HashMap<>();
        counts.forEach(count -> sums.merge(of.apply(count), count.faults(), Integer::sum));
        return sums;
    }
}
