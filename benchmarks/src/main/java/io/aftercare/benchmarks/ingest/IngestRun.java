package io.aftercare.benchmarks.ingest;

import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.benchmarks.peer.JavaBroker;
import io.aftercare.benchmarks.peer.Mosquitto;
import io.aftercare.benchmarks.peer.Postgres;
import io.aftercare.benchmarks.peer.RawCopy;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Backend, broker and COPY in turn, round after round, on one machine in one run: what the machine does to one of them, it
/// does to the others too. In every other round the brokers come last instead of first.
public final class IngestRun {
    private static final int[] COPY_CONNECTIONS = {1, 2};

    private final IngestOptions options;
    private final Consumer<String> progress;

    public IngestRun(IngestOptions options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /// Runs everything, several minutes long.
    ///
    /// @throws IOException where a contender failed, or the backend did not store what it acknowledged
    public IngestReport run() throws IOException, SQLException, InterruptedException {
        try (Scratch scratch = Scratch.in(options.folder());
                Mosquitto mosquitto = Mosquitto.start(scratch.path());
                Others others = new Others();
                Backend backend = Backend
                        .start(new Backend.Setup(options.jar(), scratch.path().resolve("data"),
                                scratch.path().resolve("aftercare.log"), options.jvm()))) {
            Machine machine = Machine.here(scratch.path());
            BenchFleet fleet = new BenchFleet(backend.login());
            fleet.product();
            fleet.rules(options.rules());
            Broker ours = backend.broker(fleet.devices(1, options.connections()));
            List<Broker> theirs = new ArrayList<>(List.of(mosquitto.broker(options.connections())));
            for (JavaBroker.Kind kind : options.peers()) {
                theirs.add(others.start(kind, scratch.path()).broker(options.connections()));
            }
            if (!options.warmUp().isZero()) {
                for (Broker each : theirs) {
                    warmUp(each);
                }
                warmUp(ours);
            }
            List<IngestReport.Round> rounds = new ArrayList<>();
            for (int i = 1; i <= options.rounds(); i++) {
                rounds.add(round(i, ours, theirs, backend.postgres()));
            }
            scratch.done();
            return new IngestReport(machine, options.connections(), options.window(), options.rules(),
                    options.length().toMillis() / 1e3, rounds);
        }
    }

    /// Brokers that are stopped at the end, however many there are.
    private static final class Others implements AutoCloseable {
        private final List<JavaBroker> started = new ArrayList<>();

        JavaBroker start(JavaBroker.Kind kind, Path folder) throws IOException, InterruptedException {
            JavaBroker broker = JavaBroker.start(kind, folder);
            started.add(broker);
            return broker;
        }

        @Override
        public void close() {
            started.forEach(JavaBroker::close);
        }
    }

    private void warmUp(Broker broker) throws IOException, InterruptedException {
        tell("warm-up", LoadPhase.run(broker, options.window(), options.warmUp()));
    }

    private IngestReport.Round round(int number, Broker ours, List<Broker> theirs, Postgres postgres)
            throws IOException, SQLException, InterruptedException {
        boolean theirsFirst = number % 2 == 1;
        List<Phase> phases = new ArrayList<>();
        for (Broker each : theirsFirst ? theirs : List.<Broker>of()) {
            phases.add(measured(number, each));
        }
        long before = postgres.samples();
        postgres.checkpoint();
        Phase durable = measured(number, ours);
        phases.add(durable);
        long stored = postgres.samples() - before;
        if (stored != durable.messages()) {
            throw new IOException(
                    "round " + number + ": " + durable.messages() + " messages were acknowledged and "
                            + stored + " rows stored");
        }
        for (int connections : options.withCopy() ? COPY_CONNECTIONS : new int[0]) {
            phases.add(copy(number, postgres, connections, durable.messages()));
        }
        for (Broker each : theirsFirst ? List.<Broker>of() : theirs) {
            phases.add(measured(number, each));
        }
        return new IngestReport.Round(stored, Collections.unmodifiableList(phases));
    }

    private Phase measured(int round, Broker broker) throws IOException, InterruptedException {
        Phase phase = LoadPhase.run(broker, options.window(), options.length());
        tell("round " + round, phase);
        return phase;
    }

    private Phase copy(int round, Postgres postgres, int connections, long rows)
            throws IOException, SQLException, InterruptedException {
        RawCopy.Result result = new RawCopy(postgres, options.connections()).run(connections, rows);
        double millions = result.rows() / 1e6;
        Phase phase = new Phase(IngestReport.copyName(connections), result.rows(), result.seconds(),
                result.perSecond(), 0, 0,
                Map.of("postgres", result.postgresCpuSeconds() / millions, "generator",
                        result.clientCpuSeconds() / millions));
        tell("round " + round, phase);
        return phase;
    }

    private void tell(String when, Phase phase) {
        progress.accept(
                "%s: %s %,.0f/s, %.1f CPU s per million".formatted(when, phase.name(), phase.perSecond(),
                        phase.cpuSecondsPerMillionOfAll()));
    }
}
