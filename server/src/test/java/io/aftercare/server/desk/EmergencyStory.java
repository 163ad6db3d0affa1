package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/// An emergency of level 1, from the warning to what was learned.
final class EmergencyStory {
    private final Desk desk;
    private final Steps steps;
    private final StaffClient commander;
    private String emergency = "";

    /// @param commander who leads it: `max`
    EmergencyStory(Desk desk, StaffClient commander) {
        this.desk = desk;
        this.steps = new Steps(desk);
        this.commander = commander;
    }

    void everyLevelHasItsResources() throws IOException, InterruptedException {
        JsonNode levels = steps.get(desk.agent, "/emergency-levels").path("items");
        assertThat(levels).extracting(level -> level.path("level").asInt()).containsExactly(1, 2, 3, 4);
        String ready = """
                {"name": "Major", "teams": [{"name": "Field", "members": ["erik"]}], "budget": 50000.00,
                 "contacts": [{"name": "Fire brigade", "reach": "119"}], "tell": ["coordinator"]}""";
        desk.change(desk.agent, "PUT", Steps.API + "/emergency-levels/1", version(levels.get(0)), ready)
                .expect(403);
        desk.change(desk.coordinator, "PUT", Steps.API + "/emergency-levels/1", version(levels.get(0)), ready)
                .expect(200);
    }

    void isWarnedOf(String title, String device) throws IOException, InterruptedException {
        JsonNode opened = steps.does(desk.agent, "/emergencies",
                Map.of("level", 1, "title", title, "devices", List.of(device)));
        emergency = "/emergencies/" + Steps.text(opened, "id");
        assertThat(Steps.text(opened, "state")).isEqualTo("warning");
        assertThat(opened.at("/resources/contacts/0/reach").asText()).isEqualTo("119");
        steps.told(desk.coordinator, "emergency-declared", title);
        steps.told(desk.engineer, "emergency-declared", title);
    }

    void isRespondedToOnceSomebodyLeadsIt() throws IOException, InterruptedException {
        Map<String, String> respond = Map.of("to", "responding", "reason", "The crew is on its way");
        steps.refused(desk.coordinator, emergency + "/transitions", respond, "commander");
        steps.forbidden(commander, emergency + "/transitions", respond);
        desk.change(desk.coordinator, "PATCH", Steps.API + emergency, version(now()),
                "{\"commander\": \"max\"}")
                .expect(200);
        steps.does(commander, emergency + "/transitions", respond);
    }

    void isHandledWithALog() throws IOException, InterruptedException {
        steps.does(desk.agent, emergency + "/log",
                Map.of("kind", "call", "text", "The plant has switched the printers off"));
        steps.move(commander, emergency, "handling", Map.of("reason", "The fire is out"));
        steps.does(commander, emergency + "/log",
                Map.of("kind", "decision", "text", "Stop printing everywhere"));
        steps.does(commander, emergency + "/actions",
                Map.of("text", "Replace all fusers of the batch", "owner", "erik"));
    }

    void isReviewed() throws IOException, InterruptedException {
        steps.refused(commander, emergency + "/transitions", Map.of("to", "review", "reason", "It is over"),
                "outcome");
        steps.move(commander, emergency, "review",
                Map.of("reason", "It is over", "outcome", "One printer lost, nobody hurt"));
    }

    void isClosedWhenItsActionsAreDone() throws IOException, InterruptedException {
        Map<String, String> close = Map.of("to", "closed", "reason", "Done", "review", "Batches need a fuse");
        steps.refused(commander, emergency + "/transitions", close, "open");
        JsonNode action = now().at("/actions/0");
        desk.change(desk.engineer, "POST", Steps.API + "/improvements/" + Steps.text(action, "id") + "/done",
                version(action), "{\"result\": \"All replaced\"}").expect(200);
        steps.does(commander, emergency + "/transitions", close);
    }

    void itsLogTellsAllOfIt() throws IOException, InterruptedException {
        JsonNode closed = now();
        assertThat(Steps.text(closed, "state")).isEqualTo("closed");
        assertThat(Steps.text(closed, "commander")).isEqualTo("max");
        assertThat(closed.path("drill").isNull()).isTrue();
        assertThat(closed.path("log").findValuesAsText("kind"))
                .startsWith("warning", "change", "transition", "call",
                        "transition", "decision")
                .endsWith("transition", "transition");
        assertThat(steps.get(desk.agent, "/emergencies?level=1&state=closed").path("items")).hasSize(1);
    }

    private JsonNode now() throws IOException, InterruptedException {
        return steps.get(desk.agent, emergency);
    }

    private static int version(JsonNode thing) {
        return thing.path("version").asInt();
    }
}
