package io.aftercare.fleet.http;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What an operation answers.
///
/// @param body a record, map, list or tree, written as JSON; a Vert.x buffer, written as it is (with its `Content-Type`
///             among the headers); null for none
public record Response(int status, @Nullable Object body, Map<String, String> headers) {
    public Response {
        headers = Map.copyOf(headers);
    }

    public static Response ok(Object body) {
        return new Response(200, body, Map.of());
    }

    /// 200 with the `ETag` that a later `If-Match` names.
    public static Response versioned(Object body, int version) {
        return ok(body).withVersion(version);
    }

    public static Response created(String location, Object body) {
        return new Response(201, body, Map.of("Location", location));
    }

    public static Response accepted(Object body) {
        return new Response(202, body, Map.of());
    }

    public static Response noContent() {
        return new Response(204, null, Map.of());
    }

    /// The same with the `ETag` of this version.
    public Response withVersion(int version) {
        return with("ETag", "\"" + version + "\"");
    }

    /// The same with one more header.
    public Response with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new Response(status, body, more);
    }
}
