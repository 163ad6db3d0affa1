package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.credentials.Credential;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The devices' own way in by HTTP, for what they have to tell of their past. Thread-safe.
final class Door {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int SAMPLES_A_MESSAGE = 120;
    private static final int TRIES_MAX = 20;
    private static final int QUARANTINED = 422;

    private final HttpClient client = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final String http;

    Door(String http) {
        this.http = http;
    }

    void telemetry(Credential who, List<Sample> samples) throws IOException, InterruptedException {
        for (int i = 0; i < samples.size(); i += SAMPLES_A_MESSAGE) {
            List<Sample> some = samples.subList(i, Math.min(samples.size(), i + SAMPLES_A_MESSAGE));
            send(who, "telemetry", JSON.writeValueAsString(some));
        }
    }

    void event(Credential who, Map<String, Object> event) throws IOException, InterruptedException {
        send(who, "event", JSON.writeValueAsString(event));
    }

    void state(Credential who, Map<String, Object> state) throws IOException, InterruptedException {
        send(who, "state", JSON.writeValueAsString(state));
    }

    /// Something that nobody can understand: it has to end in quarantine.
    void nonsense(Credential who, String text) throws IOException, InterruptedException {
        int status = answer(who, "telemetry", text);
        if (status != QUARANTINED) {
            throw new IOException("nonsense of " + who.id() + " was answered with " + status
                    + ", not with " + QUARANTINED);
        }
    }

    private void send(Credential who, String what, String text) throws IOException, InterruptedException {
        int status = answer(who, what, text);
        for (int tries = 1; status == 429 || status == 503; tries++) {
            if (tries == TRIES_MAX) {
                break;
            }
            TimeUnit.SECONDS.sleep(1);
            status = answer(who, what, text);
        }
        if (status / 100 != 2) {
            throw new IOException(
                    what + " of " + who.id() + " was answered with " + status + ": " + text.substring(0,
                            Math.min(200, text.length())));
        }
    }

    private int answer(Credential who, String what, String text) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest
                .newBuilder(URI.create(http + "/device/v1/" + who.id() + "/" + what)).timeout(TIMEOUT)
                .header("Authorization", "Bearer " + who.token()).header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(text)).build();
        return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    }
}
