package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/// An engineer's way to a device, its repair and its test, with what is refused on the way.
final class Visit {
    private static final String ANSWERS = "{\"answers\":{\"id-shown\":\"%s\",\"fault-reconfirmed\":\"streaks on page 1\"}}";
    private final CaseStory story;
    private final Desk desk;
    private final String path;
    private final Instant start;

    /// @param day from now; nobody is in two places at once
    private Visit(CaseStory story, JsonNode order, int day) {
        this.story = story;
        this.desk = story.desk;
        this.path = "/work-orders/" + order.get("id").asText();
        this.start = Instant.now().truncatedTo(ChronoUnit.HOURS).plus(Duration.ofDays(day));
    }

    /// The desk wants somebody to go there.
    static Visit planned(CaseStory story, int day) throws IOException, InterruptedException {
        JsonNode order = story.done(story.desk.agent, "work-orders", """
                {"type":"on-site","task":"Replace the fuser","site":{"lat":31.2,"lon":121.5}}""");
        assertThat(order.get("state").asText()).isEqualTo("draft");
        return new Visit(story, order, day);
    }

    /// A person who knows the product looks at it first; only then somebody is sent, who is certified (R28, R29).
    void reviewedAndDispatched() throws IOException, InterruptedException {
        story.refused(desk.coordinator, path + "/dispatch", dispatch("erik"), "technical review");
        step(desk.coordinator, "review", "{\"decision\":\"approve\",\"text\":\"Take a fuser along\"}");
        story.refused(desk.coordinator, path + "/dispatch", dispatch(Workshop.NOVICE),
                "no certification for " + Desk.MODEL);
        String span = "?start=" + start + "&end=" + start.plus(Duration.ofHours(2));
        assertThat(story.read(desk.coordinator, path + "/candidates" + span).get("candidates")
                .findValuesAsText("engineer")).containsExactly("erik");
        becomes("dispatched", step(desk.coordinator, "dispatch", dispatch("erik")));
    }

    /// Accepts, agrees on a time, gets ready, and shows who he is at the door (R30, R31).
    void arrived() throws IOException, InterruptedException {
        cannot("en-route", "cannot become en-route");
        becomes("accepted", step(desk.engineer, "accept", "{}"));
        cannot("en-route", "confirm the appointment");
        step(desk.engineer, "appointment", "{}");
        cannot("en-route", "not ready yet");
        step(desk.engineer, "preparation", "{\"items\":{\"tools\":true,\"parts\":true,\"papers\":true}}");
        becomes("en-route", move("en-route"));
        story.refused(desk.engineer, path + "/arrival", ANSWERS.formatted(""), "id-shown");
        becomes("on-site", step(desk.engineer, "arrival", ANSWERS.formatted("yes")));
    }

    /// The repair may not begin yet.
    void cannotBegin(String... why) throws IOException, InterruptedException {
        story.refused(desk.engineer, path + "/transitions", "{\"to\":\"repairing\"}", why);
    }

    void begun() throws IOException, InterruptedException {
        becomes("repairing", move("repairing"));
    }

    /// Writes down what was done, tests it, and is done when the test is passed (R35, R36).
    void repairedAndTested() throws IOException, InterruptedException {
        cannot("testing", "repair record is missing");
        record().expect(200);
        becomes("testing", move("testing"));
        cannot("done", "functional test");
        check(false);
        cannot("done", "test failed", "streaks");
        becomes("repairing", move("repairing"));
        record().expect(200);
        becomes("testing", move("testing"));
        check(true);
        becomes("done", move("done"));
    }

    /// The repair record may not name the part yet.
    void cannotRecord(String... why) throws IOException, InterruptedException {
        StaffClient.Answer answer = record();
        answer.expect(409);
        assertThat(answer.body().get("detail").asText()).contains(why);
    }

    /// Given up on the spot.
    void failed(String reason) throws IOException, InterruptedException {
        cannot("failed", "say why");
        becomes("failed", step(desk.engineer, "transitions",
                "{\"to\":\"failed\",\"reason\":\"" + reason + "\"}"));
    }

    /// The order as it is now.
    JsonNode now() throws IOException, InterruptedException {
        return story.read(desk.engineer, path);
    }

    private StaffClient.Answer record() throws IOException, InterruptedException {
        return desk.engineer.send("PUT", "/api/v1" + path + "/repair", HttpRequest.BodyPublishers.ofString("""
                {"symptom":"streaks on every page","process":"fuser replaced, rollers cleaned",
                 "parts":[{"part":"%s","serial":"%s","quantity":1}],"minutes":60,"travelMinutes":30,
                 "result":"prints clean"}""".formatted(Workshop.PART, Parts.serial(story))),
                Map.of("Content-Type", "application/json", "If-Match",
                        "\"" + now().get("version").asInt() + "\""));
    }

    private void check(boolean passed) throws IOException, InterruptedException {
        step(desk.engineer, "test", """
                {"checks":[{"name":"streaks","value":"%s","limit":"none in 20 pages","passed":%s}]}"""
                .formatted(passed ? "none" : "3 pages", passed));
    }

    private String dispatch(String engineer) {
        return "{\"engineer\":\"" + engineer + "\",\"start\":\"" + start + "\",\"end\":\""
                + start.plus(Duration.ofHours(2)) + "\"}";
    }

    private JsonNode step(StaffClient who, String step, String json)
            throws IOException, InterruptedException {
        return story.done(who, path + "/" + step, json);
    }

    private JsonNode move(String to) throws IOException, InterruptedException {
        return step(desk.engineer, "transitions", "{\"to\":\"" + to + "\"}");
    }

    private void cannot(String to, String... why) throws IOException, InterruptedException {
        story.refused(desk.engineer, path + "/transitions", "{\"to\":\"" + to + "\"}", why);
    }

    private static void becomes(String state, JsonNode order) {
        assertThat(order.get("state").asText()).isEqualTo(state);
    }
}
