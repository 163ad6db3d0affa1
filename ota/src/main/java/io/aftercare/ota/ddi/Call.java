package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A request of a device that has shown who it is.
///
/// @param base  what all addresses of this device begin with, such as `http://host/DEFAULT/controller/v1/P1`
/// @param names the parts of the path that have names
/// @param query parameters
record Call(Device device, String base, Map<String, String> names, Map<String, String> query, byte[] body) {

    String name(String key) {
        return names.getOrDefault(key, "");
    }

    /// An action's number; a [Problem] 404 where it cannot be one.
    int action() {
        return number("action");
    }

    int number(String key) {
        try {
            return Integer.parseInt(name(key));
        } catch (NumberFormatException e) {
            throw Problem.notFound(key, name(key));
        }
    }

    /// How many of an action's messages are wanted: 0 without the parameter, all there are for a negative number.
    int history() {
        try {
            int wanted = Integer.parseInt(query.getOrDefault("actionHistory", "0"));
            return wanted < 0 ? History.MESSAGES_MAX : Math.min(wanted, History.MESSAGES_MAX);
        } catch (NumberFormatException e) {
            throw Problem.badRequest("actionHistory is a whole number");
        }
    }

    /// The body, a JSON object; empty counts as `{}`.
    JsonNode json() {
        JsonNode tree = read();
        if (tree != null && !tree.isObject() && !tree.isMissingNode()) {
            throw Problem.badRequest("The body is no JSON object");
        }
        return tree == null || tree.isMissingNode() ? Json.object() : tree;
    }

    private @Nullable JsonNode read() {
        try {
            return Json.mapper().readTree(body);
        } catch (IOException e) {
            throw Problem.badRequest("The body is not JSON");
        }
    }
}
