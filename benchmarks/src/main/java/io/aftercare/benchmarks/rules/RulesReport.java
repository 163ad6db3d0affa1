package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.report.Table;
import java.util.List;

/// The figures of a run. In each list ours is the first.
public record RulesReport(Machine machine, List<Rounds.Figure> condition,
        List<Rounds.Figure> conditions, List<Rounds.Figure> samples, List<Rounds.Figure> growth) {

    /// For a report.
    public String markdown() {
        return machine.text() + "\n\n" + table("one condition, `" + OneCondition.TEXT + "`", condition) + "\n"
                + table("20 conditions, what windows say is given", conditions) + "\n"
                + table("whole samples, 20 rules, with windows", samples) + "\n"
                + table("our whole samples, growth", growth);
    }

    private static String table(String what, List<Rounds.Figure> figures) {
        Table table = new Table(what, "ns, least", "median", "most", "beside the first", "bytes allocated");
        double first = figures.getFirst().nanos().median();
        figures.forEach(figure -> table.row(figure.name(), Table.number(figure.nanos().min()),
                Table.number(figure.nanos().median()), Table.number(figure.nanos().max()),
                Table.number(figure.nanos().median() / first), "%.1f".formatted(figure.bytes())));
        return table.text();
    }
}
