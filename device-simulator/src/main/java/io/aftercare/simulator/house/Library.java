package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Takes the ready rules and runbooks into force, and adds the house's own.
final class Library {
    private final Desk desk;

    Library(Desk desk) {
        this.desk = desk;
    }

    void install() throws IOException, InterruptedException {
        List<String> models = Arrays.stream(Kind.values()).map(kind -> kind.product().model()).toList();
        desk.post("qian", "/rule-library/install", "models", models);
        List<String> runbooks = new ArrayList<>();
        for (JsonNode each : desk.get("qian", "/runbook-library").path("items")) {
            runbooks.add(each.path("id").asText());
        }
        desk.post("qian", "/runbook-library/install", "ids", runbooks);
    }
}
