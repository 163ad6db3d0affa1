package io.aftercare.benchmarks.latency;

import io.aftercare.benchmarks.ingest.IngestOptions;
import io.aftercare.benchmarks.ingest.LoadPhase;
import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LoadGenerator;
import io.aftercare.simulator.load.LoadOptions;
import io.aftercare.simulator.load.LoadReport;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/// Finds how much the backend takes, asks for half of it, and while that goes on breaks a rule again and again on devices
/// apart.
public final class LatencyRun {
    private final IngestOptions options;
    private final int probes;
    private final Consumer<String> progress;

    public LatencyRun(IngestOptions options, int probes, Consumer<String> progress) {
        if (probes < 1 || probes > 1_000) {
            throw new IllegalArgumentException("probes must be 1 to 1000, not " + probes);
        }
        this.options = options;
        this.probes = probes;
        this.progress = progress;
    }

    public LatencyReport run() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(options.folder());
                Backend backend = Backend
                        .start(new Backend.Setup(options.jar(), scratch.path().resolve("data"),
                                scratch.path().resolve("aftercare.log"), options.jvm()))) {
            Machine machine = Machine.here(scratch.path());
            StaffApi api = backend.login();
            BenchFleet fleet = new BenchFleet(api);
            fleet.product();
            fleet.rules(options.rules());
            Broker broker = backend.broker(fleet.devices(1, options.connections()));
            List<Credential> breaking = fleet.devices(options.connections() + 1,
                    options.connections() + probes);
            full(broker, options.warmUp());
            double capacity = full(broker, options.length()).messagesPerSecond();
            progress.accept("at full speed: %,.0f/s".formatted(capacity));
            LoadOptions half = LoadPhase.options(broker, options.window(), options.length())
                    .rate(capacity / 2);
            LatencyReport report = measured(machine, capacity, half, broker,
                    new Breaches(new Probe(api, backend.mqttPort()), breaking));
            scratch.done();
            return report;
        }
    }

    private LoadReport full(Broker broker, Duration length) throws IOException, InterruptedException {
        LoadReport report = new LoadGenerator(LoadPhase.options(broker, options.window(), length)).run();
        LoadPhase.requireGood(broker, report);
        return report;
    }

    private record Breaches(Probe probe, List<Credential> devices) {}

    private LatencyReport measured(Machine machine, double capacity, LoadOptions half, Broker broker,
            Breaches breaches) throws IOException, InterruptedException {
        LoadGenerator generator = new LoadGenerator(half);
        try (ExecutorService load = Executors.newSingleThreadExecutor()) {
            Future<LoadReport> running = load.submit(() -> generator.run());
            List<LatencyReport.Breach> seen = new ArrayList<>();
            Duration apart = half.duration().dividedBy(breaches.devices.size() + 1L);
            for (Credential device : breaches.devices) {
                Await.pause(apart);
                seen.add(breaches.probe.run(device));
            }
            LoadReport report = running.get();
            LoadPhase.requireGood(broker, report);
            return new LatencyReport(machine, capacity, half.ratePerSecond(), report, seen);
        } catch (ExecutionException e) {
            throw new IOException("the load broke off: " + e.getCause(), e);
        } finally {
            generator.stop();
        }
    }
}
