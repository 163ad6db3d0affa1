package io.aftercare.benchmarks.console;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Spread;
import io.aftercare.benchmarks.report.Table;
import java.util.List;

/// @param devices  registered meanwhile
/// @param kilobytes of the first page as sent, headers included
/// @param opened   how long it took to open a page
/// @param frames   of scrolling through lists
/// @param lists    pages of the list of devices
public record ConsoleReport(Machine machine, int devices, double kilobytes, List<Row> opened,
        List<Row> frames,
        List<Row> lists) {

    /// @param millis of each try
    /// @param target what it should be, in words
    public record Row(String title, List<Double> millis, String target) {
        double at(double share) {
            double[] sorted = millis.stream().mapToDouble(Double::doubleValue).sorted().toArray();
            return sorted[(int) Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
        }
    }

    /// For a report.
    public String markdown() {
        Table open = new Table("milliseconds from the navigation until it can be used", "min", "median",
                "max", "target");
        for (Row row : opened) {
            Spread spread = Spread.of(row.millis());
            open.row(row.title(), Table.number(spread.min()), Table.number(spread.median()),
                    Table.number(spread.max()), row.target());
        }
        return "The first page takes %s kB over the network (target: under 300); %,d devices are registered.  \n%s\n\n%s\n%s\n%s"
                .formatted(Table.number(kilobytes), devices, machine.text(), open.text(),
                        quantiles("milliseconds a frame while scrolling", frames),
                        quantiles("milliseconds a page of 100 devices, by HTTP", lists));
    }

    private static String quantiles(String title, List<Row> rows) {
        Table table = new Table(title, "p50", "p99", "max", "number", "target");
        for (Row row : rows) {
            table.row(row.title(), Table.number(row.at(0.5)), Table.number(row.at(0.99)),
                    Table.number(row.at(1)), Integer.toString(row.millis().size()), row.target());
        }
        return table.text();
    }
}
