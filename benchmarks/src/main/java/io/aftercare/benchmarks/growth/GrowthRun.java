package io.aftercare.benchmarks.growth;

import io.aftercare.benchmarks.ingest.LoadPhase;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.OpenFiles;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.benchmarks.peer.Postgres;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LoadGenerator;
import io.aftercare.simulator.load.LoadOptions;
import io.aftercare.simulator.load.LoadReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Three curves on one backend, one after the other. Rules and stored points: 200 devices at full speed. Devices: all of them
/// connected, at one and the same rate in all, since each message is a packet of its own then, whatever their number.
public final class GrowthRun {
    private static final int CONNECTIONS = 200;
    private static final int WINDOW = 50;
    private static final int RULES = 20;
    private static final int FILES_BESIDE = 600;

    private final Setup setup;
    private final Consumer<String> progress;

    /// @param rate    messages a second where devices are compared
    /// @param devices how many, in each step; so with `rules` and `points`
    public record Setup(Duration length, int rate, List<Integer> devices, List<Integer> rules,
            List<Long> points, Path folder, Path jar, List<String> jvm) {
        public Setup {
            devices = devices.stream().sorted().toList();
            rules = rules.stream().sorted().toList();
            points = points.stream().sorted().toList();
            jvm = List.copyOf(jvm);
            if (devices.isEmpty() || devices.getFirst() < 1
                    || rules.stream().anyMatch(count -> count < RULES)) {
                throw new IllegalArgumentException(
                        "devices start at 1, and rules at the " + RULES + " that apply");
            }
        }
    }

    public GrowthRun(Setup setup, Consumer<String> progress) {
        this.setup = setup;
        this.progress = progress;
    }

    public GrowthReport run() throws IOException, SQLException, InterruptedException {
        int most = Math.max(CONNECTIONS, setup.devices().getLast());
        if (most + FILES_BESIDE > OpenFiles.max()) {
            throw new IllegalArgumentException(most + " devices need as many open files, and " + FILES_BESIDE
                    + " more: raise ulimit -n, which is " + OpenFiles.max());
        }
        try (Scratch scratch = Scratch.in(setup.folder());
                Backend backend = Backend.start(new Backend.Setup(setup.jar(), scratch.path().resolve("data"),
                        scratch.path().resolve("aftercare.log"), setup.jvm()))) {
            Machine machine = Machine.here(scratch.path());
            BenchFleet fleet = new BenchFleet(backend.login());
            fleet.product();
            fleet.rules(RULES);
            List<Credential> all = BenchFleet.insert(backend.postgres(), 1, most);
            Broker few = backend.broker(all.subList(0, CONNECTIONS));
            measure("warm-up", 0, few, 0, WINDOW);
            List<GrowthReport.Curve> curves = new ArrayList<>();
            curves.add(rules(fleet, few));
            curves.add(points(backend.postgres(), few));
            curves.add(devices(backend, all));
            scratch.done();
            return new GrowthReport(machine, curves);
        }
    }

    private GrowthReport.Curve rules(BenchFleet fleet, Broker broker)
            throws IOException, InterruptedException {
        List<GrowthReport.Point> points = new ArrayList<>();
        int loaded = RULES;
        for (int count : setup.rules()) {
            fleet.foreignRules(loaded + 1, count);
            loaded = count;
            points.add(measure("rules loaded, " + RULES + " apply", count, broker, 0, WINDOW));
        }
        return new GrowthReport.Curve("rules loaded, " + RULES + " apply", points);
    }

    // Rows of the same devices, in another half of the same day: what is stored makes the index that new rows go into.
    private GrowthReport.Curve points(Postgres postgres, Broker broker)
            throws IOException, SQLException, InterruptedException {
        List<GrowthReport.Point> points = new ArrayList<>();
        long there = 0;
        for (long wanted : setup.points()) {
            long from = there / BenchFleet.METRICS / CONNECTIONS;
            long to = wanted / BenchFleet.METRICS / CONNECTIONS;
            postgres.execute("""
                    INSERT INTO ingest.sample (device, ts, page, v0, v1, v2, v3, v4)
                    SELECT d.number, date_trunc('day', now(), 'UTC') + g * interval '1 millisecond'
                        + interval '1 hour' * CASE WHEN extract(hour FROM now()) < 12 THEN 18 ELSE 6 END, 0,
                        random(), random(), random(), random(), random()
                    FROM generate_series(%d, %d) g CROSS JOIN (
                        SELECT number FROM fleet.device ORDER BY number LIMIT %d) d""".formatted(from + 1, to,
                    CONNECTIONS));
            postgres.checkpoint();
            there = wanted;
            points.add(measure("points stored", wanted, broker, 0, WINDOW));
        }
        return new GrowthReport.Curve("points stored before", points);
    }

    private GrowthReport.Curve devices(Backend backend, List<Credential> all)
            throws IOException, InterruptedException {
        List<GrowthReport.Point> points = new ArrayList<>();
        for (int count : setup.devices()) {
            Broker broker = backend.broker(all.subList(0, count));
            points.add(measure("devices", count, broker, setup.rate(), 4));
        }
        return new GrowthReport.Curve("devices, at %,d messages/s in all".formatted(setup.rate()), points);
    }

    // From the end of the first second to the last whole one: logins and the drain are not in it.
    private GrowthReport.Point measure(String what, long size, Broker broker, double rate, int window)
            throws IOException, InterruptedException {
        List<Moment> moments = new ArrayList<>();
        LoadOptions options = LoadPhase.options(broker, window, setup.length()).rate(rate);
        LoadReport report = new LoadGenerator(options)
                .run((_, acknowledged) -> moments.add(Moment.of(broker, acknowledged)));
        LoadPhase.requireGood(broker, report);
        if (moments.size() < 2) {
            throw new IllegalArgumentException("a phase takes three seconds at least");
        }
        Moment first = moments.getFirst();
        Moment last = moments.getLast();
        double millions = (last.acknowledged() - first.acknowledged()) / 1e6;
        GrowthReport.Point point = new GrowthReport.Point(size,
                millions * 1e6 / ((last.nanos() - first.nanos()) / 1e9),
                (last.backendCpu() - first.backendCpu()) / millions,
                (last.postgresCpu() - first.postgresCpu()) / millions);
        progress.accept("%s: %,d: %,.0f/s, %.2f CPU s per million".formatted(what, size, point.perSecond(),
                point.cpu()));
        return point;
    }

    private record Moment(long nanos, long acknowledged, double backendCpu, double postgresCpu) {
        static Moment of(Broker broker, long acknowledged) {
            return new Moment(System.nanoTime(), acknowledged, broker.process("backend").cpuSeconds(),
                    broker.process("postgres").cpuSeconds());
        }
    }
}
