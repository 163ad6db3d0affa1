package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the firmware team signed. The bytes are verified first and parsed afterwards, never the other way round.
///
/// @param hardware board revisions it is for; none: every one
/// @param minFrom the oldest version that may update to this one
/// @param revertTo the lowest counter that a device running it may return to when told so; null: none
record Manifest(String product, List<String> hardware, long counter, String version, Optional<String> minFrom,
        List<Artifact> artifacts, Instant expires, @Nullable Long revertTo) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// One component; every component of a release is listed, so that none can be swapped for another's.
    ///
    /// @param deltas ways to make it from what a device runs already
    record Artifact(String name, long size, String sha256, List<Delta> deltas) {
        Artifact {
            deltas = List.copyOf(deltas);
        }
    }

    /// A patch that makes an artifact from another one.
    ///
    /// @param from sha256 of what it is applied to
    record Delta(String from, String name, long size, String sha256) {
        static final String FORMAT = "zstd-patch-from";
    }

    /// Parses signed bytes.
    ///
    /// @throws IOException naming the field that is missing or wrong
    static Manifest parse(byte[] payload) throws IOException {
        JsonNode json = JSON.readTree(payload);
        List<Artifact> artifacts = new ArrayList<>();
        for (JsonNode each : json.path("artifacts")) {
            artifacts.add(new Artifact(text(each, "name"), whole(each, "size"), text(each, "sha256"),
                    deltas(each)));
        }
        if (artifacts.isEmpty()) {
            throw new IOException("it lists no artifacts");
        }
        List<String> hardware = new ArrayList<>();
        json.path("hardware").forEach(each -> hardware.add(each.asText()));
        return new Manifest(text(json, "product"), hardware, whole(json, "counter"), text(json, "version"),
                Optional.ofNullable(json.path("minFrom").asText(null)).filter(from -> !from.isEmpty()),
                artifacts,
                Times.parse(json.path("expires"))
                        .orElseThrow(() -> new IOException("expires is not a time")),
                json.hasNonNull("revertTo") ? whole(json, "revertTo") : null);
    }

    /// Those of a format that this device knows; it can do without the others.
    private static List<Delta> deltas(JsonNode artifact) throws IOException {
        List<Delta> deltas = new ArrayList<>();
        for (JsonNode each : artifact.path("deltas")) {
            if (each.path("format").asText().equals(Delta.FORMAT)) {
                deltas.add(new Delta(text(each, "from"), text(each, "name"), whole(each, "size"),
                        text(each, "sha256")));
            }
        }
        return deltas;
    }

    private static String text(JsonNode json, String field) throws IOException {
        if (!json.path(field).isTextual()) {
            throw new IOException(field + " is not a text");
        }
        return json.get(field).asText();
    }

    private static long whole(JsonNode json, String field) throws IOException {
        JsonNode value = json.path(field);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
            throw new IOException(field + " is not a whole number of at least 0");
        }
        return value.asLong();
    }
}
