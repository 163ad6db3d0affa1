package io.aftercare.benchmarks;

import io.aftercare.benchmarks.ingest.IngestOptions;
import io.aftercare.benchmarks.latency.LatencyReport;
import io.aftercare.benchmarks.latency.LatencyRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Waiting at half load: for an acknowledgement, for a fault, for a ticket.
@Command(name = "latency", mixinStandardHelpOptions = true, description = "At half of full speed: PUBLISH to PUBACK, and a breaking sample to its fault and ticket by HTTP.")
final class LatencyCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--seconds", defaultValue = "20", description = "length of each phase (default ${DEFAULT-VALUE})")
    int seconds;

    @Option(names = "--warm-up", defaultValue = "15", description = "seconds at full speed that do not count (default ${DEFAULT-VALUE})")
    int warmUp;

    @Option(names = "--connections", defaultValue = "200", description = "default ${DEFAULT-VALUE}")
    int connections;

    @Option(names = "--rules", defaultValue = "20", description = "rules of several kinds that apply to every sample (default ${DEFAULT-VALUE})")
    int rules;

    @Option(names = "--probes", defaultValue = "100", description = "devices that break a rule meanwhile (default ${DEFAULT-VALUE})")
    int probes;

    @Override
    public Integer call() throws Exception {
        IngestOptions options = new IngestOptions(Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp), 1,
                connections, 50, rules, false, List.of(), common.folder, common.backend(), common.jvm);
        LatencyReport report = new LatencyRun(options, probes, common::tell).run();
        common.publish("latency", report.markdown(), report);
        return 0;
    }
}
