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

/// A view `ingest.<model>` for each product, which gives its metrics their names for SQL and Grafana:
/// `SELECT ts, fuser_temp FROM ingest."LP-2000" WHERE device = 'SN-1'`. Thread-safe; blocks.
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
