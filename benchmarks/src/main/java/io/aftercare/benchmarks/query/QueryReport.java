package io.aftercare.benchmarks.query;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;
import java.util.Arrays;
import java.util.List;

/// @param loadSeconds    for all rows
/// @param packSeconds    until the backend had compressed them; 0 where they are of today
/// @param gibibytes      what they take with their index
public record QueryReport(Machine machine, QueryRun.Load load, double loadSeconds, double packSeconds,
        double gibibytes,
        List<Way> ways) {

    /// One way to ask.
    ///
    /// @param millis of each request, in ascending order
    public record Way(String title, double[] millis) {
        static Way of(String title, List<Double> millis) {
            return new Way(title, millis.stream().mapToDouble(Double::doubleValue).sorted().toArray());
        }

        double at(double share) {
            return millis[(int) Math.min(millis.length - 1, Math.floor(millis.length * share))];
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Way way && title.equals(way.title) && Arrays.equals(millis, way.millis);
        }

        @Override
        public int hashCode() {
            return title.hashCode() * 31 + Arrays.hashCode(millis);
        }
    }

    /// For a report.
    public String markdown() {
        Table table = new Table("milliseconds", "p50", "p90", "p99", "max", "requests");
        for (Way way : ways) {
            table.row(way.title(), Table.number(way.at(0.5)), Table.number(way.at(0.9)),
                    Table.number(way.at(0.99)),
                    Table.number(way.at(1)), Integer.toString(way.millis().length));
        }
        return "%,d devices with %,d rows of five metrics each (%,d points, %.1f GiB), loaded in %.0f s%s.  \n%s\n\n%s"
                .formatted(load.devices(), load.rows(), 5L * load.devices() * load.rows(), gibibytes,
                        loadSeconds,
                        packSeconds > 0 ? ", compressed in %.0f s".formatted(packSeconds) : "",
                        machine.text(),
                        table.text());
    }
}
