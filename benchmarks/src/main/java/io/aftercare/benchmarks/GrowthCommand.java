package io.aftercare.benchmarks;

import io.aftercare.benchmarks.growth.GrowthReport;
import io.aftercare.benchmarks.growth.GrowthRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Whether a message costs the same in a large house as in a small one.
@Command(name = "growth", mixinStandardHelpOptions = true, description = "What a message costs with more devices, more rules and more stored points. The full form: --devices 1000,10000,100000 --points 0,10000000,100000000 (ulimit -n 101000).")
final class GrowthCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--seconds", defaultValue = "12", description = "length of each phase (default ${DEFAULT-VALUE})")
    int seconds;

    @Option(names = "--rate", defaultValue = "10000", description = "messages a second where devices are compared (default ${DEFAULT-VALUE})")
    int rate;

    @Option(names = "--devices", split = ",", defaultValue = "1000,4000,16000", description = "all connected and publishing (default ${DEFAULT-VALUE})")
    List<Integer> devices = List.of();

    @Option(names = "--rules", split = ",", defaultValue = "20,100,500", description = "rules loaded, of which 20 apply (default ${DEFAULT-VALUE})")
    List<Integer> rules = List.of();

    @Option(names = "--points", split = ",", defaultValue = "0,5000000,20000000", description = "points stored before (default ${DEFAULT-VALUE})")
    List<Long> points = List.of();

    @Override
    public Integer call() throws Exception {
        GrowthRun.Setup setup = new GrowthRun.Setup(Duration.ofSeconds(seconds), rate, devices, rules, points,
                common.folder, common.backend(), common.jvm);
        GrowthReport report = new GrowthRun(setup, common::tell).run();
        common.publish("growth", report.markdown(), report);
        return 0;
    }
}
