package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.staff.StaffApi;
import io.aftercare.simulator.staff.StaffApi.Reply;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The staff's interface as the people of the house use it, each under the own name. Whatever is refused stops the house with
/// the backend's own words. Counts what was made. Thread-safe.
final class Desk {
    static final String ADMIN = "admin";
    private static final int CREATED = 201;

    private final String http;
    private final String password;
    private final StaffApi stranger;
    private final Map<String, StaffApi> sessions = new ConcurrentHashMap<>();
    private final Map<String, Integer> made = new ConcurrentHashMap<>();

    /// @param password of everybody in the house but the admin
    Desk(String http, StaffApi admin, String password) {
        this.http = http;
        this.password = password;
        this.stranger = StaffApi.withoutLogin(http);
        sessions.put(ADMIN, admin);
    }

    StaffApi as(String person) throws IOException, InterruptedException {
        StaffApi known = sessions.get(person);
        if (known != null) {
            return known;
        }
        StaffApi fresh = StaffApi.login(http, person, password);
        sessions.put(person, fresh);
        return fresh;
    }

    JsonNode get(String person, String path) throws IOException, InterruptedException {
        return as(person).get(path).orFail();
    }

    /// @param pairs of the body, see [Doc#of]; none: no body
    JsonNode post(String person, String path, @Nullable Object... pairs)
            throws IOException, InterruptedException {
        return count(path, pairs.length == 0
                ? as(person).post(path)
                : as(person).post(path, Doc.of(pairs)));
    }

    JsonNode post(String person, String path, ObjectNode body) throws IOException, InterruptedException {
        return count(path, as(person).post(path, body));
    }

    /// A request that needs no login, as customers make them.
    JsonNode open(String path, ObjectNode body) throws IOException, InterruptedException {
        return count(path, stranger.post(path, body));
    }

    JsonNode openGet(String path) throws IOException, InterruptedException {
        return stranger.get(path).orFail();
    }

    /// A request that has to be refused.
    void refused(String person, String path, ObjectNode body) throws IOException, InterruptedException {
        Reply reply = as(person).post(path, body);
        if (reply.ok()) {
            throw new IOException(reply.request() + " was not refused");
        }
    }

    JsonNode postText(String person, String path, String content) throws IOException, InterruptedException {
        return count(path, as(person).postFile(path, "text/plain", content.getBytes(StandardCharsets.UTF_8)));
    }

    /// Writes a document whole. What is there already is replaced, from the version that it has now.
    JsonNode put(String person, String path, ObjectNode body) throws IOException, InterruptedException {
        Reply there = as(person).get(path);
        Reply reply = there.status() == 404
                ? as(person).put(path, "application/json", body.toString())
                : as(person).change("PUT", path, etag(there), body);
        return count(path.substring(0, path.lastIndexOf('/')), reply);
    }

    /// Changes a thing, or moves it by a verb such as `/approve`, from the version that it has now.
    JsonNode change(String person, String method, String thing, String verb, @Nullable Object... pairs)
            throws IOException, InterruptedException {
        String etag = etag(as(person).get(thing));
        Reply reply = pairs.length == 0
                ? as(person).change(method, thing + verb, etag)
                : as(person).change(method, thing + verb, etag, Doc.of(pairs));
        return count(thing + verb, reply);
    }

    /// The same, from the version that was seen.
    JsonNode changeSeen(String person, JsonNode seen, String method, String path, @Nullable Object... pairs)
            throws IOException, InterruptedException {
        return count(path, as(person).change(method, path, "\"" + seen.path("version").asInt() + "\"",
                Doc.of(pairs)));
    }

    /// Some things say their version in the header, others in the body.
    private static String etag(Reply there) throws IOException {
        int version = there.orFail().path("version").asInt(0);
        return there.etag().isEmpty() ? "\"" + version + "\"" : there.etag();
    }

    /// Takes a good answer, and counts what it made.
    JsonNode count(String path, Reply reply) throws IOException {
        JsonNode body = reply.orFail();
        if (reply.status() == CREATED) {
            String plain = path.replaceAll("\\?.*", "");
            made.merge(plain.substring(plain.lastIndexOf('/') + 1), 1, Integer::sum);
        }
        return body;
    }

    /// How many of what was made, by the last word of the path.
    Map<String, Integer> made() {
        return new TreeMap<>(made);
    }
}
