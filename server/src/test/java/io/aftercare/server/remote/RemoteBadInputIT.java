package io.aftercare.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What people ask for that cannot be, and devices that do not keep to the protocol: clear answers, and nothing is done.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteBadInputIT {
    private static final String GOOD = "RT-90-G";
    private RemoteDesk desk;

    @BeforeAll
    void open(@TempDir Path folder) throws IOException, InterruptedException {
        desk = RemoteDesk.open(folder, Map.of());
        desk.device(Kind.ROUTER, GOOD);
    }

    @AfterAll
    void close() throws IOException {
        desk.close();
    }

    private void isNotDone(String action) throws IOException, InterruptedException {
        assertThat(desk.done(desk.admin, GOOD, Map.of("action", "get_logs")).path("output").asText())
                .doesNotContain("asked for " + action);
    }

    @Test
    void parametersOutsideTheSchemaAreNamedAndNothingIsSent() throws IOException, InterruptedException {
        for (Map<String, Object> params : List.<Map<String, Object>>of(Map.of("seconds", 0.01),
                Map.of("seconds", "often"), Map.of("seconds", 1, "ttlSeconds", 3_600), Map.of(),
                Map.of("seconds", 1, "loud", true))) {
            StaffClient.Answer answer = desk.ask(desk.agent, GOOD,
                    Map.of("action", "set_interval", "params", params));
            assertThat(answer.status()).as("%s: %s", params, answer.body()).isEqualTo(400);
            assertThat(answer.body().toString()).as("%s", params).contains("params");
        }
        isNotDone("set_interval");
    }

    @Test
    void anActionThatTheProductDoesNotHaveIsRefused() throws IOException, InterruptedException {
        JsonNode refusal = desk.ask(desk.engineer, GOOD, Map.of("action", "restart_heater")).body();
        assertThat(refusal.path("status").asInt()).as(refusal.toString()).isBetween(400, 499);
        assertThat(refusal.path("detail").asText()).contains("restart_heater");
        isNotDone("restart_heater");
        assertThat(desk.audit(GOOD).toString()).as("it was tried").contains("restart_heater");
    }

    @Test
    void anOfflineDevicesActionExpires() throws IOException, InterruptedException {
        desk.register(Kind.LOCK, "SL-10-OFF");
        JsonNode done = desk.done(desk.agent, "SL-10-OFF",
                Map.of("action", "calibrate", "expiresIn", "PT1S"));
        assertThat(done.path("state").asText()).isEqualTo("expired");
        assertThat(done.path("sentAt").isNull()).isTrue();
    }

    @Test
    void aTicketOfAnotherDeviceIsNoReason() throws IOException, InterruptedException {
        desk.register(Kind.LOCK, "SL-10-T");
        String other = desk.ticket("SL-10-T");
        desk.ask(desk.engineer, GOOD, Map.of("action", "reboot", "ticket", other)).expect(409);
        desk.ask(desk.engineer, GOOD, Map.of("action", "reboot")).expect(409);
        isNotDone("reboot");
    }

    @Test
    void whoAnswersTwiceIsBelievedOnce() throws IOException, InterruptedException {
        desk.device(Kind.ROUTER, "RT-90-TW", "answer-twice@0s");
        JsonNode done = desk.done(desk.agent, "RT-90-TW", Map.of("action", "ping"));
        assertThat(done.path("state").asText()).isEqualTo("succeeded");
        // what a device sends comes in order: when this is answered, the second answer to the first has come
        desk.done(desk.agent, "RT-90-TW", Map.of("action", "restart_wan"));
        JsonNode later = desk.admin.get("/api/v1/actions/" + done.path("id").asText()).expect(200);
        assertThat(later.path("state").asText()).isEqualTo("succeeded");
        assertThat(later.path("output").asText()).isEqualTo("pong");
        assertThat(later.path("error").isNull()).isTrue();
    }

    @Test
    void whoAnswersForAnotherChangesNothing() throws IOException, InterruptedException {
        desk.hastyRouter("RT-91-OT", "answer-other@0s");
        for (int i = 0; i < 2; i++) {
            assertThat(desk.done(desk.agent, "RT-91-OT", Map.of("action", "ping")).path("state").asText())
                    .isEqualTo("timed-out");
        }
        JsonNode good = desk.done(desk.agent, GOOD, Map.of("action", "ping"));
        assertThat(good.path("state").asText()).isEqualTo("succeeded");
        assertThat(good.path("lateResult").isObject()).isFalse();
    }

    @Test
    void aLateAnswerIsKeptBesideTheEnd() throws IOException, InterruptedException {
        desk.hastyRouter("RT-91-LA", "late-answer@0s");
        JsonNode done = desk.done(desk.agent, "RT-91-LA", Map.of("action", "ping", "expiresIn", "PT5S"));
        assertThat(done.path("state").asText()).isEqualTo("timed-out");
        JsonNode later = desk.admin.await("/api/v1/actions/" + done.path("id").asText(),
                it -> it.path("lateResult").isObject());
        assertThat(later.path("state").asText()).isEqualTo("timed-out");
        assertThat(later.path("lateResult").toString()).contains("pong");
    }

    @Test
    void whoRejectsIsHeardAndWhoAnswersNonsenseIsKeptAsItSaid() throws IOException, InterruptedException {
        desk.device(Kind.ROUTER, "RT-90-RE", "reject@0s");
        assertThat(desk.done(desk.agent, "RT-90-RE", Map.of("action", "restart_wan")).path("state").asText())
                .isEqualTo("failed");
        desk.device(Kind.ROUTER, "RT-90-BO", "bad-output@0s");
        JsonNode nonsense = desk.done(desk.agent, "RT-90-BO", Map.of("action", "self_test"));
        assertThat(nonsense.path("state").asText()).isEqualTo("succeeded");
        assertThat(nonsense.at("/output/passed").asText()).isEqualTo("perhaps");
    }
}
