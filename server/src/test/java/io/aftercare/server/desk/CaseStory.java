package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.server.process.StaffClient;
import io.aftercare.server.process.StaffClient.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.StreamSupport;

/// One case of a desk and what people do with it. A path that begins with `/` is of the whole interface, any other of the
/// case; a step that the desk refuses must say why.
final class CaseStory implements AutoCloseable {
    private static final String API = "/api/v1";

    final Desk desk;
    final String id;
    final String number;
    /// The customer, who has no login.
    final StaffClient customer;

    CaseStory(Desk desk, JsonNode reported) {
        this.desk = desk;
        this.id = reported.get("id").asText();
        this.number = reported.get("number").asText();
        this.customer = new StaffClient(desk.backend.http());
    }

    /// The case as the agent sees it now.
    JsonNode now() throws IOException, InterruptedException {
        return read(desk.agent, "");
    }

    /// What somebody reads.
    JsonNode read(StaffClient who, String path) throws IOException, InterruptedException {
        return who.get(at(path)).expect(200);
    }

    /// A page, such as a case file to print.
    String page(StaffClient who, String path) throws IOException, InterruptedException {
        Answer answer = who.get(at(path));
        answer.expect(200);
        return new String(answer.raw().body(), StandardCharsets.UTF_8);
    }

    /// A step that is taken.
    JsonNode done(StaffClient who, String path, String json) throws IOException, InterruptedException {
        Answer answer = who.post(at(path), Json.parse(json));
        assertThat(answer.status()).as(path + " " + json + ": " + answer.body()).isBetween(200, 204);
        return answer.body();
    }

    /// A step that may not be taken yet, for reasons that the answer tells.
    void refused(StaffClient who, String path, String json, String... why)
            throws IOException, InterruptedException {
        Answer answer = who.post(at(path), Json.parse(json));
        assertThat(answer.status()).as(path + " " + json + ": " + answer.body()).isEqualTo(409);
        assertThat(answer.body().get("detail").asText()).contains(why);
    }

    /// Moves the case by the agent.
    JsonNode becomes(String state, Map<String, ?> with) throws IOException, InterruptedException {
        JsonNode then = done(desk.agent, "transitions", move(state, with));
        assertThat(then.get("state").asText()).isEqualTo(state);
        return then;
    }

    /// The agent tries to move the case, and hears why it may not.
    void cannotBecome(String state, Map<String, ?> with, String... why)
            throws IOException, InterruptedException {
        refused(desk.agent, "transitions", move(state, with), why);
    }

    /// The interface behind a new link, as the customer is sent it.
    String link() throws IOException, InterruptedException {
        String path = done(desk.agent, "customer-link", "{}").get("path").asText();
        return "/customer/" + path.substring(path.lastIndexOf('/') + 1);
    }

    /// The state of one of the clocks of the case.
    String clock(String type) throws IOException, InterruptedException {
        return StreamSupport.stream(now().get("clocks").spliterator(), false)
                .filter(clock -> clock.get("type").asText().equals(type)).findFirst().orElseThrow()
                .get("state").asText();
    }

    private static String move(String state, Map<String, ?> with) {
        var body = Json.object().put("to", state);
        with.forEach((name, value) -> body.set(name, Json.tree(value)));
        return Json.text(body);
    }

    private String at(String path) {
        if (path.startsWith("/")) {
            return API + path;
        }
        return API + "/tickets/" + id + (path.isEmpty() ? "" : "/" + path);
    }

    @Override
    public void close() {
        customer.close();
    }
}
