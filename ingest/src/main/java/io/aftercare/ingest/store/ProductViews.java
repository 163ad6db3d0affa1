package io.aftercare.ingest.store;

import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.postgres.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Two ways for each product in which SQL and Grafana find its metrics by their names. A view of the samples that are not
/// compressed yet, of all devices: `SELECT ts, fuser_temp FROM ingest."LP-2000" WHERE device = 'SN-1'`; and a function of all
/// samples of one device in a range: `SELECT ts, fuser_temp FROM ingest."LP-2000"('SN-1', now() - interval '90 days', now())`.
/// A view of everything would have to unpack everything, since no bound on the time reaches into segments.
/// Thread-safe; blocks.
public final class ProductViews {
    private static final Logger LOG = LoggerFactory.getLogger(ProductViews.class);
    private static final int COLUMNS_MAX = 1000; // PostgreSQL takes 1,600

    private final Database database;
    private final MetricDictionary dictionary;
    private final Map<String, Integer> made = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    public ProductViews(Database database, MetricDictionary dictionary) {
        this.database = database;
        this.dictionary = dictionary;
    }

    /// Brings the views of all products up to their metrics.
    public void refresh() {
        List<String> models = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT model FROM fleet.product")
                        .mapTo(String.class).list());
        models.forEach(this::refresh);
    }

    private void refresh(String model) {
        ModelMetrics metrics = dictionary.of(model);
        int size = metrics.size();
        if (size == 0 || size == made.getOrDefault(model, 0)) {
            return;
        }
        lock.lock();
        try {
            String name = "ingest." + quoted(model);
            database.useTransaction(handle -> {
                boolean ours = handle.createQuery(
                        """
                                SELECT coalesce((SELECT relkind = 'v' FROM pg_class WHERE oid = to_regclass(:name)), true)""")
                        .bind("name", name).mapTo(Boolean.class).one();
                if (ours) {
                    handle.execute("DROP VIEW IF EXISTS " + name);
                    handle.execute("CREATE VIEW " + name + " AS " + select(metrics, size));
                    handle.execute("DROP FUNCTION IF EXISTS " + name + "(text, timestamptz, timestamptz)");
                    handle.execute(function(name, metrics, size));
                } else {
                    LOG.warn("{} has no view, because there is a table of this name", model);
                }
            });
            made.put(model, size);
        } finally {
            lock.unlock();
        }
    }

    // A moment of a product with more than sixteen metrics lies in several rows, which are put together.
    private static String select(ModelMetrics metrics, int size) {
        boolean onePage = size <= Slots.COUNT;
        List<String> columns = new ArrayList<>(List.of("d.id AS device", "s.ts"));
        IntStream.range(0, Math.min(size, COLUMNS_MAX)).filter(place -> !metrics.name(place).isEmpty())
                .forEach(place -> columns
                        .add(column(place, onePage) + " AS " + quoted(columnName(metrics.name(place)))));
        String model = metrics.model().replace("'", "''");
        return columns.stream().collect(Collectors.joining(", ", "SELECT ", ""))
                + " FROM ingest.sample s JOIN fleet.device d ON d.number = s.device AND d.model = '" + model
                + "'"
                + (onePage ? "" : " GROUP BY d.id, s.device, s.ts");
    }

    private static String function(String name, ModelMetrics metrics, int size) {
        List<String> types = new ArrayList<>(List.of("ts timestamptz"));
        List<String> columns = new ArrayList<>(List.of("s.ts"));
        IntStream.range(0, Math.min(size, COLUMNS_MAX)).filter(place -> !metrics.name(place).isEmpty())
                .forEach(place -> {
                    types.add(quoted(columnName(metrics.name(place))) + " float8");
                    columns.add(column(place, false));
                });
        String body = "SELECT " + String.join(", ", columns)
                + " FROM ingest.samples((SELECT number FROM fleet.device WHERE id = $1 AND model = '"
                + metrics.model().replace("'", "''") + "'), $2, $3) s GROUP BY s.ts ORDER BY s.ts";
        return "CREATE FUNCTION " + name
                + "(device_id text, since timestamptz, until timestamptz) RETURNS TABLE ("
                + String.join(", ", types) + ") LANGUAGE sql STABLE AS " + literal(body);
    }

    private static String literal(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    private static String column(int place, boolean onePage) {
        String slot = "s.v" + place % Slots.COUNT;
        return onePage ? slot : "max(" + slot + ") FILTER (WHERE s.page = " + place / Slots.COUNT + ")";
    }

    private static String columnName(String metric) {
        return metric.equals("device") || metric.equals("ts") ? metric + "_" : metric;
    }

    private static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }
}
