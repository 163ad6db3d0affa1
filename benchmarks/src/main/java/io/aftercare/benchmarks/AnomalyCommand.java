package io.aftercare.benchmarks;

import io.aftercare.benchmarks.anomaly.AnomalyReport;
import io.aftercare.benchmarks.anomaly.AnomalyRun;
import io.aftercare.benchmarks.report.ReportFiles;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// How well anomalies are found.
@Command(name = "anomaly", mixinStandardHelpOptions = true, description = "Scores anomaly(value) over a folder of labelled series, beside a windowed Gaussian, as the Numenta Anomaly Benchmark does.")
final class AnomalyCommand implements Callable<Integer> {
    @Option(names = "--dir", required = true, paramLabel = "FOLDER", description = "with CSV files: timestamp,value")
    Path folder = Path.of("");

    @Option(names = "--labels", required = true, paramLabel = "FILE", description = "JSON: path within the folder, to a list of [first time, last time], such as NAB's combined_windows.json")
    Path labels = Path.of("");

    @Option(names = "--out", defaultValue = "benchmark-results", paramLabel = "FOLDER", description = "where the figures are written, as Markdown and JSON (default ${DEFAULT-VALUE})")
    Path out = Path.of("");

    @Override
    public Integer call() throws Exception {
        AnomalyReport report = AnomalyRun.run(folder, labels);
        System.out.println(report.markdown());
        System.out.println("Written to " + ReportFiles.write(out, "anomaly", report.markdown(), report));
        return 0;
    }
}
