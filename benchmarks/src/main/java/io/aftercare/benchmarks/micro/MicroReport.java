package io.aftercare.benchmarks.micro;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/// The figures of JMH.
public record MicroReport(Machine machine, List<Line> lines) {
    private static final String ALLOCATION = "gc.alloc.rate.norm";

    /// @param least nanoseconds a call in the best iteration, which a busy machine disturbs least
    /// @param nanos a call, the mean of all iterations
    /// @param error half of the 99.9 % confidence interval of the mean, nanoseconds
    /// @param bytes allocated by one call
    public record Line(String name, double least, double nanos, double error, double bytes) {}

    static MicroReport of(Machine machine, Collection<RunResult> results) {
        return new MicroReport(machine, results.stream().map(MicroReport::line).toList());
    }

    private static Line line(RunResult run) {
        Result<?> primary = run.getPrimaryResult();
        Result<?> allocation = run.getSecondaryResults().get(ALLOCATION);
        String name = run.getParams().getBenchmark();
        String shown = name.substring(name.lastIndexOf('.', name.lastIndexOf('.') - 1) + 1);
        String which = run.getParams().getParamsKeys().stream().map(run.getParams()::getParam)
                .collect(Collectors.joining(", "));
        return new Line(which.isEmpty() ? shown : shown + " `" + which + "`",
                primary.getStatistics().getMin(), primary.getScore(), primary.getScoreError(),
                allocation == null ? 0 : allocation.getScore());
    }

    /// For a report.
    public String markdown() {
        Table table = new Table("", "ns a call, best", "mean", "±", "bytes allocated");
        lines.forEach(line -> table.row(line.name(), Table.number(line.least()), Table.number(line.nanos()),
                Table.number(line.error()),
                "%.0f".formatted(line.bytes())));
        return machine.text() + "\n\n" + table.text();
    }
}
