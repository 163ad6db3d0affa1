package io.aftercare.simulator.action;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/// The words of an answer, `docs/protocol`.
final class Answer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Answer() {}

    static ObjectNode running() {
        return JSON.createObjectNode().put("status", "running");
    }

    static ObjectNode succeeded(Object output) {
        ObjectNode answer = JSON.createObjectNode().put("status", "succeeded");
        answer.set("output", JSON.valueToTree(output));
        return answer;
    }

    static ObjectNode failed(String error) {
        return JSON.createObjectNode().put("status", "failed").put("error", error);
    }

    static ObjectNode rejected(String error) {
        return JSON.createObjectNode().put("status", "rejected").put("error", error);
    }
}
