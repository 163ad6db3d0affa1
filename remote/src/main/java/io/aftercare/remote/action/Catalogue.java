package io.aftercare.remote.action;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// What a product's document allows: its `actions`, with their class, the schema of their parameters and their time.
final class Catalogue {
    private static final int TIMEOUT_SECONDS = 60;
    private static final int TIMEOUT_SECONDS_MAX = 86_400;

    private Catalogue() {}

    /// An action that a product knows.
    record Known(String name, ActionClass actionClass, JsonNode params, int timeoutSeconds) {}

    /// The action of this name; a [Problem] where the product has none.
    static Known find(Handle handle, String model, String name) {
        JsonNode document = handle.createQuery("SELECT document FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(JsonNode.class).one();
        List<String> names = new ArrayList<>();
        for (JsonNode action : document.path("actions")) {
            if (action.path("name").asText().equals(name)) {
                return known(action);
            }
            names.add(action.path("name").asText());
        }
        throw Problem.invalid("action", "the product " + model + " has no action " + name
                + (names.isEmpty() ? "; its document lists none" : "; it has " + String.join(", ", names)));
    }

    private static Known known(JsonNode action) {
        // What does not say how dangerous it is, is taken as dangerous.
        ActionClass actionClass = switch (action.path("class").asText()) {
            case "A" -> ActionClass.A;
            case "B" -> ActionClass.B;
            case "C" -> ActionClass.C;
            default -> ActionClass.D;
        };
        int timeout = Math.clamp(action.path("timeoutSeconds").asInt(TIMEOUT_SECONDS), 1,
                TIMEOUT_SECONDS_MAX);
        return new Known(action.path("name").asText(), actionClass, action.path("params"), timeout);
    }

    /// A [Problem] where `params` do not fit the action's schema; without a schema there may be none.
    static void check(Known action, JsonNode params) {
        if (!action.params().isObject() || action.params().isEmpty()) {
            if (!params.isEmpty()) {
                throw Problem.invalid("params", "the action " + action.name() + " takes no parameters");
            }
            return;
        }
        JsonSchema schema = JsonSchema.of(new JsonObject(Json.text(action.params())));
        OutputUnit result = Validator.create(schema, new JsonSchemaOptions().setBaseUri("app://actions/")
                .setDraft(Draft.DRAFT202012).setOutputFormat(OutputFormat.Basic))
                .validate(new JsonObject(Json.text(params)));
        if (Boolean.FALSE.equals(result.getValid())) {
            List<Problem.FieldError> errors = new ArrayList<>();
            collect(result, errors);
            throw Problem.invalid("The parameters do not fit the action " + action.name(), errors);
        }
    }

    private static void collect(OutputUnit unit, List<Problem.FieldError> into) {
        List<OutputUnit> inner = unit.getErrors();
        if (inner != null && !inner.isEmpty()) {
            inner.forEach(error -> collect(error, into));
        } else if (unit.getError() != null) {
            String path = String.valueOf(unit.getInstanceLocation()).replaceFirst("^#/?", "").replace('/',
                    '.');
            into.add(new Problem.FieldError(path.isEmpty() ? "params" : "params." + path, unit.getError()));
        }
    }
}
