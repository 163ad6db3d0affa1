package io.aftercare.benchmarks;

import io.aftercare.benchmarks.ingest.IngestOptions;
import io.aftercare.benchmarks.ingest.IngestReport;
import io.aftercare.benchmarks.ingest.IngestRun;
import io.aftercare.benchmarks.peer.JavaBroker;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Durable ingest beside Mosquitto's mere accept and beside raw COPY.
@Command(name = "ingest", mixinStandardHelpOptions = true, description = "Messages acknowledged after their commit, in turn with Mosquitto merely accepting and with raw COPY.")
final class IngestCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--seconds", defaultValue = "20", description = "length of each phase (default ${DEFAULT-VALUE})")
    double seconds;

    @Option(names = "--rounds", defaultValue = "3", description = "default ${DEFAULT-VALUE}")
    int rounds;

    @Option(names = "--warm-up", defaultValue = "15", description = "seconds before the first round that do not count (default ${DEFAULT-VALUE})")
    double warmUp;

    @Option(names = "--connections", defaultValue = "200", description = "default ${DEFAULT-VALUE}")
    int connections;

    @Option(names = "--window", defaultValue = "50", description = "messages a connection may have unacknowledged (default ${DEFAULT-VALUE})")
    int window;

    @Option(names = "--rules", defaultValue = "20", description = "rules of several kinds that apply to every sample (default ${DEFAULT-VALUE})")
    int rules;

    @Option(names = "--no-copy", description = "leave raw COPY out")
    boolean noCopy;

    @Option(names = "--peers", split = ",", paramLabel = "NAME", description = "brokers beside Mosquitto, fetched from Maven Central at first use: ${COMPLETION-CANDIDATES} (default: none)")
    List<JavaBroker.Kind> peers = List.of();

    @Override
    public Integer call() throws Exception {
        IngestOptions options = new IngestOptions(length(seconds), length(warmUp), rounds, connections,
                window,
                rules, !noCopy, peers, common.folder, common.backend(), common.jvm);
        IngestReport report = new IngestRun(options, common::tell).run();
        common.publish("ingest", report.markdown(), report);
        return 0;
    }

    private static Duration length(double seconds) {
        return Duration.ofNanos((long) (seconds * 1e9));
    }
}
