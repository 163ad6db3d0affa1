package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.Map;

/// A device whose link goes bad and a runbook that mends it, made for one test: its rule opens a proactive case.
final class Mending implements AutoCloseable {
    final TestDevice device;
    final String ticket;
    private final ConsoleWorld world;

    private Mending(ConsoleWorld world, TestDevice device, String ticket) {
        this.world = world;
        this.device = device;
        this.ticket = ticket;
    }

    /// @param consent whether the runbook needs the customer's word
    static Mending of(ConsoleWorld world, boolean consent) throws IOException, InterruptedException {
        String model = world.fresh("RT");
        String code = "WAN_SLOW";
        StaffClient admin = world.admin();
        admin.post("/api/v1/products", Map.of("model", model, "name", "Router", "metrics",
                List.of(Map.of("name", "wan_latency_ms", "unit", "ms")), "actions",
                List.of(Map.of("name", "ping", "class", "A"), Map.of("name", "restart_wan", "class", "B"))))
                .expect(201);
        String runbook = admin.post("/api/v1/runbooks", Map.of("name", world.fresh("Restart the WAN link"),
                "about", Map.of("models", List.of(model), "codes", List.of(code), "expected", "PT3M", "needs",
                        Map.of("consent", consent), "effect",
                        Map.of("en", "The network is away for some seconds", "zh", "断网几秒钟")),
                "steps", List.of(Map.of("action", Map.of("action", "restart_wan", "class", "B")),
                        Map.of("end", Map.of("result", "completed")))))
                .expect(201).path("id").asText();
        try (StaffClient second = world.staff("coordinator")) {
            second.send("POST", "/api/v1/runbooks/" + runbook + "/approve",
                    HttpRequest.BodyPublishers.noBody(), Map.of("If-Match", "\"1\"")).expect(200);
        }
        world.rule("wan-slow", """
                title: %s
                applies_to: { model: %s }
                fault: { code: %s, severity: minor }
                when: 'wan_latency_ms > 200.0'
                ticket: { open: true, priority: P2 }
                """.formatted(world.fresh("The line is slow"), model, code));
        TestDevice device = world.device(model).on();
        device.measure("wan_latency_ms", 20);
        device.measure("wan_latency_ms", 400);
        JsonNode cases = admin.await("/api/v1/tickets?device=" + device.id,
                one -> one.path("items").size() == 1);
        return new Mending(world, device, cases.at("/items/0/id").asText());
    }

    /// The runs of runbooks for the case.
    JsonNode runs() throws IOException, InterruptedException {
        return world.admin().get("/api/v1/tickets/" + ticket + "/runbooks").expect(200).path("items");
    }

    /// The customer says yes by phone.
    void agree() throws IOException, InterruptedException {
        String all = "/api/v1/tickets/" + ticket + "/remote-consents";
        JsonNode asked = world.admin().get(all).expect(200).at("/items/0");
        assertThat(asked.path("state").asText()).isEqualTo("asked");
        world.admin().send("POST", all + "/" + asked.path("id").asText() + "/answer",
                HttpRequest.BodyPublishers
                        .ofString("{\"given\":true,\"channel\":\"phone\",\"note\":\"Yes, go on\"}"),
                Map.of("If-Match", "\"" + asked.path("version").asInt() + "\"", "Content-Type",
                        "application/json"))
                .expect(200);
    }

    @Override
    public void close() {
        device.close();
    }
}
