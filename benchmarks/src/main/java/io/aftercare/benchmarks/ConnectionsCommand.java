package io.aftercare.benchmarks;

import io.aftercare.benchmarks.ingest.IngestOptions;
import io.aftercare.benchmarks.ingest.IngestReport;
import io.aftercare.benchmarks.ingest.IngestRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Many devices that each wait for an acknowledgement before they send again: what sockets cost.
@Command(name = "connections", mixinStandardHelpOptions = true, description = "Many connections with one message in flight each, in turn with Mosquitto merely accepting.")
final class ConnectionsCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--seconds", defaultValue = "15", description = "length of each phase (default ${DEFAULT-VALUE})")
    int seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "default ${DEFAULT-VALUE}")
    int rounds;

    @Option(names = "--warm-up", defaultValue = "10", description = "seconds before the first round that do not count (default ${DEFAULT-VALUE})")
    int warmUp;

    @Option(names = "--connections", defaultValue = "5000", description = "needs twice as many open files, see ulimit -n (default ${DEFAULT-VALUE})")
    int connections;

    @Override
    public Integer call() throws Exception {
        IngestOptions options = new IngestOptions(Duration.ofSeconds(seconds), Duration.ofSeconds(warmUp),
                rounds,
                connections, 1, 20, false, List.of(), common.folder, common.backend(), common.jvm);
        IngestReport report = new IngestRun(options, common::tell).run();
        common.publish("connections", report.markdown(), report);
        return 0;
    }
}
