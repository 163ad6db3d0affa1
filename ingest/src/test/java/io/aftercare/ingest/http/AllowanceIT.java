package io.aftercare.ingest.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.fleet.http.Idempotency;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.TestApi;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ingest.Harness;
import io.aftercare.ingest.mqtt.Allowance;
import io.aftercare.ingest.telemetry.Diagnosis;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AllowanceIT {
    private static HttpResponse<String> post(TestApi api, String id, String what) {
        try {
            return api.client().send(HttpRequest.newBuilder(api.uri("/device/v1/" + id + "/" + what))
                    .header("Content-Type", "application/json")
                    .header("Authorization", "Bearer " + Harness.token(id))
                    .POST(HttpRequest.BodyPublishers.ofString("{\"code\":\"log\"}")).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aDeviceThatSendsTooMuchByHttpIsToldWhenToComeAgainAndNoOtherIs() {
        Allowance slow = new Allowance(1, 1 << 20, Duration.ofSeconds(1));
        try (Harness harness = new Harness(TestDatabase.create("ingest"), Harness.config().allowing(slow),
                _ -> Diagnosis.none())) {
            Operations operations = new Operations();
            harness.ingest.bind(operations);
            harness.device("A-1");
            harness.device("A-2");
            try (TestApi api = new TestApi(Vertx.vertx(), List.of("ingest"), operations,
                    _ -> new Principal("ana", Set.of(), "", ""), new Idempotency(harness.database))) {
                int taken = 0;
                HttpResponse<String> answer = post(api, "A-1", "telemetry");
                while (answer.statusCode() == 204 && taken < 100) {
                    taken++;
                    answer = post(api, "A-1", taken % 2 == 0 ? "telemetry" : "event");
                }
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(429);
                assertThat(taken).isGreaterThanOrEqualTo(2);
                assertThat(answer.headers().firstValue("Retry-After")).contains("1");
                assertThat(post(api, "A-2", "telemetry").statusCode()).isEqualTo(204);
                Harness.await("it may again", () -> post(api, "A-1", "event").statusCode() == 204);
            }
        }
    }
}
