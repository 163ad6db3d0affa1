package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/// What the stories have in common: people do something, or are refused with a sentence.
final class Steps {
    static final String API = "/api/v1";
    final Desk desk;

    Steps(Desk desk) {
        this.desk = desk;
    }

    JsonNode get(StaffClient who, String path) throws IOException, InterruptedException {
        return who.get(API + path).expect(200);
    }

    /// Does something.
    ///
    /// @return what came of it
    JsonNode does(StaffClient who, String path, Map<String, ?> what)
            throws IOException, InterruptedException {
        StaffClient.Answer answer = who.post(API + path, what);
        assertThat(answer.status()).as("%s: %s", path, answer.body()).isIn(200, 201);
        return answer.body();
    }

    /// Is refused, with a sentence that has these words.
    void refused(StaffClient who, String path, Map<String, ?> what, String words)
            throws IOException, InterruptedException {
        assertThat(who.post(API + path, what).expect(409).path("detail").asText()).contains(words);
    }

    /// May not do that at all.
    void forbidden(StaffClient who, String path, Map<String, ?> what)
            throws IOException, InterruptedException {
        who.post(API + path, what).expect(403);
    }

    JsonNode move(StaffClient who, String path, String to, Map<String, ?> more)
            throws IOException, InterruptedException {
        Map<String, Object> body = new HashMap<>(more);
        body.put("to", to);
        return does(who, path + "/transitions", body);
    }

    /// The clock of a case, as it goes now.
    JsonNode clock(String ticket, String type) throws IOException, InterruptedException {
        return items(get(desk.agent, ticket).path("clocks")).stream()
                .filter(clock -> clock.path("type").asText().equals(type)).findFirst()
                .orElseThrow(() -> new AssertionError("no clock " + type));
    }

    /// Waits until somebody of the staff was told, with these words in it.
    void told(StaffClient who, String template, String words) throws IOException, InterruptedException {
        who.await(API + "/notices", page -> items(page.path("items")).stream()
                .anyMatch(
                        one -> text(one, "template").equals(template) && text(one, "text").contains(words)));
    }

    /// Waits until the customer of a case was written to.
    void customerTold(String ticket, String template) throws IOException, InterruptedException {
        desk.agent.await(API + ticket,
                found -> found.path("notices").findValuesAsText("template").contains(template));
    }

    /// Solves a case, has it verified, speaks with the customer and closes it.
    void closeCase(String ticket, String cause) throws IOException, InterruptedException {
        move(desk.engineer, ticket, "resolved", Map.of("rootCause", cause));
        move(desk.coordinator, ticket, "verified",
                Map.of("verification", "The customer has what was promised"));
        does(desk.agent, ticket + "/comments", Map.of("text", "The customer is content", "contact", true));
        assertThat(move(desk.coordinator, ticket, "closed", Map.of()).path("state").asText())
                .isEqualTo("closed");
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asText();
    }

    static List<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
