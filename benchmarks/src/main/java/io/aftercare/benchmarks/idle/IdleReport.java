package io.aftercare.benchmarks.idle;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// @param asked       connections that were asked for
/// @param filesMax    open files that a process may have here
public record IdleReport(Machine machine, int asked, long filesMax, List<Step> steps) {

    /// So many connections at one contender.
    ///
    /// @param mebibytes        resident, of the process alone; kernel's memory is not in it
    /// @param heapMebibytes     of a JVM's heap, after its garbage was collected; 0 for others
    /// @param connectsPerSecond of those that came since the step before
    public record Step(String contender, int connections, double mebibytes, double heapMebibytes,
            double connectsPerSecond) {}

    /// Bytes that a connection adds, from the first step to the last.
    double bytesEach(String contender, ToDoubleFunction<Step> figure) {
        List<Step> own = steps.stream().filter(step -> step.contender().equals(contender)).toList();
        double more = figure.applyAsDouble(own.getLast()) - figure.applyAsDouble(own.getFirst());
        return more * (1 << 20) / (own.getLast().connections() - own.getFirst().connections());
    }

    /// For a report.
    public String markdown() {
        Table table = new Table("idle connections", "at", "MiB (RSS)", "of it live heap",
                "new connects/s");
        steps.forEach(step -> table.row(step.contender(), "%,d".formatted(step.connections()),
                Table.number(step.mebibytes()),
                step.heapMebibytes() == 0 ? "" : Table.number(step.heapMebibytes()),
                step.connectsPerSecond() == 0 ? "" : Table.number(step.connectsPerSecond())));
        Table each = new Table("a connection", "bytes of RSS", "of live heap", "target");
        steps.stream().map(Step::contender).distinct()
                .forEach(name -> each.row(name, Table.number(bytesEach(name, Step::mebibytes)),
                        Table.number(bytesEach(name, Step::heapMebibytes)),
                        name.equals("Aftercare") ? "under 4,096" : ""));
        int last = steps.getLast().connections();
        String less = last < asked
                ? "Only %,d of the %,d asked for: a process may have %,d open files here (ulimit -n).  \n"
                        .formatted(last, asked, filesMax)
                : "";
        return "%s%s\n\n%s\n%s\nTarget: 5,000 new authenticated connects/s.\n".formatted(less, machine.text(),
                table.text(), each.text());
    }
}
