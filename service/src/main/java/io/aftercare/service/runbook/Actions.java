package io.aftercare.service.runbook;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/// The remote actions that a product allows, with how dangerous each is.
final class Actions {
    private Actions() {}

    /// The class of each by its name; one that says none is taken as dangerous.
    static Map<String, String> of(Handle handle, String model) {
        Map<String, String> classes = new TreeMap<>();
        handle.createQuery("SELECT document FROM fleet.product WHERE model = :model").bind("model", model)
                .mapTo(JsonNode.class).findOne().ifPresent(document -> document.path("actions")
                        .forEach(action -> classes.put(action.path("name").asText(),
                                action.path("class").asText().matches("[ABC]")
                                        ? action.path("class").asText()
                                        : "D")));
        return classes;
    }
}
