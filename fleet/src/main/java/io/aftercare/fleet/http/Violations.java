package io.aftercare.fleet.http;

import io.vertx.core.json.DecodeException;
import io.vertx.json.schema.OutputUnit;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Tells a request's violations of the OpenAPI document in the user's terms: which field, and what about it.
final class Violations {
    private static final int ERRORS_MAX = 20;
    private static final Pattern PARAMETER = Pattern.compile(
            "The value of (\\w+) parameter (\\S+) is invalid.*",
            Pattern.DOTALL);
    private static final Pattern MISSING = Pattern.compile(".*required property \"([^\"]+)\".*",
            Pattern.DOTALL);
    private static final Pattern OUTER = Pattern
            .compile("match schema|subschema|matches schema|does not validate");
    private static final Pattern INDEX = Pattern.compile("/(\\d+)(?=/|$)");

    private Violations() {}

    static Problem problem(Throwable failure) {
        return switch (failure) {
            case SchemaValidationException schema -> problem(schema);
            case ValidatorException invalid -> switch (invalid.type()) {
                case UNSUPPORTED_VALUE_FORMAT -> Problem.of(415, "Unsupported media type", message(invalid));
                case MISSING_REQUIRED_PARAMETER -> Problem.badRequest(
                        message(invalid).contains("required body") ? "A body is needed" : message(invalid));
                case INVALID_VALUE_FORMAT, ILLEGAL_VALUE, INVALID_VALUE,
                        MISSING_OPERATION, MISSING_RESPONSE ->
                    Problem.badRequest(message(invalid));
            };
            case DecodeException broken -> Problem.badRequest("The body is not JSON: " + message(broken));
            case RuntimeException bug -> throw bug;
            default -> throw new IllegalStateException(failure);
        };
    }

    private static Problem problem(SchemaValidationException schema) {
        Optional<String> parameter = parameter(schema);
        Map<String, String> found = new LinkedHashMap<>();
        collect(schema.getOutputUnit(), parameter, found);
        List<Problem.FieldError> errors = new ArrayList<>();
        found.forEach((field, message) -> errors.add(new Problem.FieldError(field, message)));
        String detail = errors.isEmpty()
                ? message(schema)
                : errors.getFirst().field() + ": " + errors.getFirst().message();
        return Problem.invalid(detail, errors.stream().limit(ERRORS_MAX).toList());
    }

    private static Optional<String> parameter(SchemaValidationException schema) {
        Matcher matcher = PARAMETER.matcher(message(schema));
        return matcher.matches() ? Optional.of(matcher.group(2)) : Optional.empty();
    }

    // Innermost errors only: the outer ones merely say that something inside is wrong.
    private static void collect(OutputUnit unit, Optional<String> parameter, Map<String, String> found) {
        List<OutputUnit> inner = unit.getErrors();
        if (inner != null) {
            inner.forEach(error -> collect(error, parameter, found));
        }
        String error = unit.getError();
        if (error == null || OUTER.matcher(error).find()) {
            return;
        }
        String field = field(unit.getInstanceLocation());
        Matcher missing = MISSING.matcher(error);
        if (missing.matches()) {
            found.putIfAbsent(field.isEmpty() ? missing.group(1) : field + "." + missing.group(1),
                    "is needed");
        } else {
            found.putIfAbsent(field.isEmpty() ? parameter.orElse("body") : field, error);
        }
    }

    /// `#/stages/0/percent` as `stages[0].percent`.
    private static String field(String location) {
        String path = location == null ? "" : location.replaceFirst("^#", "");
        return INDEX.matcher(path).replaceAll("[$1]").replaceFirst("^/", "").replace('/', '.');
    }

    private static String message(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
