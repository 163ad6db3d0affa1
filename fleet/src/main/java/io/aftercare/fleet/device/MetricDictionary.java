package io.aftercare.fleet.device;

import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The [ModelMetrics] of every model, loaded at first use. Thread-safe.
public final class MetricDictionary {
    private final Database database;
    private final ConcurrentHashMap<String, ModelMetrics> models = new ConcurrentHashMap<>();

    public MetricDictionary(Database database) {
        this.database = database;
    }

    /// The metrics of a model; blocks on the database at first use.
    public ModelMetrics of(String model) {
        ModelMetrics known = models.get(model);
        return known != null ? known : models.computeIfAbsent(model, this::load);
    }

    private ModelMetrics load(String model) {
        return new ModelMetrics(model, new Rows(model));
    }

    private final class Rows implements ModelMetrics.Registrar {
        private final String model;

        Rows(String model) {
            this.model = model;
        }

        @Override
        public List<ModelMetrics.Metric> all() {
            return database.jdbi().withHandle(handle -> handle
                    .createQuery(
                            "SELECT name, place, device FROM fleet.metric WHERE model = :model ORDER BY place")
                    .bind("model", model).map((row, _) -> map(row)).list());
        }

        @Override
        public List<ModelMetrics.Metric> bring(int device, List<String> names) {
            return database.inTransaction(handle -> {
                insert(handle, model, names, device);
                return handle
                        .createQuery(
                                """
                                        SELECT name, place, device FROM fleet.metric WHERE model = :model AND name = ANY (:names)
                                        ORDER BY place""")
                        .bind("model", model).bindArray("names", String.class, names)
                        .map((row, _) -> map(row)).list();
            });
        }
    }

    private static ModelMetrics.Metric map(ResultSet row) throws SQLException {
        return new ModelMetrics.Metric(row.getString("name"), row.getInt("place"),
                row.getObject("device", Integer.class));
    }

    /// Gives those of the names that have none the next places, in their order.
    ///
    /// @param device number of who brings them, null for the product itself
    static void insert(Handle handle, String model, List<String> names, @Nullable Integer device) {
        // The product's row is the lock: two transactions give two names two places.
        handle.createQuery("SELECT number FROM fleet.product WHERE model = :model FOR UPDATE")
                .bind("model", model).mapTo(Integer.class).one();
        handle.createUpdate(
                """
                        INSERT INTO fleet.metric (model, place, name, device)
                        SELECT :model, row_number() OVER (ORDER BY fresh.nth) - 1
                            + (SELECT coalesce(max(place) + 1, 0) FROM fleet.metric WHERE model = :model), fresh.name, :device
                        FROM unnest(:names) WITH ORDINALITY AS fresh (name, nth)
                        WHERE NOT EXISTS (SELECT FROM fleet.metric known WHERE known.model = :model AND known.name = fresh.name)
                        """)
                .bind("model", model).bindArray("names", String.class, names)
                .bindByType("device", device, Integer.class).execute();
    }

    /// How many metrics a model has.
    static int count(Handle handle, String model) {
        return handle.createQuery("SELECT count(*) FROM fleet.metric WHERE model = :model")
                .bind("model", model)
                .mapTo(Integer.class).one();
    }
}
