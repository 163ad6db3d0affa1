package io.aftercare.benchmarks;

import io.aftercare.benchmarks.micro.MicroReport;
import io.aftercare.benchmarks.micro.MicroRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// What happens once a message, by JMH.
@Command(name = "micro", mixinStandardHelpOptions = true, description = "The scanner beside Jackson, the rule evaluator beside CEL's own, in nanoseconds and bytes, by JMH.")
final class MicroCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Parameters(arity = "0..1", defaultValue = "", paramLabel = "PATTERN", description = "only benchmarks whose name has this in it, such as Json (default: all)")
    String pattern = "";

    @Option(names = "--forks", defaultValue = "2", description = "fresh JVMs for each (default ${DEFAULT-VALUE})")
    int forks;

    @Option(names = "--seconds", defaultValue = "1", description = "of each iteration (default ${DEFAULT-VALUE})")
    int seconds;

    @Override
    public Integer call() throws Exception {
        MicroReport report = MicroRun.run(pattern, forks, seconds);
        common.publish("micro", report.markdown(), report);
        return 0;
    }
}
