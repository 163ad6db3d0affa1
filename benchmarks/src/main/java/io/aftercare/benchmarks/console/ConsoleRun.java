package io.aftercare.benchmarks.console;

import io.aftercare.benchmarks.console.ConsoleReport.Row;
import io.aftercare.benchmarks.machine.Machine;
import io.aftercare.benchmarks.machine.Scratch;
import io.aftercare.benchmarks.peer.Backend;
import io.aftercare.benchmarks.peer.BenchFleet;
import io.aftercare.benchmarks.peer.Nginx;
import io.aftercare.benchmarks.peer.Postgres;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/// Opens the console of a backend in a browser again and again, scrolls its list of devices, and asks for pages of that list by
/// HTTP. Beside the first two, in turn, nginx sends one page of as many bytes, and one with a plain table.
public final class ConsoleRun {
    private static final int PAGE = 100;
    private static final int WARM_UP = 100;

    private final Path folder;
    private final Path jar;
    private final Consumer<String> tell;

    /// @param devices  registered
    /// @param rounds   of opening each page
    /// @param frames   to scroll for
    /// @param requests by HTTP
    public record Load(int devices, int rounds, int frames, int requests) {}

    public ConsoleRun(Path folder, Path jar, Consumer<String> tell) {
        this.folder = folder;
        this.jar = jar;
        this.tell = tell;
    }

    public ConsoleReport run(Load load) throws IOException, InterruptedException, SQLException {
        Path nginx = Nginx.program()
                .orElseThrow(() -> new IOException("the peer is nginx: apt-get install nginx-light"));
        try (Scratch scratch = Scratch.in(folder);
                Backend backend = Backend.start(new Backend.Setup(jar, scratch.path().resolve("data"),
                        scratch.path().resolve("aftercare.log"), List.of()))) {
            StaffApi api = backend.login();
            new BenchFleet(api).product();
            Postgres postgres = backend.postgres();
            postgres.execute("INSERT INTO fleet.device (id, model, token_hash) SELECT 'bench-' || i, '"
                    + BenchFleet.MODEL + "', sha256(i::text::bytea) FROM generate_series(1, " + load.devices()
                    + ") i", "VACUUM (ANALYZE)");
            List<Row> lists = List.of(byHttp(load, api), bySql(load, postgres));
            tell.accept("pages of the list are timed");
            Path root = Files.createDirectory(scratch.path().resolve("root"));
            try (Nginx peer = Nginx.start(nginx, scratch.path(), root);
                    Chromium chromium = Chromium.start(scratch.path());
                    Tab tab = chromium.tab()) {
                Looking looking = new Looking(tab, URI.create("http://127.0.0.1:" + backend.httpPort() + "/"),
                        URI.create("http://127.0.0.1:" + peer.port() + "/"), root);
                ConsoleReport report = looking.report(Machine.here(scratch.path()), load, lists);
                scratch.done();
                return report;
            }
        }
    }

    private static Row byHttp(Load load, StaffApi api) throws IOException, InterruptedException {
        Random random = new Random(1);
        List<Double> millis = new ArrayList<>();
        for (int i = -WARM_UP; i < load.requests(); i++) {
            String path = "/devices?limit=" + PAGE + (i % 2 == 0
                    ? "&model=" + BenchFleet.MODEL
                    : "&q=bench-" + (1 + random.nextInt(load.devices())));
            long begun = System.nanoTime();
            if (api.get(path).orFail().path("items").isEmpty()) {
                throw new IOException(path + " answered without a device");
            }
            if (i >= 0) {
                millis.add((System.nanoTime() - begun) / 1e6);
            }
        }
        return new Row("GET /devices, a page of a model and a search in turn", millis, "p99 under 50");
    }

    private static Row bySql(Load load, Postgres postgres) throws SQLException {
        List<Double> millis = new ArrayList<>();
        try (Connection connection = postgres.connect();
                PreparedStatement page = connection.prepareStatement(
                        "SELECT * FROM fleet.device WHERE id > ? ORDER BY id LIMIT " + PAGE)) {
            Random random = new Random(1);
            for (int i = 0; i < load.requests(); i++) {
                page.setString(1, "bench-" + random.nextInt(load.devices()));
                long begun = System.nanoTime();
                try (ResultSet rows = page.executeQuery()) {
                    while (rows.next()) {
                        rows.getString("id");
                    }
                }
                millis.add((System.nanoTime() - begun) / 1e6);
            }
        }
        return new Row("the same table by key, by SQL", millis, "");
    }
}
