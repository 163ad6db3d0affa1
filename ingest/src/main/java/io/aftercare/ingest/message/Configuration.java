package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Problem.FieldError;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.SchemaException;
import io.vertx.json.schema.Validator;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/// What a product's document says of its devices' desired state: `{"schema","locked","why"}`, all optional.
///
/// @param schema a JSON Schema that the whole desired state has to fit; an empty object where there is none
/// @param locked members that only the firmware team changes
/// @param why    whether a change needs a reason
record Configuration(JsonNode schema, Set<String> locked, boolean why) {
    Configuration {
        locked = Set.copyOf(locked);
    }

    static Configuration of(Handle handle, String model) {
        return parse(handle
                .createQuery("SELECT document -> 'configuration' FROM fleet.product WHERE model = :model")
                .bind("model", model).mapTo(JsonNode.class).findOne().orElseGet(Json::object));
    }

    static Configuration parse(JsonNode document) {
        Set<String> locked = new TreeSet<>();
        document.path("locked").forEach(key -> locked.add(key.asText()));
        return new Configuration(document.path("schema"), locked, document.path("why").asBoolean(false));
    }

    /// What of a desired state does not fit the schema.
    List<FieldError> misfits(ObjectNode desired) {
        if (!schema.isObject() || schema.isEmpty()) {
            return List.of();
        }
        List<FieldError> errors = new ArrayList<>();
        collect(validated(desired), errors);
        return errors;
    }

    private OutputUnit validated(ObjectNode desired) {
        try {
            return Validator
                    .create(JsonSchema.of(new JsonObject(Json.text(schema))),
                            new JsonSchemaOptions().setBaseUri("app://configuration/")
                                    .setDraft(Draft.DRAFT202012).setOutputFormat(OutputFormat.Basic))
                    .validate(new JsonObject(Json.text(desired)));
        } catch (SchemaException e) {
            throw Problem.conflict("The product's configuration.schema cannot be used: " + e.getMessage());
        }
    }

    private static void collect(OutputUnit unit, List<FieldError> into) {
        if (!Boolean.FALSE.equals(unit.getValid()) && unit.getError() == null) {
            return;
        }
        List<OutputUnit> inner = unit.getErrors();
        if (inner != null && !inner.isEmpty()) {
            inner.forEach(error -> collect(error, into));
        } else if (unit.getError() != null) {
            String path = String.valueOf(unit.getInstanceLocation()).replaceFirst("^#/?", "");
            into.add(new FieldError(path.isEmpty() ? "desired" : path.replace('/', '.'), unit.getError()));
        }
    }
}
