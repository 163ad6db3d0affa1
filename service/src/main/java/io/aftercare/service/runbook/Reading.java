package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// A place in a document that somebody wrote, such as `steps[3].check`; collects what is wrong there, and below, to tell all
/// of it at once. Used by one thread.
final class Reading {
    private final String path;
    private final JsonNode node;
    private final List<Problem.FieldError> errors;

    private Reading(String path, JsonNode node, List<Problem.FieldError> errors) {
        this.path = path;
        this.node = node;
        this.errors = errors;
    }

    static Reading of(String path, JsonNode node) {
        return new Reading(path, node, new ArrayList<>());
    }

    String path() {
        return path;
    }

    JsonNode node() {
        return node;
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean has(String field) {
        return node.hasNonNull(field);
    }

    Reading at(String field) {
        return new Reading(path.isEmpty() ? field : path + "." + field, node.path(field), errors);
    }

    List<Reading> items(int max) {
        if (!node.isArray()) {
            if (!node.isMissingNode() && !node.isNull()) {
                wrong("a list is needed");
            }
            return List.of();
        }
        if (node.size() > max) {
            wrong("at most " + max + " of them, not " + node.size());
            return List.of();
        }
        List<Reading> items = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            items.add(new Reading(path + "[" + i + "]", node.get(i), errors));
        }
        return items;
    }

    void wrong(String message) {
        errors.add(new Problem.FieldError(path, message));
    }

    /// Says of every field that is none of these that it is not known.
    void only(Set<String> known) {
        node.fieldNames().forEachRemaining(field -> {
            if (!known.contains(field)) {
                at(field).wrong("there is no such field; known are "
                        + String.join(", ", known.stream().sorted().toList()));
            }
        });
    }

    /// As [#only], told at once.
    void checkOnly(Set<String> known) {
        only(known);
        check("The document cannot be read");
    }

    /// The text of this place; empty, and said, where there is none or it is too long.
    String text(int max) {
        if (!node.isTextual() || node.asText().isBlank() || node.asText().length() > max) {
            wrong("a text of 1 to " + max + " characters is needed");
            return "";
        }
        return node.asText().strip();
    }

    @Nullable
    String mayText(int max) {
        return node.isMissingNode() || node.isNull() ? null : text(max);
    }

    boolean truth(boolean fallback) {
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        if (!node.isBoolean()) {
            wrong("true or false is needed");
        }
        return node.asBoolean();
    }

    double number() {
        if (!node.isNumber() || !Double.isFinite(node.asDouble())) {
            wrong("a number is needed");
            return 0;
        }
        return node.asDouble();
    }

    /// A span of time of at most `max`.
    Duration span(Duration fallback, Duration min, Duration max) {
        if (node.isMissingNode() || node.isNull()) {
            return fallback;
        }
        try {
            Duration span = Duration.parse(node.asText());
            if (span.compareTo(min) >= 0 && span.compareTo(max) <= 0) {
                return span;
            }
        } catch (DateTimeException e) {
            wrong("an ISO 8601 span such as PT2M is needed: " + e.getMessage());
            return fallback;
        }
        wrong("a span from " + min + " to " + max + " is needed, not " + node.asText());
        return fallback;
    }

    /// One of the words that `parse` knows.
    <T> T word(Function<String, Optional<T>> parse, T fallback, String known) {
        Optional<T> word = node.isTextual() ? parse.apply(node.asText()) : Optional.empty();
        if (word.isEmpty()) {
            wrong("one of " + known + " is needed");
        }
        return word.orElse(fallback);
    }

    List<Problem.FieldError> errors() {
        return List.copyOf(errors);
    }

    /// A [Problem] 400 with all that is wrong.
    void check(String what) {
        if (!errors.isEmpty()) {
            Problem.FieldError first = errors.getFirst();
            throw Problem.invalid(what + ": " + first.field() + ": " + first.message()
                    + (errors.size() > 1 ? ", and " + (errors.size() - 1) + " more" : ""), errors);
        }
    }
}
