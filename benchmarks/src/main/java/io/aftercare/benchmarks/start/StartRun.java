package io.aftercare.benchmarks.start;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Starts and stops a backend again and again on one data directory.
public final class StartRun {
    private final Path folder;
    private final Path jar;
    private final List<String> jvm;
    private final Duration rest;

    /// @param rest how long each backend is left alone before its memory is looked at
    public StartRun(Path folder, Path jar, List<String> jvm, Duration rest) {
        this.folder = folder;
        this.jar = jar;
        this.jvm = List.copyOf(jvm);
        this.rest = rest;
    }

    public StartReport run(int starts) throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(folder)) {
            Machine machine = Machine.here(scratch.path());
            Backend.Setup setup = new Backend.Setup(jar, scratch.path().resolve("data"),
                    scratch.path().resolve("aftercare.log"), jvm);
            double first = firstStart(setup);
            List<StartReport.Start> all = new ArrayList<>();
            for (int i = 0; i < starts; i++) {
                all.add(start(setup));
            }
            scratch.done();
            return new StartReport(machine, first, all);
        }
    }

    // With a few devices and a rule, so that later starts have something to load.
    private static double firstStart(Backend.Setup setup) throws IOException, InterruptedException {
        try (Backend backend = Backend.start(setup)) {
            BenchFleet fleet = new BenchFleet(backend.login());
            fleet.product();
            fleet.rules(1);
            fleet.devices(1, 100);
            return backend.startLength().toMillis() / 1e3;
        }
    }

    private StartReport.Start start(Backend.Setup setup) throws IOException, InterruptedException {
        try (Backend backend = Backend.start(setup)) {
            Await.pause(rest);
            return new StartReport.Start(backend.startLength().toMillis() / 1e3,
                    backend.process().rootResidentMebibytes(),
                    backend.postgres().processes().residentMebibytes());
        }
    }
}
