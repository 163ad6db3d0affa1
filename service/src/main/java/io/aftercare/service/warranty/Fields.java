package io.aftercare.service.warranty;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem.FieldError;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a document one by one, and collects what is wrong with them. One use, one thread.
final class Fields {
    private final List<FieldError> errors = new ArrayList<>();

    List<FieldError> errors() {
        return List.copyOf(errors);
    }

    void wrong(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    void onlyKnown(JsonNode object, Set<String> names, String prefix) {
        object.fieldNames().forEachRemaining(name -> {
            if (!names.contains(name)) {
                wrong(prefix + name, "there is no such field");
            }
        });
    }

    /// A text that may not be missing; `name` is a path of two at most.
    String text(JsonNode document, String name) {
        JsonNode value = document;
        for (String step : name.split("\\.", -1)) {
            value = value.path(step);
        }
        if (!value.isTextual() || value.asText().isBlank()) {
            wrong(name, "is missing");
            return "";
        }
        return value.asText();
    }

    @Nullable
    LocalDate date(JsonNode document, String name) {
        JsonNode value = document.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return null;
        }
        try {
            return LocalDate.parse(value.asText());
        } catch (DateTimeException e) {
            wrong(name, "a date such as 2026-11-01, not " + value.asText());
            return null;
        }
    }

    Period period(JsonNode document, String name, Period otherwise) {
        return period(document, name, "", otherwise);
    }

    /// A length such as `P1Y` or `P3M`, never negative.
    Period period(JsonNode document, String name, String prefix, Period otherwise) {
        JsonNode value = document.path(name);
        if (value.isMissingNode()) {
            return otherwise;
        }
        try {
            Period period = Period.parse(value.asText());
            if (period.isNegative()) {
                wrong(prefix + name, "may not be negative: " + value.asText());
            }
            return period;
        } catch (DateTimeException e) {
            wrong(prefix + name, "a length such as P1Y, P3M or P15D, not " + value.asText());
            return otherwise;
        }
    }

    int number(JsonNode document, String name, int min, int max) {
        return number(document, name, "", min, max);
    }

    /// A whole number, 0 where it is missing.
    int number(JsonNode document, String name, String prefix, int min, int max) {
        JsonNode value = document.path(name);
        if (value.isMissingNode()) {
            return 0;
        }
        if (!value.isInt() || value.asInt() < min || value.asInt() > max) {
            wrong(prefix + name, "a whole number from " + min + " to " + max + ", not " + value);
            return 0;
        }
        return value.asInt();
    }

    <T> T choice(JsonNode document, String name, Function<String, Optional<T>> parse, T otherwise,
            String known) {
        return choice(document, name, "", parse, otherwise, known);
    }

    <T> T choice(JsonNode document, String name, String prefix, Function<String, Optional<T>> parse,
            T otherwise,
            String known) {
        String value = document.path(name).asText();
        return parse.apply(value).orElseGet(() -> {
            wrong(prefix + name, "one of " + known + (value.isEmpty() ? "" : ", not " + value));
            return otherwise;
        });
    }
}
