package io.aftercare.simulator.ota;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// What a simulated firmware does is data: its first artifact begins with a JSON object such as
/// `{"version":"2.4.0","behaviour":{"fuserControl":"fixed"}}`, and may be padded behind it to any size; [io.aftercare.simulator.physics.Behaviour] lists the
/// switches. `"selfCheck"` with any text but `pass` makes it a bad one that has to be rolled back, `"starts":false` one that
/// hangs until the watchdog has reset it often enough. An artifact that is no such object is a firmware that changes nothing.
final class ImageFile {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ImageFile() {}

    static Image read(Path file, String release, Manifest manifest) throws IOException {
        JsonNode json = firstObject(file);
        Map<String, String> switches = new LinkedHashMap<>();
        json.path("behaviour").properties()
                .forEach(entry -> switches.put(entry.getKey(), entry.getValue().asText()));
        return new Image(release, manifest.version(), manifest.counter(), switches, manifest.revertTo(),
                fault(json, manifest), manifest.artifacts().stream()
                        .map(each -> new Image.Component(each.name(), each.sha256())).toList());
    }

    private static String fault(JsonNode json, Manifest manifest) {
        String check = json.path("selfCheck").asText("pass");
        String version = json.path("version").asText(manifest.version());
        if (!json.path("starts").asBoolean(true)) {
            return "boot: the new firmware does not start";
        }
        if (!check.equals("pass")) {
            return "self-check: " + check;
        }
        return version.equals(manifest.version())
                ? ""
                : "self-check: the image says it is " + version + ", its manifest " + manifest.version();
    }

    private static JsonNode firstObject(Path file) throws IOException {
        try (JsonParser parser = JSON.createParser(file.toFile())) {
            JsonNode json = parser.readValueAsTree();
            return json != null && json.isObject() ? json : JSON.createObjectNode();
        } catch (JsonProcessingException e) {
            return JSON.createObjectNode();
        }
    }
}
