package io.aftercare.benchmarks;

import io.aftercare.benchmarks.ota.OtaReport;
import io.aftercare.benchmarks.ota.OtaRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What updates cost.
@Command(name = "ota", mixinStandardHelpOptions = true, description = "A campaign over many devices, artifact downloads in turn with nginx's, and polls by hawkBit's protocol.")
final class OtaCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--devices", defaultValue = "1000000", description = "in the database (default ${DEFAULT-VALUE})")
    int devices;

    @Option(names = "--polling", defaultValue = "100000", description = "of them, those that poll (default ${DEFAULT-VALUE})")
    int polling;

    @Option(names = "--megabytes", defaultValue = "128", description = "size of the artifact (default ${DEFAULT-VALUE})")
    int megabytes;

    @Option(names = "--connections", defaultValue = "4", description = "that download at once (default ${DEFAULT-VALUE})")
    int connections;

    @Option(names = "--poll-connections", defaultValue = "64", description = "that poll at once, kept open (default ${DEFAULT-VALUE})")
    int pollConnections;

    @Option(names = "--rounds", defaultValue = "5", description = "turns of each server (default ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--seconds", defaultValue = "5", description = "length of a turn (default ${DEFAULT-VALUE})")
    int seconds;

    @Override
    public Integer call() throws Exception {
        OtaRun.Load load = new OtaRun.Load(devices, Math.min(polling, devices), megabytes, connections,
                pollConnections, rounds, seconds);
        OtaReport report = new OtaRun(common.folder, common.backend(), common.jvm, common::tell).run(load);
        common.publish("ota", report.markdown(), report);
        return 0;
    }
}
