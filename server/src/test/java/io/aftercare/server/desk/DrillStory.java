package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;

/// The full drill of this quarter: planned, run on faults that are simulated, judged.
final class DrillStory {
    private final Desk desk;
    private final Steps steps;
    private String drill = "";

    DrillStory(Desk desk) {
        this.desk = desk;
        this.steps = new Steps(desk);
    }

    void isPlanned(List<String> devices) throws IOException, InterruptedException {
        assertThat(duty()).isEqualTo("open");
        JsonNode planned = steps.does(desk.coordinator, "/drills",
                Map.of("title", "Fuser fire", "kind", "device-failure", "level", 1, "content",
                        "Two printers smoke",
                        "scheduledAt", Instant.now().toString(), "full", true, "people",
                        List.of("ann", "erik"),
                        "criteria", List.of("First call", "Right team"), "devices", devices));
        drill = "/drills/" + Steps.text(planned, "id");
        assertThat(duty()).isEqualTo("planned");
        steps.refused(desk.coordinator, drill + "/evaluate", scores(80, 65), "planned");
    }

    void isRunOnSimulatedFaults(int devices) throws IOException, InterruptedException {
        JsonNode figures = figures();
        steps.forbidden(desk.engineer, drill + "/run", Map.of());
        JsonNode run = steps.does(desk.coordinator, drill + "/run", Map.of());
        assertThat(run.path("cases")).hasSize(devices);
        assertThat(duty()).isEqualTo("done");
        for (JsonNode number : run.path("cases")) {
            JsonNode made = steps.get(desk.agent, "/tickets/" + number.asText());
            assertThat(Steps.text(made, "drill")).isEqualTo(drill.substring("/drills/".length()));
            assertThat(Steps.text(made, "title")).startsWith("[drill]");
            assertThat(Steps.text(made, "origin")).isEqualTo("proactive");
            steps.move(desk.engineer, "/tickets/" + number.asText(), "in-progress", Map.of());
        }
        steps.told(desk.coordinator, "emergency-declared", "[drill]");
        assertThat(steps.get(desk.agent, "/emergencies").path("items")).isEmpty();
        assertThat(steps.get(desk.agent, "/emergencies?drills=true").path("items")).hasSize(1);
        assertThat(figures()).as("no case of a drill counts").isEqualTo(figures);
    }

    void isEvaluated() throws IOException, InterruptedException {
        steps.refused(desk.quality, drill + "/evaluate",
                Map.of("scores", List.of(Map.of("criterion", "First call", "score", 80))), "Right team");
        JsonNode judged = steps.does(desk.quality, drill + "/evaluate", scores(80, 65));
        assertThat(judged.path("score").asDouble()).isEqualTo(72.5);
    }

    void itsFindingsAreDone() throws IOException, InterruptedException {
        JsonNode open = steps.get(desk.agent, "/improvements").path("items");
        assertThat(open).hasSize(1);
        JsonNode action = open.get(0);
        assertThat(Steps.text(action, "text")).isEqualTo("Print the list of numbers");
        desk.change(desk.agent, "POST", Steps.API + "/improvements/" + Steps.text(action, "id") + "/done",
                action.path("version").asInt(), "{\"result\": \"It hangs at every desk\"}").expect(200);
        assertThat(steps.get(desk.agent, "/improvements").path("items")).isEmpty();
        assertThat(steps.get(desk.agent, drill).at("/actions/0/result").asText()).contains("every desk");
    }

    void theYearIsEvaluated() throws IOException, InterruptedException {
        int year = LocalDate.now(ZoneOffset.UTC).getYear();
        String path = "/drills/plan/" + year + "/evaluation";
        desk.change(desk.quality, "PUT", Steps.API + path, 0,
                "{\"text\": \"One drill, the numbers hang now\"}")
                .expect(200);
        assertThat(Steps.text(steps.get(desk.agent, "/drills/plan"), "evaluation")).isEqualTo("done");
    }

    private String duty() throws IOException, InterruptedException {
        int quarter = (LocalDate.now(ZoneOffset.UTC).getMonthValue() - 1) / 3;
        return steps.get(desk.agent, "/drills/plan").path("quarters").get(quarter).path("duty").asText();
    }

    private JsonNode figures() throws IOException, InterruptedException {
        return steps.get(desk.quality, "/kpis?by=all").path("all");
    }

    private static Map<String, Object> scores(int call, int team) {
        return Map.of("scores",
                List.of(Map.of("criterion", "First call", "score", call),
                        Map.of("criterion", "Right team", "score", team)),
                "findings", List.of(Map.of("text", "Print the list of numbers", "owner", "ann")));
    }
}
