package io.aftercare.simulator.device;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.Waiting;
import io.aftercare.simulator.action.Outcome;
import io.aftercare.simulator.link.Sender;
import io.aftercare.simulator.misbehaviour.Temper;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.product.Product;
import io.aftercare.simulator.upload.UploadServer;
import io.aftercare.simulator.upload.Uploader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/// What every device answers, message by message.
class DeviceAgentTest implements Sender, DeviceAgent.Body {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final List<String> topics = new CopyOnWriteArrayList<>();
    private final List<JsonNode> sent = new CopyOnWriteArrayList<>();
    private final List<Map<String, Object>> samples = new CopyOnWriteArrayList<>();
    private final SequencedMap<String, Object> readings = new LinkedHashMap<>(
            Map.of("cpu_load", 12.0, "cpu_temp", 400.0));
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private String restarts = "";

    private DeviceAgent agent(Product product, URI http) {
        return new DeviceAgent(new DeviceAgent.Setup("D-1", this, product, Duration.ofSeconds(10),
                new Uploader(http, "token", Temper.GOOD,
                        new Uploader.Pieces(300, 3, Duration.ofMillis(1))),
                Temper.GOOD, () -> now), this);
    }

    private DeviceAgent router() {
        return agent(Kind.ROUTER.product(), URI.create("http://127.0.0.1:1"));
    }

    @Override
    public void send(String topic, Object value) {
        topics.add(topic);
        sent.add(JSON.valueToTree(value));
    }

    @Override
    public void telemetry(long ts, Map<String, Object> values) {
        samples.add(values);
    }

    @Override
    public int waiting() {
        return 0;
    }

    @Override
    public SequencedMap<String, Object> state() {
        return new LinkedHashMap<>(Map.of("firmware", "5.1.0", "hardware", "C1"));
    }

    @Override
    public SequencedMap<String, Object> readings() {
        return new LinkedHashMap<>(readings);
    }

    @Override
    public Outcome perform(String action, JsonNode params) {
        return DeviceAgent.unknown(action, Kind.ROUTER.product());
    }

    @Override
    public boolean restart(String reason) {
        restarts += reason;
        return true;
    }

    private static void ask(DeviceAgent agent, String id, String json) {
        assertThat(agent.message("actions/" + id, json.getBytes(StandardCharsets.UTF_8))).isTrue();
    }

    @Test
    void everyActionOfEveryProductIsKnown() {
        for (Kind kind : Kind.values()) {
            DeviceAgent agent = agent(kind.product(), URI.create("http://127.0.0.1:1"));
            for (Product.Action action : kind.product().actions()) {
                if (List.of("ping", "get_logs", "self_test", "set_interval", "reboot", "factory_reset",
                        "shell")
                        .contains(action.name())) {
                    ask(agent, kind + action.name(), "{\"action\":\"" + action.name()
                            + "\",\"params\":{\"seconds\":5,\"session\":\"s1\"}}");
                    assertThat(sent.reversed()).filteredOn(each -> each.has("status")).first()
                            .satisfies(each -> assertThat(each.path("status").asText())
                                    .as("%s of %s", action.name(), kind).isIn("succeeded", "running"));
                }
            }
            agent.lost();
        }
    }

    @Test
    void aSelfTestNamesEachTestWithItsLimits() {
        ask(router(), "a1", "{\"action\":\"self_test\"}");
        JsonNode output = sent.getLast().path("output");
        assertThat(output.path("passed").asBoolean()).isFalse();
        JsonNode temperature = null;
        for (JsonNode each : output.path("tests")) {
            assertThat(each.path("name").asText()).isNotEmpty();
            assertThat(each.path("passed").isBoolean()).isTrue();
            temperature = each.path("name").asText().equals("cpu_temp") ? each : temperature;
        }
        assertThat(String.valueOf(temperature)).contains("\"passed\":false").contains("\"value\":400.0")
                .contains("\"max\":125.0").contains("°C");
        assertThat(output.toString()).contains("the sensor does not answer");
    }

    @Test
    void aLogIsUploadedAndToldAndReadAsItWas() throws Exception {
        try (UploadServer server = new UploadServer(3, 10)) {
            DeviceAgent agent = agent(Kind.ROUTER.product(), server.base());
            agent.booted("power-on", false, 1);
            for (int i = 0; i < 200; i++) {
                agent.event("NOTE", i % 2 == 0 ? "info" : "error", "something number " + i, Map.of());
            }
            sent.clear();
            ask(agent, "a1", """
                    {"action":"get_logs","params":{"level":"error","bytesMax":8000,
                     "upload":{"id":"u1","url":"/device/v1/D-1/uploads/u1"}}}""");
            Waiting.until("the answer", () -> sent.size() == 2);
            assertThat(sent.getFirst().path("status").asText()).isEqualTo("running");
            assertThat(sent.getLast().toString())
                    .isEqualTo("{\"status\":\"succeeded\",\"output\":{\"upload\":\"u1\"}}");
            String text = text(server.file());
            assertThat(text.length()).isBetween(4_096, 8_000);
            assertThat(text.lines())
                    .allMatch(line -> line.matches("\\S+Z ERROR NOTE: something number \\d+"));
            assertThat(text).endsWith("something number 199\n");
        }
    }

    private static String text(byte[] file) throws IOException {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void aBoostIsToldAndEndsWithoutAnybody() {
        DeviceAgent agent = router();
        ask(agent, "a1",
                "{\"action\":\"set_interval\",\"params\":{\"seconds\":1,\"ttlSeconds\":30,\"metrics\":[\"cpu_load\"]}}");
        assertThat(sent.getFirst().path("interval").asDouble()).as("what it was set to").isEqualTo(10);
        assertThat(sent.getFirst().at("/boost/interval").asDouble()).isEqualTo(1);
        agent.sample();
        now = now.plusSeconds(1);
        agent.sample();
        assertThat(samples.getFirst()).hasSize(2);
        assertThat(samples.getLast()).containsOnlyKeys("cpu_load");
        now = now.plusSeconds(29);
        sent.clear();
        agent.sample();
        assertThat(sent.getFirst().has("boost")).isFalse();
        assertThat(agent.untilNext()).hasSeconds(10);
    }

    @Test
    void aFactoryResetClearsWhatWasSetAndStartsAnew() {
        DeviceAgent agent = router();
        agent.message("desired", "{\"mode\":\"quiet\",\"interval\":3,\"desiredVersion\":4}".getBytes(
                StandardCharsets.UTF_8));
        assertThat(sent.getLast().path("mode").asText()).isEqualTo("quiet");
        assertThat(sent.getLast().path("desiredVersion").asInt()).isEqualTo(4);
        ask(agent, "a1", "{\"action\":\"factory_reset\"}");
        assertThat(sent.getLast().path("status").asText()).isEqualTo("running");
        assertThat(restarts).isEqualTo("factory reset");
        sent.clear();
        agent.booted("factory reset", true, 2);
        assertThat(sent.getFirst().path("mode").asText()).isEqualTo("auto");
        assertThat(sent.getFirst().path("interval").asDouble()).isEqualTo(10);
        assertThat(sent.getFirst().path("desiredVersion").asInt()).isZero();
        assertThat(sent.getLast().path("status").asText()).isEqualTo("succeeded");
    }

    @Test
    void aTerminalIsOnlyWhereTheMakerPutOne() {
        ask(router(), "a1", "{\"action\":\"shell\",\"params\":{\"session\":\"s1\",\"seconds\":60}}");
        assertThat(topics).containsExactly("actions/a1/result", "shell/s1/output");
        ask(agent(Kind.LOCK.product(), URI.create("http://127.0.0.1:1")), "a2",
                "{\"action\":\"shell\",\"params\":{\"session\":\"s1\",\"seconds\":60}}");
        assertThat(sent.getLast().path("status").asText()).isEqualTo("rejected");
    }

    @Test
    void otherTopicsAreNotTheAgents() {
        assertThat(router().message("ota/offer", new byte[0])).isFalse();
        assertThat(router().message("actions/a/b", new byte[0])).isFalse();
    }
}
