package io.aftercare.benchmarks.peer;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.load.LoadOptions;
import io.aftercare.simulator.product.Actions;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.register.Registration;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/// The product, the devices and the rules that a backend under test has, made by the staff's HTTP interface.
public final class BenchFleet {
    /// The product's model code.
    public static final String MODEL = "BENCH-5";
    /// Five metrics make a message of about 120 bytes.
    public static final int METRICS = 5;
    /// A value of the first metric that breaks every rule; the load generator's stay below 1,000.
    public static final double BROKEN = 9_000;
    private static final int REGISTERING_MAX = 8;

    private final StaffApi api;

    public BenchFleet(StaffApi api) {
        this.api = api;
    }

    /// The id of device `number`.
    public static String deviceId(int number) {
        return "bench-" + number;
    }

    /// Makes the product.
    public void product() throws IOException, InterruptedException {
        List<Product.Metric> metrics = LoadOptions.metricNames(METRICS).stream()
                .map(name -> new Product.Metric(name, "", 0, 10_000)).toList();
        new Registration(api).product(new Product(MODEL, "Benchmark device", "A1", metrics, Actions.with()));
    }

    /// Makes the devices `from` to `to`, both inclusive, a few at a time; in their order.
    public List<Credential> devices(int from, int to) throws IOException, InterruptedException {
        List<Future<List<Credential>>> parts = new ArrayList<>();
        List<Credential> all = new ArrayList<>();
        try (ExecutorService registering = Executors.newFixedThreadPool(REGISTERING_MAX)) {
            for (int number = from; number <= to; number++) {
                List<Credential> wanted = List.of(new Credential(deviceId(number), MODEL, ""));
                parts.add(registering
                        .submit(() -> new Registration(api).devices(wanted, List.of(), "A1")));
            }
            for (Future<List<Credential>> part : parts) {
                all.addAll(part.get());
            }
        } catch (ExecutionException e) {
            throw new IOException("a device could not be registered: " + e.getCause(), e);
        }
        return all;
    }

    /// Writes the devices `from` to `to`, both inclusive, straight into the database, by the thousand; in their order. The
    /// product has to be there.
    public static List<Credential> insert(Postgres postgres, int from, int to) throws SQLException {
        postgres.execute("""
                INSERT INTO fleet.device (id, model, token_hash)
                SELECT 'bench-' || i, '%s', sha256(convert_to('bench-token-of-' || i, 'UTF8'))
                FROM generate_series(%d, %d) AS i""".formatted(MODEL, from, to));
        return IntStream.rangeClosed(from, to)
                .mapToObj(i -> new Credential(deviceId(i), MODEL, "bench-token-of-" + i)).toList();
    }

    /// Rules that every sample is held against, a mix as a quality engineer would write it: a third compare values, the others
    /// look at windows, slopes and waits. Only the first one is ever true (for [#BROKEN]), and opens a ticket.
    public void rules(int count) throws IOException, InterruptedException {
        for (int i = 1; i <= count; i++) {
            put(i, MODEL, i == 1);
        }
    }

    /// Rules for other models, which apply to none of these devices.
    public void foreignRules(int from, int to) throws IOException, InterruptedException {
        for (int i = from; i <= to; i++) {
            put(i, "OTHER-" + i % 25, false);
        }
    }

    private void put(int number, String model, boolean ticket) throws IOException, InterruptedException {
        api.put("/rules/bench-" + number, "application/yaml", rule(number, model, ticket)).orFail();
    }

    /// Rule `number`, from 1, as a document.
    public static String rule(int number, String model, boolean ticket) {
        return """
                id: bench-%1$d
                title: Benchmark rule %1$d
                applies_to: { model: [%2$s] }
                fault: { code: BENCH_%1$d, severity: minor }
                when: '%3$s'
                for: %4$s
                ticket: { open: %5$s, priority: P3 }
                """.formatted(number, model, condition(number), number == 1 ? "0s" : "30s", ticket);
    }

    /// The condition of rule `number`. The load generator's values are 100 to 1,000, so none of these but the first is ever true.
    public static String condition(int number) {
        String metric = "m" + (number - 1) % METRICS;
        String other = "m" + number % METRICS;
        int limit = 5_000 + number;
        return switch ((number - 1) % 6) {
            case 0 -> "%s > %d.0".formatted(metric, limit);
            case 1 -> "avg(%s, \"5m\") > %d.0 && %s > 50.0".formatted(metric, limit, other);
            case 2 -> "max(%s, \"1h\") - min(%s, \"1h\") > %d.0".formatted(metric, metric, limit);
            case 3 -> "abs(rate(%s, \"1m\")) > %d000.0".formatted(metric, limit);
            case 4 -> "%s > %d.0 && %s < 90.0 || %s < -1.0".formatted(metric, limit, other, metric);
            default -> "abs(%s - prev(%s)) > %d.0".formatted(metric, metric, limit);
        };
    }
}
