package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// `ota/offer` as the backend sent it: nothing in it is believed but what the envelope's signature covers.
///
/// @param release names it in reports
/// @param installAfter not before this time
/// @param deadline from this time on without regard to who uses the device
/// @param revert whether the device is to go back to a lower counter
/// @param rootVersion the root that the backend has; 0: none
/// @param assignment the backend's word that this device is to have it
record Offer(String release, String version, long size, String sha256, String url, boolean force,
        Optional<Instant> installAfter, Optional<Instant> deadline, Envelope envelope,
        boolean revert, long rootVersion, Optional<Envelope> assignment) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /// A DSSE envelope, decoded but not verified.
    record Envelope(String type, Bytes payload, List<Bytes> signatures) {
        static final int SIGNATURES_MAX = 16;

        /// Parses an envelope.
        ///
        /// @throws IOException saying what is wrong with it
        static Envelope parse(JsonNode json) throws IOException {
            if (json.path("signatures").size() > SIGNATURES_MAX) {
                throw new IOException("the envelope has more than " + SIGNATURES_MAX + " signatures");
            }
            List<Bytes> signatures = new ArrayList<>();
            for (JsonNode each : json.path("signatures")) {
                signatures.add(base64(each.path("sig").asText()));
            }
            return new Envelope(json.path("payloadType").asText(), base64(json.path("payload").asText()),
                    signatures);
        }

        /// Which of these keys made one of the signatures. Key ids are not signed, so they are not believed.
        Set<String> signers(Map<String, PublicKey> keys) {
            byte[] bytes = payload.value();
            Set<String> signers = new TreeSet<>();
            keys.forEach((name, key) -> {
                if (signatures.stream().anyMatch(each -> Dsse.verifies(key, type, bytes, each.value()))) {
                    signers.add(name);
                }
            });
            return signers;
        }
    }

    /// Bytes with an owner: an array that nobody else changes.
    static final class Bytes {
        private final byte[] value;

        Bytes(byte[] value) {
            this.value = value;
        }

        byte[] value() {
            return value.clone();
        }
    }

    /// The release that a message is about, as far as that can be read; empty otherwise.
    static String releaseOf(byte[] message) {
        try {
            return JSON.readTree(message).path("release").asText("");
        } catch (IOException e) {
            return "";
        }
    }

    /// Parses a message.
    ///
    /// @throws IOException saying what is wrong with it
    static Offer parse(byte[] message) throws IOException {
        JsonNode json = JSON.readTree(message);
        for (String field : List.of("release", "sha256", "size", "envelope")) {
            if (!json.hasNonNull(field)) {
                throw new IOException("the offer has no " + field);
            }
        }
        return new Offer(json.get("release").asText(), json.path("version").asText(""),
                json.get("size").asLong(),
                json.get("sha256").asText(), json.path("url").asText(""), json.path("force").asBoolean(),
                Times.parse(json.path("installAfter")), Times.parse(json.path("deadline")),
                Envelope.parse(json.get("envelope")), json.path("revert").asBoolean(),
                json.path("rootVersion").asLong(), json.hasNonNull("assignment")
                        ? Optional.of(Envelope.parse(json.get("assignment")))
                        : Optional.empty());
    }

    /// DSSE allows both alphabets.
    private static Bytes base64(String text) throws IOException {
        try {
            return new Bytes(Base64.getDecoder().decode(text.replace('-', '+').replace('_', '/')));
        } catch (IllegalArgumentException e) {
            throw new IOException("the envelope is not base64", e);
        }
    }
}
