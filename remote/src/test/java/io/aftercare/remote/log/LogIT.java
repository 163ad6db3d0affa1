package io.aftercare.remote.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import io.aftercare.remote.TestRemote;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LogIT {
    private static final DeviceId DEVICE = new DeviceId("LP-1");
    private static final String ANN = "ann:agent";
    private static final String TEXT = """
            2026-01-01T00:00:00Z INFO boot of SN-4711
            2026-01-01T00:00:01Z ERROR login of li.wei@example.org failed, password=hunter2
            2026-01-01T00:00:02Z WARN heater slow
            2026-01-01T00:00:03Z ERROR heater off, 192.168.7.9 told
            """;
    private final TestRemote house = new TestRemote();
    private String token = "";

    @BeforeEach
    void prepare() {
        house.device("LP-1", "eu", "berlin");
        token = house.token("LP-1");
        house.openTickets.add("7");
        house.openTickets.add("T-000007");
        house.connected = true;
        house.start();
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private Answer ask(String body) throws Exception {
        return house.as(ANN, "POST", "/devices/LP-1/logs", body);
    }

    private JsonNode asked(String body) throws Exception {
        Answer answer = ask(body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json();
    }

    private JsonNode log(JsonNode log) throws Exception {
        return house.as(ANN, "GET", "/logs/" + log.path("id").asText(), null).json();
    }

    private HttpResponse<String> send(JsonNode log, byte[] content) throws Exception {
        return house.asDevice(token, "PUT", "LP-1/uploads/" + log.path("upload").asText(), content);
    }

    private JsonNode ready(JsonNode log) throws Exception {
        until(() -> !List.of("asked", "received").contains(log(log).path("state").asText()));
        return log(log);
    }

    private static void until(Callable<Boolean> condition) throws Exception {
        Instant end = Instant.now().plusSeconds(20);
        while (!condition.call()) {
            assertThat(Instant.now()).isBefore(end);
            Thread.onSpinWait();
        }
    }

    private JsonNode lines(JsonNode log, String query) throws Exception {
        Answer answer = house.as(ANN, "GET", "/logs/" + log.path("id").asText() + "/lines" + query, null);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }

    private static byte[] gzip(String text) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    private List<String> deeds(String like) {
        return house.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit WHERE action LIKE :like ORDER BY id")
                .bind("like", like)
                .mapTo(String.class).list());
    }

    @Test
    @Tag("R75")
    void aLogComesIsRedactedSearchedAndEachLookIsAudited() throws Exception {
        JsonNode log = asked(
                "{\"why\":\"heater\",\"ticket\":\"T-000007\",\"level\":\"info\",\"bytesMax\":65536}");
        assertThat(house.sent).singleElement().asString().contains("\"action\":\"get_logs\"",
                "\"level\":\"info\"",
                "\"url\":\"/device/v1/LP-1/uploads/" + log.path("upload").asText() + "\"");
        assertThat(send(log, gzip(TEXT)).statusCode()).isEqualTo(201);
        JsonNode ready = ready(log);
        assertThat(ready.path("state").asText()).as(ready.toString()).isEqualTo("ready");
        assertThat(ready.path("lineCount").asInt()).isEqualTo(4);
        assertThat(ready.path("redacted").toString())
                .isEqualTo("{\"ip\": 1, \"email\": 1, \"secret\": 1, \"serial\": 1}".replace(" ", ""));
        assertThat(lines(log, "").path("items")).hasSize(4);
        assertThat(lines(log, "?level=warning&q=HEATER").path("items").findValuesAsText("text"))
                .containsExactly("heater slow", "heater off, [ip] told");
        String expression = URLEncoder.encode("^heater (off|on)", StandardCharsets.UTF_8);
        assertThat(lines(log, "?regex=true&q=" + expression).path("items").findValuesAsText("n"))
                .containsExactly("4");
        assertThat(lines(log, "?from=2026-01-01T00:00:01Z&to=2026-01-01T00:00:03Z").path("items")).hasSize(2);
        JsonNode first = lines(log, "?limit=3");
        assertThat(lines(log, "?limit=3&cursor=" + first.path("next").asText()).path("items")).hasSize(1);
        Answer content = house.as(ANN, "GET", "/logs/" + log.path("id").asText() + "/content?why=second+look",
                null);
        assertThat(content.text())
                .contains("2026-01-01T00:00:01Z error login of [email] failed, password=[secret]")
                .doesNotContain("hunter2", "li.wei", "SN-4711", "192.168");
        assertThat(content.header("Cache-Control")).contains("no-store");
        assertThat(deeds("log.%")).hasSize(7).endsWith("log.download");
        assertThat(onDisk()).as("the original is not kept").doesNotContain("hunter2");
        assertThat(house.as(ANN, "GET", "/logs/" + log.path("id").asText() + "/lines?regex=true&q=%28", null)
                .status())
                .isEqualTo(400);
        assertThat(
                house.as("mia:quality", "GET", "/logs/" + log.path("id").asText() + "/lines", null).status())
                .isEqualTo(403);
        assertThat(house.as("pat:agent:eu:paris", "GET", "/logs/" + log.path("id").asText(), null).status())
                .isEqualTo(200);
    }

    private String onDisk() throws Exception {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> files = Files.walk(house.files)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private boolean answers(JsonNode log, String result) {
        return house.remote.actions().result(DEVICE, log.path("action").asText(), Json.parse(result));
    }

    @Test
    void aDeviceMayAnswerWithTheTextItself() throws Exception {
        JsonNode log = asked("{\"why\":\"heater\"}");
        assertThat(answers(log,
                "{\"status\":\"succeeded\",\"output\":{\"lines\":[\"ERROR token=abcdef\",\"INFO on\"]}}"))
                .isTrue();
        assertThat(log(log).path("state").asText()).isEqualTo("ready");
        assertThat(lines(log, "").path("items").findValuesAsText("text")).containsExactly("token=[secret]",
                "on");
        JsonNode action = house.as(ANN, "GET", "/actions/" + log.path("action").asText(), null).json();
        assertThat(action.path("output").toString()).contains(log.path("id").asText())
                .doesNotContain("abcdef");
        assertThat(send(log, new byte[10]).statusCode()).as("not wanted any more").isEqualTo(410);
        assertThat(answers(log, "{\"status\":\"succeeded\",\"output\":\"once more\"}")).isTrue();
        assertThat(lines(log, "").path("items")).hasSize(2);
    }

    @Test
    @Tag("R75")
    void whatAnActionByHandBringsIsRedactedToo() throws Exception {
        JsonNode action = house.as(ANN, "POST", "/devices/LP-1/actions", "{\"action\":\"get_logs\"}").json();
        String id = action.path("id").asText();
        house.remote.actions().result(DEVICE, id,
                Json.parse(
                        "{\"status\":\"succeeded\",\"output\":{\"lines\":[\"mail li@example.org\"],\"count\":1}}"));
        assertThat(house.as(ANN, "GET", "/actions/" + id, null).json().path("output"))
                .isEqualTo(Json.parse("{\"lines\":[\"mail [email]\"],\"count\":1}"));
    }

    @Test
    void whatTheDeviceCannotOrDoesNotDoIsSaid() throws Exception {
        JsonNode refused = asked("{\"why\":\"x\"}");
        answers(refused, "{\"status\":\"rejected\"}");
        assertThat(log(refused).path("state").asText()).isEqualTo("failed");
        assertThat(log(refused).path("error").asText()).contains("rejected by the device");
        JsonNode broken = asked("{\"why\":\"x\"}");
        send(broken, new byte[]{0x1f, (byte) 0x8b, 1, 2, 3});
        assertThat(ready(broken).path("error").asText()).startsWith("It cannot be read");
        assertThat(house.as(ANN, "GET", "/logs/" + broken.path("id").asText() + "/lines", null).status())
                .isEqualTo(409);
        JsonNode late = asked("{\"why\":\"x\",\"expiresIn\":\"PT1M\"}");
        house.clock.pass(Duration.ofDays(2));
        until(() -> log(late).path("state").asText().equals("failed"));
        assertThat(send(late, new byte[10]).statusCode()).isEqualTo(410);
    }

    @Test
    @Tag("R75")
    void aCustomerWhoDidNotAllowItStandsInTheWayAndNothingIsLeft() throws Exception {
        for (Consent consent : List.of(Consent.ASKED, Consent.REFUSED, Consent.EXPIRED, Consent.WITHDRAWN)) {
            house.consents.put(Purpose.DATA, consent);
            assertThat(ask("{\"why\":\"x\",\"ticket\":\"7\"}").status()).as(consent.name()).isEqualTo(409);
        }
        assertThat(house.sent).isEmpty();
        assertThat(house.as(ANN, "GET", "/devices/LP-1/logs", null).json().path("items")).isEmpty();
        house.consents.put(Purpose.DATA, Consent.GIVEN);
        asked("{\"why\":\"x\",\"ticket\":\"7\"}");
        assertThat(house.as(ANN, "GET", "/devices/LP-1/logs", null).json().path("items")).hasSize(1);
    }

    @Test
    void badRequestsAreToldSo() throws Exception {
        for (String bad : List.of("{}", "{\"why\":\"\"}", "{\"why\":\"x\",\"level\":\"all\"}",
                "{\"why\":\"x\",\"bytesMax\":1}",
                "{\"why\":\"x\",\"from\":\"2026-01-02T00:00:00Z\",\"to\":\"2026-01-01T00:00:00Z\"}",
                "{\"why\":\"x\",\"expiresIn\":\"soon\"}", "{\"why\":\"x\",\"more\":1}")) {
            assertThat(ask(bad).status()).as(bad).isEqualTo(400);
        }
        assertThat(ask("{\"why\":\"x\",\"ticket\":\"8\"}").status()).isEqualTo(409);
        assertThat(house.as(ANN, "POST", "/devices/LP-9/logs", "{\"why\":\"x\"}").status()).isEqualTo(404);
    }

    @Test
    @Tag("R75")
    void whatWasTakenForACaseIsPurgedWithItAndTheRowSaysWhen() throws Exception {
        JsonNode log = asked("{\"why\":\"x\",\"ticket\":\"T-000007\"}");
        send(log, TEXT.getBytes(StandardCharsets.UTF_8));
        ready(log);
        JsonNode waiting = asked("{\"why\":\"x\",\"ticket\":\"7\"}");
        send(waiting, new byte[10]);
        ready(waiting);
        JsonNode other = asked("{\"why\":\"x\"}");
        send(other, TEXT.getBytes(StandardCharsets.UTF_8));
        ready(other);
        house.database.useTransaction(handle -> Outbox.append(handle, "data.purge", "ticket/7/1",
                Json.object().put("ticket", "7").put("number", "T-000007")));
        until(() -> house.told.stream().anyMatch(told -> told.startsWith("data.purged")));
        assertThat(house.told)
                .anySatisfy(told -> assertThat(told).contains("\"ticket\":\"7\"", "\"purged\":2"));
        assertThat(log(log).path("state").asText()).isEqualTo("purged");
        assertThat(log(log).path("purgedAt").asText()).isNotEmpty();
        assertThat(house.as(ANN, "GET", "/logs/" + log.path("id").asText() + "/content", null).status())
                .isEqualTo(409);
        assertThat(house.files.resolve("logs").resolve(log.path("id").asText())).doesNotExist();
        assertThat(log(other).path("state").asText()).as("of no case").isEqualTo("ready");
        assertThat(house.as("eve:engineer", "DELETE", "/logs/" + other.path("id").asText(), null).status())
                .isEqualTo(204);
        assertThat(onDisk()).doesNotContain("heater");
        assertThat(deeds("%.purge")).containsExactly("remote.purge", "log.purge");
    }
}
