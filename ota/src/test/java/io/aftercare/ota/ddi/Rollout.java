package io.aftercare.ota.ddi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import java.io.IOException;

/// A release and its campaign, made through the staff's API.
final class Rollout {
    private final OtaServer server;
    private final Firmware team = new Firmware();

    Rollout(OtaServer server) throws IOException, InterruptedException {
        this.server = server;
        server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "k1").put("publicKey", team.publicPem())));
    }

    /// Publishes one file for the model `LP-2000`; returns the release's id.
    String release(long counter, String version, String file, byte[] content)
            throws IOException, InterruptedException {
        ObjectNode manifest = Firmware.manifest("LP-2000", counter, version, content);
        ((ObjectNode) ((ArrayNode) manifest.get("artifacts")).get(0)).put("name", file);
        return server.publish(Part.envelope(team.sign(manifest, "k1")), Part.artifact(file, content));
    }

    /// A campaign of one stage, to be changed at will.
    static ObjectNode plan(String release) {
        ObjectNode plan = Json.object().put("name", "All").put("release", release);
        plan.putArray("stages").addObject().put("percent", 100);
        plan.putObject("gate").put("soak", "PT0S").put("error", 1);
        return plan;
    }

    /// Makes it, has it approved and starts it; returns its id.
    String start(ObjectNode plan) throws IOException, InterruptedException {
        OtaServer.Answer made = server.send("ann", "POST", "/api/v1/campaigns", Json.text(plan));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        String id = made.json().path("id").asText();
        act(id, "bob", "approve");
        act(id, "ann", "start");
        return id;
    }

    void act(String campaign, String user, String verb) throws IOException, InterruptedException {
        OtaServer.Answer done = server.send(user, "POST", "/api/v1/campaigns/" + campaign + "/" + verb, "");
        assertThat(done.status()).as(done.text()).isEqualTo(200);
    }

    JsonNode device(String campaign, String device) {
        try {
            for (JsonNode each : server.send("ann", "GET", "/api/v1/campaigns/" + campaign + "/devices", "")
                    .json().path("items")) {
                if (each.path("device").asText().equals(device)) {
                    return each;
                }
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
        return Json.object();
    }

    String state(String campaign, String device) {
        return device(campaign, device).path("state").asText();
    }
}
