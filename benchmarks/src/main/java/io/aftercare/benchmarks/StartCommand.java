package io.aftercare.benchmarks;

import io.aftercare.benchmarks.start.StartReport;
import io.aftercare.benchmarks.start.StartRun;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Start to ready, and memory at rest.
@Command(name = "start", mixinStandardHelpOptions = true, description = "Time from the start of the process to /health/ready, and memory at rest.")
final class StartCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--starts", defaultValue = "5", description = "default ${DEFAULT-VALUE}")
    int starts;

    @Option(names = "--rest", defaultValue = "10", description = "seconds before memory is looked at (default ${DEFAULT-VALUE})")
    int restSeconds;

    @Override
    public Integer call() throws Exception {
        StartReport report = new StartRun(common.folder, common.backend(), common.jvm,
                Duration.ofSeconds(restSeconds)).run(starts);
        common.publish("start", report.markdown(), report);
        return 0;
    }
}
