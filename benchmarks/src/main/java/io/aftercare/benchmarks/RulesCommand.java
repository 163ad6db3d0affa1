package io.aftercare.benchmarks;

import io.aftercare.benchmarks.rules.RulesReport;
import io.aftercare.benchmarks.rules.RulesRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What a sample costs the rules.
@Command(name = "rules", mixinStandardHelpOptions = true, description = "The rule evaluator beside CEL's own and Drools on the same rules and samples, in turn, in nanoseconds and bytes; and what more rules and devices do to it.")
final class RulesCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--rounds", defaultValue = "5", description = "turns of each (default ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--millis", defaultValue = "700", description = "length of a turn (default ${DEFAULT-VALUE})")
    int millis;

    @Option(names = "--devices", defaultValue = "1000", description = "that whole samples come from (default ${DEFAULT-VALUE})")
    int devices;

    @Option(names = "--step", defaultValue = "10000", description = "milliseconds of event time between two samples of a device (default ${DEFAULT-VALUE})")
    int step;

    @Option(names = "--rules", split = ",", defaultValue = "1,20,100,500", description = "rules loaded, of which 20 apply (default ${DEFAULT-VALUE})")
    List<Integer> rules = List.of();

    @Option(names = "--growth", split = ",", defaultValue = "1000,10000,100000", description = "devices (default ${DEFAULT-VALUE})")
    List<Integer> growth = List.of();

    @Override
    public Integer call() throws Exception {
        RulesRun.Setup setup = new RulesRun.Setup(rounds, Duration.ofMillis(millis), devices,
                Duration.ofMillis(step), rules, growth);
        RulesReport report = new RulesRun(setup, common::tell).run();
        common.publish("rules", report.markdown(), report);
        return 0;
    }
}
