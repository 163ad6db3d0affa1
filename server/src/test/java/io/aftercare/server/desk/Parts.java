package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;

/// The way of a part from the store into a device, with what is refused on the way (R8, R34, R46).
final class Parts {
    private final CaseStory story;
    private final Desk desk;
    private final String path;

    private Parts(CaseStory story, JsonNode requisition) {
        this.story = story;
        this.desk = story.desk;
        this.path = "/requisitions/" + requisition.get("id").asText();
    }

    /// The engineer asks for a genuine part; a copy is not even asked for.
    static Parts requested(CaseStory story) throws IOException, InterruptedException {
        story.refused(story.desk.engineer, "/requisitions", asking(story, "COPY-1"),
                "neither genuine nor certified");
        Parts parts = new Parts(story,
                story.done(story.desk.engineer, "/requisitions", asking(story, Workshop.PART)));
        parts.move(parts.desk.engineer, "submitted");
        return parts;
    }

    /// Approved by the manager, issued from the store, and in the engineer's van.
    void issuedByTheManager() throws IOException, InterruptedException {
        story.refused(desk.coordinator, path + "/transitions", "{\"to\":\"issued\"}", "approved");
        move(desk.coordinator, "approved");
        move(desk.coordinator, "issued");
        move(desk.engineer, "received");
        assertThat(story.read(desk.agent, "/stock-movements?reference=" + reference()).get("items")
                .findValuesAsText("reason")).contains("issue");
    }

    /// The customer is asked on the phone.
    void agreedTo() throws IOException, InterruptedException {
        story.done(desk.agent, "consents", """
                {"part":"%s","granted":true,"channel":"phone","note":"Ms Li agrees on the phone"}"""
                .formatted(Workshop.PART));
    }

    void cannotBeFitted(String... why) throws IOException, InterruptedException {
        story.refused(desk.engineer, path + "/fittings", fit(), why);
    }

    void fitted() throws IOException, InterruptedException {
        assertThat(story.done(desk.engineer, path + "/fittings", fit()).get("state").asText())
                .isEqualTo("used");
        assertThat(story.read(desk.agent, "/stock-movements?reference=" + reference()).get("items")
                .findValuesAsText("reason")).contains("fit");
    }

    /// Of the piece that goes into the device of a case.
    static String serial(CaseStory story) {
        return "FU-" + story.number;
    }

    private String fit() {
        return """
                {"part":"%s","quantity":1,"serial":"%s"}""".formatted(Workshop.PART, serial(story));
    }

    private String reference() {
        return "RQ-" + path.substring(path.lastIndexOf('/') + 1);
    }

    private void move(StaffClient who, String to)
            throws IOException, InterruptedException {
        assertThat(story.done(who, path + "/transitions", "{\"to\":\"" + to + "\"}").get("state").asText())
                .isEqualTo(to);
    }

    private static String asking(CaseStory story, String part) {
        return """
                {"ticket":"%s","from":"%s","to":"%s","lines":[{"part":"%s","quantity":1}]}"""
                .formatted(story.id, Workshop.STORE, Workshop.VAN, part);
    }
}
