package io.aftercare.benchmarks.idle;

import io.aftercare.benchmarks.machine.Await;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.OpenFiles;
import io.aftercare.benchmarks.machine.ProcessTree;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.benchmarks.peer.Mosquitto;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Lets connections come in four steps, and looks at the memory of whoever has them after each.
public final class IdleRun {
    private static final int STEPS = 4;
    /// Files that a process has open beside connections.
    private static final int OTHER_FILES = 600;
    private static final Duration SETTLE = Duration.ofSeconds(3);

    private final Path folder;
    private final Path jar;
    private final List<String> jvm;
    private final Consumer<String> progress;

    public IdleRun(Path folder, Path jar, List<String> jvm, Consumer<String> progress) {
        this.folder = folder;
        this.jar = jar;
        this.jvm = List.copyOf(jvm);
        this.progress = progress;
    }

    public IdleReport run(int asked) throws IOException, SQLException, InterruptedException {
        long files = OpenFiles.max();
        int connections = (int) Math.min(asked, files - OTHER_FILES);
        List<IdleReport.Step> steps = new ArrayList<>();
        try (Scratch scratch = Scratch.in(folder)) {
            Machine machine = Machine.here(scratch.path());
            try (Mosquitto mosquitto = Mosquitto.start(scratch.path())) {
                Broker broker = mosquitto.broker(connections);
                measure(broker, broker.process("broker"), connections, false, steps);
            }
            try (Backend backend = Backend.start(new Backend.Setup(jar, scratch.path().resolve("data"),
                    scratch.path().resolve("aftercare.log"), jvm))) {
                new BenchFleet(backend.login()).product();
                Broker broker = backend.broker(BenchFleet.insert(backend.postgres(), 1, connections));
                measure(broker, backend.process(), connections, true, steps);
            }
            scratch.done();
            return new IdleReport(machine, asked, files, steps);
        }
    }

    private void measure(Broker broker, ProcessTree process, int connections, boolean java,
            List<IdleReport.Step> steps) throws IOException, InterruptedException {
        // A tenth first: what the first ones bring with them is no cost of each.
        int first = connections / 10;
        try (IdleConnections idle = new IdleConnections()) {
            int from = 0;
            for (int step = 0; step <= STEPS; step++) {
                int to = first + (connections - first) * step / STEPS;
                double seconds = idle.grow(broker, from, to);
                Await.pause(SETTLE);
                double heap = java ? OpenFiles.liveHeapMebibytes(process.pid()) : 0;
                var found = new IdleReport.Step(broker.name(), to, process.rootResidentMebibytes(), heap,
                        (to - from) / seconds);
                progress.accept(
                        "%s: %,d connections, %.0f MiB, %,.0f connects/s".formatted(found.contender(), to,
                                found.mebibytes(), found.connectsPerSecond()));
                steps.add(found);
                from = to;
            }
        }
    }
}
