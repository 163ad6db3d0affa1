package io.aftercare.benchmarks.anomaly;

import io.aftercare.benchmarks.report.Table;
import java.util.List;

/// What was found, by detector.
public record AnomalyReport(int series, int values, int windows, List<Line> lines) {
    /// @param atHalf  NAB's standard score with the threshold 0.5
    /// @param standard NAB's standard score with the threshold that is best for the whole corpus; the other profiles likewise
    /// @param firstHalf  of every second series, with the corpus's threshold
    /// @param precision  mean over the series of the area under precision and recall, value by value
    public record Line(String detector, double atHalf, double standard, double threshold,
            double fewFalseAlarms,
            double fewMisses, double firstHalf, double secondHalf, double precision) {}

    public String markdown() {
        Table table = new Table("detector", "standard at 0.5", "standard, best threshold", "few false alarms",
                "few misses", "halves of the corpus", "area under precision and recall");
        for (Line line : lines) {
            table.row(line.detector(), Table.number(line.atHalf()), Table.number(line.standard()),
                    Table.number(line.fewFalseAlarms()), Table.number(line.fewMisses()),
                    Table.number(line.firstHalf()) + ", " + Table.number(line.secondHalf()),
                    Table.number(line.precision()));
        }
        return series + " series, " + values + " values, " + windows + " windows\n\n" + table.text();
    }
}
