package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.ota.delivery.ArtifactSender;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// What a device gets.
sealed interface Reply {
    /// A small answer, held in memory.
    record Text(int status, String type, byte[] body, Map<String, String> headers) implements Reply {}

    /// The bytes of an artifact, or of a part of it.
    record File(ArtifactSender.Download download) implements Reply {}

    /// Bodies of clients' answers are HAL: JSON whose links are in `_links`.
    String HAL = "application/hal+json";

    static Reply hal(JsonNode document) {
        return new Text(200, HAL, Json.text(document).getBytes(StandardCharsets.UTF_8), Map.of());
    }

    /// A document with a tag, so that who has it already need not get it again.
    static Reply tagged(String document) {
        byte[] body = document.getBytes(StandardCharsets.UTF_8);
        return new Text(200, HAL, body, Map.of("ETag", "\"" + Sha256.hex(body).substring(0, 32) + "\""));
    }

    /// Done. SWUpdate takes 200, and neither 201 nor 204.
    static Reply done() {
        return nothing(200);
    }

    /// A status alone.
    static Reply nothing(int status) {
        return new Text(status, "", new byte[0], Map.of());
    }
}
