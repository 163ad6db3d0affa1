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
import io.vertx.json.schema.SchemaException;
import io.vertx.json.schema.Validator;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an action's parameters have to be, read once. Thread-safe.
final class Params {
    private static final int BYTES_MAX = 32 * 1024;

    private final String action;
    private final @Nullable Validator validator;
    /// What is wrong with the schema: documents saved before they were checked may hold one that is none.
    private final @Nullable String broken;

    private Params(String action, @Nullable Validator validator, @Nullable String broken) {
        this.action = action;
        this.validator = validator;
        this.broken = broken;
    }

    static Params of(String action, JsonNode schema) {
        if (!schema.isObject() || schema.isEmpty()) {
            return new Params(action, null, null);
        }
        try {
            return new Params(action, Validator.create(JsonSchema.of(new JsonObject(Json.text(schema))),
                    new JsonSchemaOptions().setBaseUri("app://actions/").setDraft(Draft.DRAFT202012)
                            .setOutputFormat(OutputFormat.Basic)),
                    null);
        } catch (SchemaException e) {
            return new Params(action, null, e.getMessage());
        }
    }

    /// A [Problem] where `params` do not fit; without a schema there may be none.
    void check(JsonNode params) {
        String text = Json.text(params);
        if (text.getBytes(StandardCharsets.UTF_8).length > BYTES_MAX) {
            throw Problem.invalid("params", "at most " + BYTES_MAX + " bytes of JSON");
        }
        if (broken != null) {
            throw unusable(broken);
        }
        if (validator == null) {
            if (!params.isEmpty()) {
                throw Problem.invalid("params", "the action " + action + " takes no parameters");
            }
            return;
        }
        OutputUnit result = validated(validator, text);
        if (Boolean.FALSE.equals(result.getValid())) {
            List<Problem.FieldError> errors = new ArrayList<>();
            collect(result, errors);
            throw Problem.invalid("The parameters do not fit the action " + action, reasons(errors));
        }
    }

    private OutputUnit validated(Validator checking, String text) {
        try {
            return checking.validate(new JsonObject(text));
        } catch (SchemaException e) {
            throw unusable(e.getMessage());
        }
    }

    private Problem unusable(@Nullable String why) {
        return Problem.conflict(
                "The product's schema for the parameters of " + action + " cannot be used: " + why);
    }

    /// The validator says of each place also that a part of its schema does not fit: that is left out where the reason itself is there.
    private static List<Problem.FieldError> reasons(List<Problem.FieldError> errors) {
        List<Problem.FieldError> reasons = errors.stream()
                .filter(error -> !(error.message().startsWith("Property \"")
                        && error.message().endsWith("\" does not match schema")))
                .distinct().toList();
        return reasons.isEmpty() ? errors : reasons;
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
