package io.aftercare.benchmarks;

import io.aftercare.benchmarks.console.ConsoleReport;
import io.aftercare.benchmarks.console.ConsoleRun;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// How heavy and how quick the console is.
@Command(name = "console", mixinStandardHelpOptions = true, description = "The console in Chromium: bytes of its first page, milliseconds until it can be used, frames while a long list scrolls; beside static pages from nginx.")
final class ConsoleCommand implements Callable<Integer> {
    @Mixin
    CommonOptions common = new CommonOptions();

    @Option(names = "--devices", defaultValue = "100000", description = "default ${DEFAULT-VALUE}")
    int devices;

    @Option(names = "--rounds", defaultValue = "10", description = "of opening each page (default ${DEFAULT-VALUE})")
    int rounds;

    @Option(names = "--frames", defaultValue = "1000", description = "to scroll for (default ${DEFAULT-VALUE})")
    int frames;

    @Option(names = "--requests", defaultValue = "1000", description = "for a page of the list (default ${DEFAULT-VALUE})")
    int requests;

    @Override
    public Integer call() throws Exception {
        ConsoleReport report = new ConsoleRun(common.folder, common.backend(), common::tell)
                .run(new ConsoleRun.Load(devices, rounds, frames, requests));
        common.publish("console", report.markdown(), report);
        return 0;
    }
}
