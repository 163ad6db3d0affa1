package io.aftercare.fleet.http;

import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Tells a request's violations of the OpenAPI document in the user's terms: which field, and what about it.
final class Violations {
    private Violations() {}

    static Problem problem(Throwable failure) {
        if (failure instanceof SchemaValidationException schema) {
            List<Problem.FieldError> errors = errors(schema.getOutputUnit());
            String detail = errors.isEmpty()
                    ? message(schema)
                    : errors.getFirst().field() + ": " + errors.getFirst().message();
            return Problem.invalid(detail, errors);
        }
        if (failure instanceof ValidatorException invalid) {
            return switch (invalid.type()) {
                case UNSUPPORTED_VALUE_FORMAT -> Problem.of(415, "Unsupported media type", message(invalid));
                default -> Problem.badRequest(message(invalid));
            };
        }
        if (failure instanceof RuntimeException e
                && !(failure instanceof io.vertx.core.json.DecodeException)) {
            throw e;
        }
        return Problem.badRequest("The body is not JSON: " + failure.getMessage());
    }

    // Innermost errors only: the outer ones merely say that something inside is wrong.
    private static List<Problem.FieldError> errors(OutputUnit unit) {
        Map<String, String> found = new LinkedHashMap<>();
        collect(unit, found);
        List<Problem.FieldError> errors = new ArrayList<>();
        found.forEach((field, message) -> errors.add(new Problem.FieldError(field, message)));
        return errors;
    }

    private static void collect(OutputUnit unit, Map<String, String> found) {
        List<OutputUnit> inner = unit.getErrors();
        if (inner != null) {
            inner.forEach(error -> collect(error, found));
        }
        boolean outer = unit.getError() == null || unit.getError().contains("does not match schema")
                || unit.getError().contains("subschema");
        if (!outer) {
            found.putIfAbsent(field(unit.getInstanceLocation()), unit.getError());
        }
    }

    private static String field(String location) {
        String path = location == null ? "" : location.replaceFirst("^#/?", "").replace('/', '.');
        return path.isEmpty() ? "body" : path;
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
