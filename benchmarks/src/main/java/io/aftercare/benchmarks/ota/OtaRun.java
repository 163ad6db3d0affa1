package io.aftercare.benchmarks.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Nginx;
import io.aftercare.benchmarks.peer.Postgres;
import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// A backend with very many devices: polls, a campaign over all of them, and downloads in turn with nginx.
public final class OtaRun {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String APPROVER = "bench-approver";
    private static final String PASSWORD = "benchmark-only-too";
    private static final String FILES = "files";
    private static final int BATCH = 100_000;

    private final Path folder;
    private final Path jar;
    private final List<String> jvm;
    private final Consumer<String> tell;

    /// @param polling         devices that poll, in turn
    /// @param connections     that download at once
    /// @param pollConnections that poll at once
    /// @param seconds         of a turn
    public record Load(int devices, int polling, int megabytes, int connections, int pollConnections,
            int rounds,
            int seconds) {}

    public OtaRun(Path folder, Path jar, List<String> jvm, Consumer<String> tell) {
        this.folder = folder;
        this.jar = jar;
        this.jvm = List.copyOf(jvm);
        this.tell = tell;
    }

    public OtaReport run(Load load) throws IOException, InterruptedException, SQLException {
        try (Scratch scratch = Scratch.in(folder)) {
            Machine machine = Machine.here(scratch.path());
            try (Backend backend = Backend.start(new Backend.Setup(jar, scratch.path().resolve("data"),
                    scratch.path().resolve("aftercare.log"), jvm))) {
                OtaReport report = measure(machine, load, backend, scratch.path());
                scratch.done();
                return report;
            }
        }
    }

    private OtaReport measure(Machine machine, Load load, Backend backend, Path scratch)
            throws IOException, InterruptedException, SQLException {
        StaffApi api = backend.login();
        new BenchFleet(api).product();
        List<Credential> devices = fill(backend.postgres(), load);
        List<Double> polls = polls(backend, load, devices);
        SignedRelease release = SignedRelease.publish(api, scratch.resolve(FILES), BenchFleet.MODEL,
                load.megabytes());
        OtaReport.Campaign campaign = CampaignPhase.run(api, approver(backend, api), release.id());
        tell.accept(
                "campaign over %,d devices: created in %.2f s, started in %.2f s, first offers after %.2f s"
                        .formatted(campaign.matched(), campaign.create(), campaign.start(),
                                campaign.offered()));
        String device = CampaignPhase.offered(api, campaign.id());
        List<OtaReport.Round> downloads = downloads(backend, load, release, device, scratch);
        return new OtaReport(machine, load, polls, campaign, downloads);
    }

    // A device that polls has stated its attributes once; asking for those is no part of the everyday that is measured.
    private List<Credential> fill(Postgres postgres, Load load) throws SQLException {
        List<Credential> devices = new ArrayList<>();
        for (int from = 1; from <= load.devices(); from += BATCH) {
            devices.addAll(BenchFleet.insert(postgres, from, Math.min(load.devices(), from + BATCH - 1)));
        }
        postgres.execute("UPDATE fleet.device SET token_used = true",
                "INSERT INTO ota.ddi_device (device, attributes_at) SELECT number, now() FROM fleet.device",
                "VACUUM ANALYZE fleet.device", "ANALYZE ota.ddi_device", "CHECKPOINT");
        tell.accept("%,d devices are there".formatted(devices.size()));
        return devices;
    }

    private List<Double> polls(Backend backend, Load load, List<Credential> devices)
            throws IOException, InterruptedException {
        byte[][] requests = devices.stream().limit(load.polling())
                .map(device -> HttpConnection.get("/DEFAULT/controller/v1/" + device.id(),
                        "TargetToken " + device.token()))
                .toArray(byte[][]::new);
        AtomicInteger next = new AtomicInteger();
        Turn.Requests each = () -> requests[Math.floorMod(next.getAndIncrement(), requests.length)];
        Turn.Plan plan = new Turn.Plan(backend.httpPort(), load.pollConnections(),
                Duration.ofSeconds(load.seconds()), _ -> each);
        // each device's first poll after a start asks the database who it is; the rounds are the everyday after that
        long begin = System.nanoTime();
        while (next.get() < requests.length) {
            Turn.run(plan);
        }
        tell.accept("%,d first polls: at least %,.0f/s".formatted(requests.length,
                requests.length / ((System.nanoTime() - begin) / 1e9)));
        List<Double> rates = new ArrayList<>();
        for (int round = 1; round <= load.rounds(); round++) {
            double rate = Turn.run(plan).answersPerSecond();
            tell.accept("round %d: %,.0f polls/s".formatted(round, rate));
            rates.add(rate);
        }
        return rates;
    }

    private static StaffApi approver(Backend backend, StaffApi admin)
            throws IOException, InterruptedException {
        ObjectNode user = JSON.createObjectNode().put("username", APPROVER).put("password", PASSWORD);
        user.putArray("roles").add("release-approver");
        admin.post("/users", user).orFail();
        return backend.login(APPROVER, PASSWORD);
    }

    private List<OtaReport.Round> downloads(Backend backend, Load load, SignedRelease release, String device,
            Path scratch) throws IOException, InterruptedException {
        byte[] ours = HttpConnection.get("/device/v1/" + device + "/artifacts/" + release.sha256(),
                "Bearer bench-token-of-" + device.substring(device.lastIndexOf('-') + 1));
        Turn.Plan own = new Turn.Plan(backend.httpPort(), load.connections(),
                Duration.ofSeconds(load.seconds()), _ -> () -> ours);
        Optional<Path> program = Nginx.program();
        if (program.isEmpty()) {
            tell.accept("nginx is not installed (on Debian: apt-get install nginx-light): no ratio");
            return List.of(new OtaReport.Round(Turn.run(own).mebibytesPerSecond(), 0));
        }
        List<OtaReport.Round> rounds = new ArrayList<>();
        byte[] theirs = HttpConnection.get("/" + release.file().getFileName(), "");
        try (Nginx nginx = Nginx.start(program.get(), scratch, scratch.resolve(FILES))) {
            Turn.Plan peer = new Turn.Plan(nginx.port(), load.connections(),
                    Duration.ofSeconds(load.seconds()),
                    _ -> () -> theirs);
            Turn.run(own);
            Turn.run(peer);
            for (int round = 1; round <= load.rounds(); round++) {
                boolean first = round % 2 == 1;
                double before = Turn.run(first ? own : peer).mebibytesPerSecond();
                double after = Turn.run(first ? peer : own).mebibytesPerSecond();
                OtaReport.Round done = new OtaReport.Round(first ? before : after, first ? after : before);
                tell.accept("round %d: %,.0f MiB/s, nginx %,.0f MiB/s".formatted(round, done.ours(),
                        done.nginx()));
                rounds.add(done);
            }
        }
        return rounds;
    }
}
