package io.aftercare.benchmarks.growth;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Bars;
import io.aftercare.benchmarks.report.Table;
import java.util.List;

/// The figures of a run.
public record GrowthReport(Machine machine, List<Curve> curves) {

    /// One thing that grew while the others stayed as they were.
    public record Curve(String what, List<Point> points) {}

    /// @param backendCpu  CPU seconds of the backend per million messages
    /// @param postgresCpu the same of PostgreSQL
    public record Point(long size, double perSecond, double backendCpu, double postgresCpu) {
        double cpu() {
            return backendCpu + postgresCpu;
        }
    }

    /// For a report.
    public String markdown() {
        StringBuilder text = new StringBuilder(machine.text()).append("\n");
        for (Curve curve : curves) {
            Table table = new Table(curve.what(), "messages/s", "CPU s per million: backend", "PostgreSQL",
                    "both, beside the first");
            Bars bars = new Bars();
            double first = curve.points().getFirst().cpu();
            for (Point point : curve.points()) {
                String size = "%,d".formatted(point.size());
                table.row(size, Table.number(point.perSecond()), Table.number(point.backendCpu()),
                        Table.number(point.postgresCpu()),
                        "%+.0f %%".formatted(100 * (point.cpu() / first - 1)));
                bars.bar(size, point.cpu());
            }
            text.append('\n').append(table.text()).append('\n').append(bars.text());
        }
        return text.append("\nThe bars are CPU seconds per million, both processes. Target: within 10 %.\n")
                .toString();
    }
}
