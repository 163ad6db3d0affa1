package io.aftercare.remote.boost;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem;
import org.jdbi.v3.core.Handle;

/// Whether a product's devices can be boosted, so that whoever asks hears it in words. Pure but for [#check(Handle, String, boolean)].
final class Boostable {
    static final String ACTION = "set_interval";

    private Boostable() {}

    static void check(Handle handle, String model, boolean metrics) {
        check(model, handle
                .createQuery(
                        "SELECT coalesce(document -> 'actions', '[]') FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(JsonNode.class).one(), metrics);
    }

    static void check(String model, JsonNode actions, boolean metrics) {
        for (JsonNode action : actions) {
            if (action.path("name").asText().equals(ACTION)) {
                parameters(action.path("params"), metrics);
                return;
            }
        }
        throw Problem.conflict("The product " + model + " has no action " + ACTION
                + ": its devices cannot be told to sample faster");
    }

    private static void parameters(JsonNode schema, boolean metrics) {
        if (!takes(schema, "ttlSeconds")) {
            throw Problem.conflict("The product's action " + ACTION
                    + " takes no ttlSeconds: a device would not go back by itself");
        }
        if (metrics && !takes(schema, "metrics")) {
            throw Problem.invalid("metrics",
                    "the product's action " + ACTION + " takes no metrics: leave them out for all of them");
        }
    }

    private static boolean takes(JsonNode schema, String name) {
        return schema.path("properties").has(name);
    }
}
