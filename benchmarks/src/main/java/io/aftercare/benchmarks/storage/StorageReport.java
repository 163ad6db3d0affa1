package io.aftercare.benchmarks.storage;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;
import java.util.List;

/// @param devices      of each kind, for one day
/// @param everySeconds between two samples of a device
public record StorageReport(Machine machine, int devices, int everySeconds, List<Kind> kinds) {

    /// What one kind of values takes, in bytes a point.
    ///
    /// @param metrics  values a row
    /// @param open     row and index
    /// @param closed   segments, their index and what they hold beside the values
    /// @param deflated the same bytes, if they were deflated too
    /// @param rollups  minutes, hours and days, on top
    /// @param packSeconds for all of it
    public record Kind(String title, int metrics, long points, double open, double closed, double deflated,
            double rollups, double packSeconds) {}

    /// For a report.
    public String markdown() {
        Table table = new Table("bytes a point", "metrics", "open", "closed", "closed, if deflated too",
                "rollups besides",
                "points packed a second");
        for (Kind kind : kinds) {
            table.row(kind.title(), Integer.toString(kind.metrics()), Table.number(kind.open()),
                    Table.number(kind.closed()), Table.number(kind.deflated()), Table.number(kind.rollups()),
                    Table.number(kind.points() / kind.packSeconds()));
        }
        return "%d devices of each kind, one day, a sample every %d s; every value read back and compared.  \n%s\n\n%s"
                .formatted(devices, everySeconds, machine.text(), table.text());
    }
}
