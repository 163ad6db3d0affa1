package io.aftercare.ota.release;

import java.util.Arrays;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A DSSE envelope (https://github.com/secure-systems-lab/dsse): the signed bytes, unchanged, with their signatures.
///
/// @param raw     the envelope as it came, kept to be handed on verbatim
/// @param payload the signed bytes
public record Envelope(byte[] raw, String payloadType, byte[] payload, List<Sig> signatures) {
    /// The types of our payloads, which are part of what is signed: none can be taken for another.
    public static final String MANIFEST_TYPE = "application/vnd.aftercare.manifest+json";
    static final String ROOT_TYPE = "application/vnd.aftercare.root+json";
    static final String ASSIGNMENT_TYPE = "application/vnd.aftercare.assignment+json";
    /// Bound on an envelope.
    public static final int BYTES_MAX = 1 << 20;
    private static final int SIGNATURES_MAX = 16;

    /// One signature; the key id is a hint and is not signed.
    public record Sig(String keyid, byte[] sig) {}

    public static Envelope parse(byte[] raw) {
        JsonNode tree = StrictJson.object("envelope", raw);
        StrictJson.onlyFields("envelope", tree, Set.of("payloadType", "payload", "signatures"));
        String type = StrictJson.text("envelope", tree, "payloadType");
        byte[] payload = base64("payload", StrictJson.text("envelope", tree, "payload"));
        JsonNode list = tree.get("signatures");
        if (list == null || !list.isArray() || list.isEmpty() || list.size() > SIGNATURES_MAX) {
            throw Refused.malformed("The envelope needs 1 to " + SIGNATURES_MAX + " \"signatures\"");
        }
        List<Sig> signatures = new ArrayList<>();
        for (JsonNode entry : list) {
            if (!entry.isObject()) {
                throw Refused.malformed("A signature of the envelope is not a JSON object");
            }
            StrictJson.onlyFields("signature", entry, Set.of("keyid", "sig"));
            String keyid = StrictJson.optionalText("signature", entry, "keyid");
            signatures.add(new Sig(keyid == null ? "" : keyid,
                    base64("sig", StrictJson.text("signature", entry, "sig"))));
        }
        return new Envelope(raw, type, payload, List.copyOf(signatures));
    }

    /// What a signature covers: DSSE's pre-authentication encoding, with lengths, so that no two pairs of type and payload
    /// encode alike.
    public byte[] signedBytes() {
        return signedBytes(payloadType, payload);
    }

    static byte[] signedBytes(String type, byte[] payload) {
        byte[] typeBytes = type.getBytes(StandardCharsets.UTF_8);
        byte[] head = ("DSSEv1 " + typeBytes.length + " " + type + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, all, head.length, payload.length);
        return all;
    }

    /// Refuses an envelope of another type, though it may be signed.
    void requireType(String type) {
        if (!payloadType.equals(type)) {
            throw new Refused(Refused.Reason.WRONG_TYPE,
                    "the payload is of type " + payloadType + ", not " + type);
        }
    }

    /// Which of these keys made one of the signatures. Key ids are not signed, so they are not believed.
    ///
    /// @param keys at most 32, by name
    Set<String> signers(Map<String, PublicKey> keys) {
        byte[] signed = signedBytes();
        Set<String> signers = new TreeSet<>();
        keys.forEach((name, key) -> {
            if (signatures.stream().anyMatch(each -> Ed25519.verifies(key, signed, each.sig()))) {
                signers.add(name);
            }
        });
        return signers;
    }

    /// Checks type and signature of a manifest against the keys that are trusted, each for itself.
    ///
    /// @return the name of the key that signed
    public String verify(Map<String, PublicKey> trusted) {
        requireType(MANIFEST_TYPE);
        byte[] signed = signedBytes();
        boolean known = false;
        for (Sig signature : signatures) {
            // no key id, or one of another naming: the signature itself says which key made it
            for (var key : trusted.entrySet()) {
                boolean named = signature.keyid().equals(key.getKey());
                known |= named;
                if ((named || signature.keyid().isEmpty())
                        && Ed25519.verifies(key.getValue(), signed, signature.sig())) {
                    return key.getKey();
                }
            }
        }
        String ids = String.join(", ", signatures.stream().map(Sig::keyid).toList());
        throw known
                ? new Refused(Refused.Reason.TAMPERED, "the signature by key " + ids
                        + " does not fit the payload: the payload was changed, or another key of that name signed it")
                : new Refused(Refused.Reason.WRONG_KEY, "no registered key is named \"" + ids
                        + "\"; register its public half with POST /api/v1/signing-keys");
    }

    /// SHA-256 of the signed bytes, in hexadecimal: what an assignment names a manifest by.
    public String payloadSha256() {
        return Sha256.hex(payload);
    }

    /// A new envelope with one signature.
    static String json(String type, byte[] payload, String keyid, PrivateKey key) {
        return json(type, payload,
                List.of(new Sig(keyid, Ed25519.sign(key, signedBytes(type, payload)))));
    }

    /// The same payload with one more signature; one by the same key id is replaced.
    String and(String keyid, PrivateKey key) {
        List<Sig> all = new ArrayList<>(signatures);
        all.removeIf(each -> each.keyid().equals(keyid));
        all.add(new Sig(keyid, Ed25519.sign(key, signedBytes())));
        return json(payloadType, payload, all);
    }

    static String json(String type, byte[] payload, List<Sig> signatures) {
        Base64.Encoder encoder = Base64.getEncoder();
        ObjectNode envelope = Json.object().put("payloadType", type).put("payload",
                encoder.encodeToString(payload));
        ArrayNode list = envelope.putArray("signatures");
        signatures.forEach(each -> list.addObject().put("keyid", each.keyid()).put("sig",
                encoder.encodeToString(each.sig())));
        return Json.text(envelope);
    }

    // openssl and coreutils wrap their Base64 in lines; the DSSE specification also allows the URL-safe alphabet
    private static byte[] base64(String field, String text) {
        try {
            return Base64.getDecoder()
                    .decode(text.replaceAll("[\\r\\n]", "").replace('-', '+').replace('_', '/'));
        } catch (IllegalArgumentException e) {
            throw Refused.malformed("The envelope's \"" + field + "\" is not Base64: " + e.getMessage());
        }
    }
}
