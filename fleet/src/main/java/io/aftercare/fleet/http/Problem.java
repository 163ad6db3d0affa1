package io.aftercare.fleet.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// An answer that says what went wrong, as `application/problem+json` (RFC 9457). An operation throws it; whatever else it
/// throws becomes a 500 with a correlation id, and no detail of the inside.
public final class Problem extends RuntimeException {
    private final int status;
    private final String title;
    private final List<FieldError> errors;

    /// What is wrong with one field of the input; `field` is its JSON path, such as `stages[0].percent`.
    public record FieldError(String field, String message) {}

    private Problem(int status, String title, String detail, List<FieldError> errors) {
        super(detail, null, false, false);
        this.status = status;
        this.title = title;
        this.errors = List.copyOf(errors);
    }

    public static Problem of(int status, String title, String detail) {
        return new Problem(status, title, detail, List.of());
    }

    /// 400: the request cannot be understood as it stands.
    public static Problem badRequest(String detail) {
        return of(400, "Bad request", detail);
    }

    /// 400 with the fields at fault.
    public static Problem invalid(String detail, List<FieldError> errors) {
        return new Problem(400, "Invalid input", detail, errors);
    }

    /// 400 with one field at fault.
    public static Problem invalid(String field, String message) {
        return invalid(field + ": " + message, List.of(new FieldError(field, message)));
    }

    public static Problem unauthorized(String detail) {
        return of(401, "Not logged in", detail);
    }

    public static Problem forbidden(String detail) {
        return of(403, "Not allowed", detail);
    }

    public static Problem notFound(String kind, String id) {
        return of(404, "Not found", "There is no " + kind + " " + id);
    }

    /// 409: it cannot be done in the present state of things.
    public static Problem conflict(String detail) {
        return of(409, "Conflict", detail);
    }

    /// 412: somebody else changed it meanwhile.
    public static Problem staleVersion(String kind, String id, int current) {
        return of(412, "Changed meanwhile",
                "The " + kind + " " + id + " has version " + current
                        + " now; read it again and repeat the change");
    }

    public int status() {
        return status;
    }

    /// The JSON of RFC 9457.
    public ObjectNode body() {
        ObjectNode body = Json.object().put("type", "about:blank").put("title", title).put("status", status)
                .put("detail", getMessage());
        if (!errors.isEmpty()) {
            ArrayNode list = body.putArray("errors");
            errors.forEach(
                    error -> list.addObject().put("field", error.field()).put("message", error.message()));
        }
        return body;
    }
}
