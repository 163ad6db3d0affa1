package io.aftercare.diagnostics.rulebook;

import io.aftercare.diagnostics.rule.KnownMetrics;
import io.aftercare.fleet.postgres.Database;
import java.util.Optional;
import java.util.Set;

/// What the products declare, and what their devices have sent besides.
record StoredMetrics(Database database) implements KnownMetrics {
    @Override
    public Optional<Set<String>> of(String model) {
        return database.jdbi().withHandle(handle -> {
            boolean declares = handle.createQuery("""
                    SELECT count(*) > 0 FROM fleet.product
                    WHERE model = :model AND jsonb_array_length(coalesce(document->'metrics', '[]')) > 0""")
                    .bind("model", model).mapTo(Boolean.class).one();
            return declares
                    ? Optional.of(Set.copyOf(
                            handle.createQuery("SELECT name FROM fleet.metric WHERE model = :model")
                                    .bind("model", model).mapTo(String.class).list()))
                    : Optional.<Set<String>>empty();
        });
    }
}
