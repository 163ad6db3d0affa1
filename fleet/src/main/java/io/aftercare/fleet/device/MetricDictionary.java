package io.aftercare.fleet.device;

import io.aftercare.fleet.postgres.Database;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

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
        List<String> names = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT name FROM fleet.metric WHERE model = :model ORDER BY place")
                .bind("model", model).mapTo(String.class).list());
        return new ModelMetrics(model, names, name -> register(model, name));
    }

    private int register(String model, String name) {
        return database.inTransaction(handle -> {
            // The product's row is the lock: two processes give two names two places.
            handle.createQuery("SELECT number FROM fleet.product WHERE model = :model FOR UPDATE")
                    .bind("model", model).mapTo(Integer.class).one();
            return placeOf(handle, model, name);
        });
    }

    private static int placeOf(Handle handle, String model, String name) {
        handle.createUpdate("""
                INSERT INTO fleet.metric (model, place, name)
                SELECT :model, coalesce(max(place) + 1, 0), :name FROM fleet.metric WHERE model = :model
                ON CONFLICT (model, name) DO NOTHING""").bind("model", model).bind("name", name).execute();
        return handle.createQuery("SELECT place FROM fleet.metric WHERE model = :model AND name = :name")
                .bind("model", model).bind("name", name).mapTo(Integer.class).one();
    }
}
