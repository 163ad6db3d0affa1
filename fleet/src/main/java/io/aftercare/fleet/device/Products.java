package io.aftercare.fleet.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The products, kept in memory once met. Thread-safe; a first look at a product blocks on the database.
public final class Products {
    private static final String SELECT = """
            SELECT number, model, name, document, version, created_at FROM fleet.product
            """;

    private final Database database;
    private final ConcurrentHashMap<String, Product> known = new ConcurrentHashMap<>();

    public Products(Database database) {
        this.database = database;
    }

    public Optional<Product> find(String model) {
        Product product = known.get(model);
        if (product == null) {
            product = database.jdbi().withHandle(handle -> load(handle, model)).orElse(null);
            if (product != null) {
                known.merge(model, product, Products::newer);
            }
        }
        return Optional.ofNullable(product);
    }

    Page<Product> list(int limit, @Nullable String after) {
        List<Product> rows = database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(SELECT + "WHERE model > :after ORDER BY model LIMIT :limit")
                        .bind("after", after == null ? "" : after).bind("limit", limit + 1)
                        .map((row, _) -> map(row)).list());
        return Page.of(rows, limit, Product::model);
    }

    /// Adds a product and gives its metrics their places, in the order named.
    Product add(Principal actor, ObjectNode document) {
        String model = document.path("model").asText();
        requireSingle("metrics", document);
        requireSingle("actions", document);
        ActionSchemas.check(document);
        Product product = database.inTransaction(handle -> {
            Product made = handle.createQuery("""
                    INSERT INTO fleet.product (model, name, document) VALUES (:model, :name, :document)
                    ON CONFLICT DO NOTHING RETURNING number, model, name, document, version, created_at""")
                    .bind("model", model).bind("name", document.path("name").asText(model))
                    .bind("document", document).map((row, _) -> map(row)).findOne()
                    .orElseThrow(() -> Problem.conflict("There is a product " + model + " already"));
            declare(handle, model, document);
            Audit.append(handle, actor, "product.create", "product/" + model, document);
            return made;
        });
        known.merge(model, product, Products::newer);
        return product;
    }

    /// Replaces a product's document; devices keep theirs, metrics keep their places, and new ones get theirs.
    Product replace(Principal actor, String model, ObjectNode document, int version) {
        requireSingle("metrics", document);
        requireSingle("actions", document);
        ActionSchemas.check(document);
        Product product = database.inTransaction(handle -> {
            Optional<Product> replaced = handle.createQuery("""
                    UPDATE fleet.product SET name = :name, document = :document, version = version + 1
                    WHERE model = :model AND version = :version
                    RETURNING number, model, name, document, version, created_at""").bind("model", model)
                    .bind("name", document.path("name").asText(model)).bind("document", document)
                    .bind("version", version).map((row, _) -> map(row)).findOne();
            Product after = replaced.orElseThrow(() -> load(handle, model)
                    .map(current -> Problem.staleVersion("product", model, current.version()))
                    .orElseGet(() -> Problem.notFound("product", model)));
            declare(handle, model, document);
            Audit.append(handle, actor, "product.change", "product/" + model, document);
            return after;
        });
        known.merge(model, product, Products::newer);
        return product;
    }

    // What is declared has a place before any device says it, and where devices have used up what is theirs.
    private static void declare(Handle handle, String model, ObjectNode document) {
        List<String> names = new ArrayList<>();
        document.path("metrics").forEach(metric -> names.add(metric.path("name").asText()));
        MetricDictionary.insert(handle, model, names, null);
        if (MetricDictionary.count(handle, model) > ModelMetrics.PLACES_MAX) {
            throw Problem.invalid("metrics", "a product has at most " + ModelMetrics.PLACES_MAX
                    + " metrics, those that its devices have sent and that were declared before included");
        }
    }

    private static void requireSingle(String field, ObjectNode document) {
        Set<String> names = new HashSet<>();
        int place = 0;
        for (JsonNode entry : document.path(field)) {
            if (!names.add(entry.path("name").asText())) {
                throw Problem.invalid(field + "[" + place + "].name",
                        "the name " + entry.path("name").asText() + " comes twice");
            }
            place++;
        }
    }

    private static Product newer(Product one, Product other) {
        return one.version() > other.version() ? one : other;
    }

    private static Optional<Product> load(Handle handle, String model) {
        return handle.createQuery(SELECT + "WHERE model = :model").bind("model", model)
                .map((row, _) -> map(row)).findOne();
    }

    private static Product map(ResultSet row) throws SQLException {
        return new Product(row.getInt("number"), row.getString("model"), row.getString("name"),
                (ObjectNode) Json.parse(row.getString("document")), row.getInt("version"),
                row.getTimestamp("created_at").toInstant());
    }
}
