package io.aftercare.benchmarks;

import io.aftercare.benchmarks.idle.IdleReport;
import io.aftercare.benchmarks.idle.IdleRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Connections that say nothing.
@Command(name = "idle", mixinStandardHelpOptions = true, description = "Memory of each idle connection and new connects a second, after Mosquitto's.")
final class IdleCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--connections", defaultValue = "100000", description = "as many as ulimit -n allows are tried (default ${DEFAULT-VALUE})")
    int connections;

    @Override
    public Integer call() throws Exception {
        IdleReport report = new IdleRun(common.folder, common.backend(), common.jvm, common::tell)
                .run(connections);
        common.publish("idle", report.markdown(), report);
        return 0;
    }
}
