package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.OtaServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/// A device that speaks hawkBit's DDI, as bare requests.
record DdiDevice(OtaServer server, String id, String authorization) {

    static DdiDevice of(OtaServer server, String id, String token) {
        return new DdiDevice(server, id, "TargetToken " + token);
    }

    String base() {
        return "/DEFAULT/controller/v1/" + id;
    }

    HttpResponse<byte[]> send(String method, String address, String body, String... headers)
            throws IOException, InterruptedException {
        URI uri = address.startsWith("http")
                ? URI.create(address)
                : server.uri(base() + (address.isEmpty() ? "" : "/" + address));
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30))
                .header("Authorization", authorization)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return server.client().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    int status(String method, String address, String body) throws IOException, InterruptedException {
        return send(method, address, body).statusCode();
    }

    JsonNode get(String address) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = send("GET", address, "");
        JsonNode json = Json.mapper().readTree(answer.body());
        assertThat(answer.statusCode()).as(json.toString()).isEqualTo(200);
        return json;
    }

    /// The address that a poll shows under this name, empty where it shows none.
    String link(String name) {
        try {
            return get("").path("_links").path(name).path("href").asText("");
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /// Waits until a poll shows it.
    String await(String name) {
        OtaServer.await("a link " + name + " for " + id, () -> !link(name).isEmpty());
        return link(name);
    }

    static String words(String execution, String finished, String... details) {
        ObjectNode body = Json.object().put("id", 7).put("time", "20261122T060000");
        ObjectNode status = body.putObject("status").put("execution", execution);
        status.putObject("result").put("finished", finished);
        for (String detail : details) {
            status.withArray("details").add(detail);
        }
        return Json.text(body);
    }

    int feedback(String address, String execution, String finished) throws IOException, InterruptedException {
        return status("POST", path(address) + "/feedback", words(execution, finished));
    }

    /// An address without its parameters, from the host on.
    static String path(String address) {
        int question = address.indexOf('?');
        return question < 0 ? address : address.substring(0, question);
    }

    void states(String version) throws IOException, InterruptedException {
        assertThat(status("PUT", "configData",
                "{\"mode\":\"merge\",\"data\":{\"version\":\"" + version + "\"}}"))
                .isEqualTo(200);
    }
}
