package io.aftercare.benchmarks.latency;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;
import io.aftercare.simulator.load.LoadReport;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// @param capacity   messages a second, as fast as it goes
/// @param rate       messages a second asked for while latency was measured
/// @param load       that run; its latency counts from the moment at which a message was due
/// @param probes     samples that broke a rule meanwhile
public record LatencyReport(Machine machine, double capacity, double rate, LoadReport load,
        List<Breach> probes) {

    /// Milliseconds from the PUBLISH of a sample that breaks a rule.
    public record Breach(double acknowledged, double fault, double ticket) {}

    /// For a report.
    public String markdown() {
        Table table = new Table("milliseconds", "p50", "p90", "p99", "max");
        LoadReport.Percentiles all = load.latency();
        table.row("PUBLISH to PUBACK, " + Table.number((double) load.acknowledged()) + " messages",
                Table.number(all.p50() / 1e3), Table.number(all.p90() / 1e3), Table.number(all.p99() / 1e3),
                Table.number(all.max() / 1e3));
        row(table, "a breach: to PUBACK", Breach::acknowledged);
        row(table, "a breach: to its fault by HTTP", Breach::fault);
        row(table, "a breach: to its ticket by HTTP", Breach::ticket);
        return "%,.0f messages/s, half of the %,.0f/s that this backend took at full speed just before; %d breaches.  \n%s\n\n%s"
                .formatted(load.messagesPerSecond(), capacity, probes.size(), machine.text(), table.text());
    }

    private void row(Table table, String name, ToDoubleFunction<Breach> figure) {
        double[] sorted = probes.stream().mapToDouble(figure).sorted().toArray();
        table.row(name, Table.number(quantile(sorted, 0.5)), Table.number(quantile(sorted, 0.9)),
                Table.number(quantile(sorted, 0.99)), Table.number(quantile(sorted, 1)));
    }

    /// The value that `quantile` of all do not exceed.
    static double quantile(double[] sorted, double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
    }
}
