package io.aftercare.benchmarks.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.benchmarks.machine.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IngestReportTest {
    @Test
    void ratiosAreTakenRoundByRoundAndNotFromMeans() throws IOException {
        IngestReport report = report(round(300, 100), round(100, 50));

        assertThat(report.ratios("Mosquitto")).containsExactly(3.0, 2.0);
    }

    @Test
    void theReportNamesEveryContenderOnceAndTheRowsStored() throws IOException {
        String text = report(round(300, 100), round(100, 50)).markdown();

        assertThat(text).contains("| Aftercare ", "| Mosquitto ", "| round 2 |").contains("300, 100");
    }

    private static IngestReport report(IngestReport.Round... rounds) throws IOException {
        return new IngestReport(Machine.here(Path.of("")), 200, 50, 1, 20, List.of(rounds));
    }

    private static IngestReport.Round round(long ours, long theirs) {
        return new IngestReport.Round(ours, List.of(phase("Mosquitto", theirs), phase("Aftercare", ours)));
    }

    private static Phase phase(String name, long messages) {
        return new Phase(name, messages, 1, messages, 1, 2, Map.of("generator", 1.5));
    }
}
