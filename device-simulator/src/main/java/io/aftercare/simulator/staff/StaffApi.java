package io.aftercare.simulator.staff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/// The staff API under `/api/v1` as one logged-in person. Thread-safe.
public final class StaffApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10))
            .build();

    private final String base;
    private final String token;

    private StaffApi(String base, String token) {
        this.base = base;
        this.token = token;
    }

    /// Opens a session.
    ///
    /// @param http the backend, such as `http://127.0.0.1:8080`
    /// @throws IOException where the backend is away, or the name or password is wrong
    public static StaffApi login(String http, String user, String password)
            throws IOException, InterruptedException {
        StaffApi stranger = withoutLogin(http);
        JsonNode credentials = JSON.createObjectNode().put("username", user).put("password", password);
        Reply reply = stranger.post("/session", credentials);
        if (reply.status() == 401) {
            throw new IOException("the backend at " + http + " does not know user '" + user
                    + "' with this password");
        }
        return new StaffApi(stranger.base, reply.orFail().path("token").asText());
    }

    /// For what needs no login, such as the customer's page.
    public static StaffApi withoutLogin(String http) {
        return new StaffApi(http.replaceAll("/+$", "") + "/api/v1", "");
    }

    public Reply get(String path) throws IOException, InterruptedException {
        return send("GET", path, "application/json", BodyPublishers.noBody());
    }

    public Reply post(String path, JsonNode body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", BodyPublishers.ofString(body.toString()));
    }

    /// A POST without a body, for verbs such as `approve`.
    public Reply post(String path) throws IOException, InterruptedException {
        return send("POST", path, "application/json", BodyPublishers.noBody());
    }

    /// A change without a body that must name the version it starts from.
    public Reply change(String method, String path, int version) throws IOException, InterruptedException {
        return change(method, path, "\"" + version + "\"");
    }

    /// The same, by the ETag of the version.
    public Reply change(String method, String path, String etag) throws IOException, InterruptedException {
        return send(method, path, "application/json", BodyPublishers.noBody(), "If-Match", etag);
    }

    /// A change with a body that must name the version it starts from.
    ///
    /// @param etag of the version
    public Reply change(String method, String path, String etag, JsonNode body)
            throws IOException, InterruptedException {
        return change(method, path, etag, "application/json", body.toString());
    }

    /// The same with a body of another type.
    public Reply change(String method, String path, String etag, String contentType, String body)
            throws IOException, InterruptedException {
        return send(method, path, contentType, BodyPublishers.ofString(body), "If-Match", etag);
    }

    public Reply put(String path, String contentType, String body) throws IOException, InterruptedException {
        return send("PUT", path, contentType, BodyPublishers.ofString(body));
    }

    /// A file, as it is.
    public Reply postFile(String path, String contentType, byte[] content)
            throws IOException, InterruptedException {
        return send("POST", path, contentType, BodyPublishers.ofByteArray(content));
    }

    public Reply postParts(String path, Multipart parts) throws IOException, InterruptedException {
        return send("POST", path, parts.contentType(), parts.body());
    }

    private Reply send(String method, String path, String contentType, BodyPublisher body, String... headers)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT)
                .header("Accept", "application/json").method(method, body);
        if (body.contentLength() != 0) {
            request.header("Content-Type", contentType);
        }
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(method + " " + path, response.statusCode(), parsed(response.body()),
                    response.headers().firstValue("ETag").orElse(""));
        } catch (ConnectException e) {
            throw new IOException(
                    "no backend answers at " + base + ": is it running, and is this its HTTP port?",
                    e);
        } catch (IOException e) {
            throw new IOException(
                    method + " " + path + ": the backend at " + base + " broke off: " + e.getMessage(), e);
        }
    }

    private static JsonNode parsed(String body) {
        try {
            JsonNode json = JSON.readTree(body);
            return json == null ? MissingNode.getInstance() : json;
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode().put("detail", body);
        }
    }

    /// An answer, good or bad.
    ///
    /// @param etag what names the version of the thing, as `If-Match` wants it; empty where there is none
    public record Reply(String request, int status, JsonNode body, String etag) {
        public boolean ok() {
            return status / 100 == 2;
        }

        /// The body of a good answer.
        ///
        /// @throws IOException quoting the problem of a bad one
        public JsonNode orFail() throws IOException {
            if (ok()) {
                return body;
            }
            StringBuilder text = new StringBuilder(request).append(" answered ").append(status);
            for (String field : new String[]{"title", "detail", "errors"}) {
                if (body.has(field)) {
                    JsonNode value = body.get(field);
                    text.append("; ").append(value.isTextual() ? value.asText() : value.toString());
                }
            }
            throw new IOException(text.toString());
        }
    }
}
