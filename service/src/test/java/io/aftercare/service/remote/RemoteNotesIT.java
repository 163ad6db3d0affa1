package io.aftercare.service.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class RemoteNotesIT {
    @AutoClose
    private final TestApi api = new TestApi();

    private static ObjectNode told(String ticket, String state) {
        return Json.object().put("action", "a1").put("name", "reboot").put("class", "C").put("device", "LP-1")
                .put("ticket", ticket).put("state", state).put("by", "ann").put("why", "it hangs");
    }

    private static JsonNode notes(JsonNode ticket) {
        var notes = Json.object().putArray("notes");
        StreamSupport.stream(ticket.get("timeline").spliterator(), false)
                .filter(entry -> entry.get("kind").asText().equals("remote-action")).forEach(notes::add);
        return notes;
    }

    @Test
    void aCaseShowsWhatWasAskedOfItsDeviceAndHowItEnded() {
        JsonNode made = api
                .post("/tickets", "{\"device\":\"LP-1\",\"title\":\"It hangs\",\"channel\":\"phone\"}")
                .body();
        String path = "/tickets/" + made.get("id").asText();
        api.tell("action.asked", "a1", told(made.get("number").asText(), "queued"));
        api.tell("action.ended", "a0", told("T-999999", "succeeded")); // no such case: nothing to note
        api.tell("action.ended", "a1",
                told(made.get("id").asText(), "failed").put("error", "x".repeat(5_000)));
        JsonNode notes = notes(api.await(path, ticket -> notes(ticket).size() == 2));
        assertThat(notes.get(0).get("text").asText()).isEqualTo("reboot asked for, class C: it hangs");
        assertThat(notes.get(0).get("actor").asText()).isEqualTo("ann");
        assertThat(notes.get(1).get("text").asText()).startsWith("reboot failed: xxx").hasSizeLessThan(310);
        assertThat(notes.get(1).get("data").get("action").asText()).isEqualTo("a1");
    }
}
