package io.aftercare.benchmarks.start;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Spread;
import io.aftercare.benchmarks.report.Table;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// @param firstStartSeconds with an empty data directory: programs unpacked, cluster made, schema made
public record StartReport(Machine machine, double firstStartSeconds, List<Start> starts) {

    /// One start with a data directory that is there already.
    ///
    /// @param readySeconds from the start of the process to the first answer 200 of `/health/ready`
    /// @param backendMebibytes resident after the rest
    /// @param postgresMebibytes of all its processes, shared pages divided among them
    public record Start(double readySeconds, double backendMebibytes, double postgresMebibytes) {}

    /// For a report.
    public String markdown() {
        Table table = new Table("", "min", "median", "max");
        row(table, "start to ready, s", Start::readySeconds);
        row(table, "backend at rest, MiB (RSS)", Start::backendMebibytes);
        row(table, "PostgreSQL at rest, MiB (PSS)", Start::postgresMebibytes);
        return "%d starts with the data directory of the one before; the very first, with an empty one, took %.1f s.  \n%s\n\n%s"
                .formatted(starts.size(), firstStartSeconds, machine.text(), table.text());
    }

    private void row(Table table, String name, ToDoubleFunction<Start> figure) {
        Spread spread = Spread.of(starts.stream().mapToDouble(figure).boxed().toList());
        table.row(name, Table.number(spread.min()), Table.number(spread.median()),
                Table.number(spread.max()));
    }
}
