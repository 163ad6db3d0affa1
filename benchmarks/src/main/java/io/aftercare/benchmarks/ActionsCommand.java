package io.aftercare.benchmarks;

import io.aftercare.benchmarks.action.ActionReport;
import io.aftercare.benchmarks.action.ActionRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// From a request to the device.
@Command(name = "actions", mixinStandardHelpOptions = true, description = "A remote action from its request by HTTP to the device, among many connected ones; beside a message that Mosquitto forwards.")
final class ActionsCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--connections", defaultValue = "10000", description = "needs as many open files, see ulimit -n (default ${DEFAULT-VALUE})")
    int connections;

    @Option(names = "--actions", defaultValue = "1500", description = "that are timed (default ${DEFAULT-VALUE})")
    int actions;

    @Option(names = "--warm-up", defaultValue = "750", description = "actions before, which do not count (default ${DEFAULT-VALUE})")
    int warmUp;

    @Option(names = "--rate", defaultValue = "50", description = "requests a second (default ${DEFAULT-VALUE})")
    int rate;

    @Override
    public Integer call() throws Exception {
        ActionReport report = new ActionRun(
                new ActionRun.Options(connections, actions, warmUp, rate, common.folder,
                        common.backend(), common.jvm),
                common::tell).run();
        common.publish("actions", report.markdown(), report);
        return 0;
    }
}
