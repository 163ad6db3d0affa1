package io.aftercare.fleet.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.people.Principal;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A request that the OpenAPI document allows, from somebody who may make it.
///
/// @param principal who asks; [Principal#NOBODY] for the public operations
/// @param path      path parameters by name
/// @param address   where the request came from
public record Request(Principal principal, Map<String, String> path, MultiMap query, MultiMap headers,
        byte[] body, String address) {
    private static final int LIMIT_DEFAULT = 50;
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");
    private static final int LIMIT_MAX = 1000;

    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalArgumentException(
                    "The OpenAPI document has no path parameter " + name + " here");
        }
        return value;
    }

    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name)).filter(value -> !value.isEmpty());
    }

    /// A query parameter that is a whole number; a [Problem] 400 that names it where it is none, or too large for an `int`.
    public Optional<Integer> queryNumber(String name) {
        return query(name).map(value -> number(name, value));
    }

    /// A query parameter that is a time; a [Problem] 400 that names it where it is none.
    public Optional<Instant> queryTime(String name) {
        return query(name).map(text -> {
            try {
                return fourDigitYear(name, OffsetDateTime.parse(text).toInstant());
            } catch (DateTimeException e) {
                throw Problem.invalid(name, "a time such as 2026-05-01T08:00:00Z is needed, not " + text);
            }
        });
    }

    /// A time that somebody sent, such as a query parameter's; a [Problem] 400 that names the field where its year has not four
    /// digits, for neither the database nor most readers take those.
    public static Instant fourDigitYear(String field, Instant sent) {
        if (sent.isBefore(FIRST) || !sent.isBefore(END)) {
            throw Problem.invalid(field, "a time in the years 0001 to 9999 is needed");
        }
        return sent;
    }

    /// `?limit=`, 50 unless told, at most 1,000.
    public int limit() {
        return queryNumber("limit").map(n -> Math.clamp(n, 1, LIMIT_MAX))
                .orElse(LIMIT_DEFAULT);
    }

    /// `?cursor=`, as an earlier page's `next` gave it.
    public @Nullable String cursor() {
        return query("cursor").orElse(null);
    }

    /// `?cursor=` of a list that goes by numbers; a [Problem] 400 where it is none of such a list.
    public Optional<Long> cursorNumber() {
        try {
            return query("cursor").map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw Problem.invalid("cursor", "send the next of the page before, as it was given");
        }
    }

    /// The version that `If-Match` names; a [Problem] 428 where it is missing.
    public int ifMatch() {
        String value = headers.get("If-Match");
        if (value == null) {
            throw Problem.of(428, "Version needed",
                    "Send If-Match with the ETag of the version that you change");
        }
        return number("If-Match", value.replace("W/", "").replace("\"", "").strip());
    }

    /// The version that `If-Match` names, where it may be left out.
    public Optional<Integer> ifMatchGiven() {
        return headers.contains("If-Match") ? Optional.of(ifMatch()) : Optional.empty();
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /// The JSON body as a record; a [Problem] 400 that names the field where it does not fit.
    public <T> T body(Class<T> type) {
        try {
            return Json.mapper().readValue(body, type);
        } catch (JsonMappingException e) {
            String field = e.getPath().stream()
                    .map(step -> step.getFieldName() == null
                            ? "[" + step.getIndex() + "]"
                            : step.getFieldName())
                    .collect(Collectors.joining("."));
            Throwable cause = e.getCause();
            String message = cause instanceof IllegalArgumentException && cause.getMessage() != null
                    ? cause.getMessage()
                    : e.getOriginalMessage();
            throw Problem.invalid("The body does not fit",
                    List.of(new Problem.FieldError(field, message)));
        } catch (IOException e) {
            throw Problem.badRequest("The body is not JSON: " + originalMessage(e));
        }
    }

    public JsonNode json() {
        return body(JsonNode.class);
    }

    private static String originalMessage(IOException e) {
        return e instanceof JsonProcessingException json
                ? json.getOriginalMessage()
                : String.valueOf(e.getMessage());
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw Problem.invalid(name, "a whole number is needed, not " + value);
        }
    }
}
