package io.aftercare.simulator.device;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.device.Outcome.AfterReboot;
import io.aftercare.simulator.device.Outcome.Failed;
import io.aftercare.simulator.device.Outcome.Rejected;
import io.aftercare.simulator.device.Outcome.Succeeded;
import io.aftercare.simulator.ota.Times;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Answers what arrives on `actions/{id}`. An action that was asked before gets its old answer again, instead of being
/// done twice; one that is past its `expires` is rejected. Not thread-safe: the link calls one at a time. Remembers the
/// last [#REMEMBERED] answers.
final class ActionDesk {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int REMEMBERED = 64;

    private final Performer performer;
    private final BiConsumer<String, Object> send;
    private final InstantSource clock;
    private final Map<String, ObjectNode> answers = new LinkedHashMap<>();
    private final List<String> waitForReboot = new ArrayList<>();

    /// Who does it.
    interface Performer {
        Outcome perform(String action, JsonNode params);
    }

    /// Wires a desk.
    ///
    /// @param send takes a topic below `devices/{id}/` and what to send there
    ActionDesk(Performer performer, BiConsumer<String, Object> send, InstantSource clock) {
        this.performer = performer;
        this.send = send;
        this.clock = clock;
    }

    synchronized void asked(String actionId, byte[] payload) {
        ObjectNode known = answers.get(actionId);
        if (known != null) {
            send.accept("actions/" + actionId + "/result", known);
            return;
        }
        switch (outcome(payload)) {
            case Succeeded done -> answer(actionId, "succeeded", Optional.of(done.output()), "");
            case Failed failed -> answer(actionId, "failed", Optional.empty(), failed.error());
            case Rejected rejected -> answer(actionId, "rejected", Optional.empty(), rejected.error());
            case AfterReboot _ -> {
                waitForReboot.add(actionId);
                answer(actionId, "running", Optional.empty(), "");
            }
        }
    }

    private Outcome outcome(byte[] payload) {
        try {
            JsonNode json = JSON.readTree(payload);
            Optional<Instant> expires = Times.parse(json.path("expires"));
            if (expires.isPresent() && !clock.instant().isBefore(expires.get())) {
                return new Rejected("it expired at " + expires.get() + ", now is " + clock.instant());
            }
            return performer.perform(json.path("action").asText(), json.path("params"));
        } catch (IOException e) {
            return new Rejected("the action is not JSON");
        }
    }

    /// The device is up again.
    synchronized void rebooted() {
        waitForReboot.forEach(id -> answer(id, "succeeded", Optional.of("restarted"), ""));
        waitForReboot.clear();
    }

    private void answer(String actionId, String status, Optional<Object> output, String error) {
        ObjectNode answer = JSON.createObjectNode().put("status", status);
        output.ifPresent(value -> answer.set("output", JSON.valueToTree(value)));
        if (!error.isEmpty()) {
            answer.put("error", error);
        }
        answers.remove(actionId);
        answers.put(actionId, answer);
        if (answers.size() > REMEMBERED) {
            answers.remove(answers.keySet().iterator().next());
        }
        send.accept("actions/" + actionId + "/result", answer);
    }
}
