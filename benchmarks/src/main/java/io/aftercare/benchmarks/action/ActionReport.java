package io.aftercare.benchmarks.action;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;

/// @param connections devices connected meanwhile
/// @param perSecond   actions asked for
/// @param own         milliseconds from the request by HTTP to the PUBLISH at the device, sorted
/// @param peer        milliseconds from a PUBLISH at Mosquitto to the PUBLISH at the device, sorted
public record ActionReport(Machine machine, int connections, int perSecond, double[] own, double[] peer) {
    /// For a report.
    public String markdown() {
        Table table = new Table("milliseconds to the device", "p50", "p90", "p99", "max", "target");
        row(table, "a remote action: request by HTTP, guarded, committed, sent, noted", own, "p99 under 100");
        row(table, "Mosquitto: a message, forwarded", peer, "");
        return "%,d devices connected, %d requests a second, %,d timed.  \n%s\n\n%s".formatted(connections,
                perSecond, own.length, machine.text(), table.text());
    }

    private static void row(Table table, String name, double[] sorted, String target) {
        table.row(name, Table.number(quantile(sorted, 0.5)), Table.number(quantile(sorted, 0.9)),
                Table.number(quantile(sorted, 0.99)), Table.number(quantile(sorted, 1)), target);
    }

    /// The value that `quantile` of all do not exceed.
    static double quantile(double[] sorted, double quantile) {
        return sorted[Math.max(0, (int) Math.ceil(quantile * sorted.length) - 1)];
    }
}
