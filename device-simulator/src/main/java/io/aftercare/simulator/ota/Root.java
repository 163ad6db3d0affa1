package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.aftercare.simulator.ota.Offer.Envelope;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Who may sign what, as the device holds it. The next version takes its place when enough of the old and enough of the
/// new root keys signed it (TUF specification 1.0.33, section 5.3).
///
/// @param counterReset product to the counter that a device falls back to when it takes this root over
record Root(long version, Instant issued, Instant expires, Role root, Role release, Role assignment,
        Map<String, Long> counterReset) {
    /// More than the device would ever take in of one.
    static final int BYTES_MAX = 48 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    /// So many of these keys must sign.
    record Role(Map<String, PublicKey> keys, int threshold) {}

    /// Reads the first root, which the device was built with: trusted if it is signed as it says itself.
    static Root first(byte[] envelope) throws IOException, RefusedException {
        Envelope read = envelope(envelope);
        Root root = parse(read);
        root.checkSigned(read, root.root, "root");
        return root;
    }

    /// The root that this envelope holds, if it may take this one's place.
    ///
    /// @throws RefusedException naming the attack that it would be
    Root next(byte[] envelope) throws IOException, RefusedException {
        Envelope read = envelope(envelope);
        Root next = parse(read);
        if (next.version != version + 1) {
            throw new RefusedException(Attack.ROLLBACK, "root version " + next.version
                    + " does not follow this device's " + version);
        }
        checkSigned(read, root, "root");
        next.checkSigned(read, next.root, "root");
        return next;
    }

    /// Whether enough keys of a role signed.
    void checkSigned(Envelope envelope, Role role, String name) throws RefusedException {
        Set<String> signers = envelope.signers(role.keys());
        if (signers.isEmpty()) {
            throw new RefusedException(Attack.ARBITRARY_SOFTWARE,
                    "wrong signature: none of " + envelope.signatures().size() + " is by a " + name
                            + " key of root version " + version);
        }
        if (signers.size() < role.threshold()) {
            throw new RefusedException(Attack.KEY_COMPROMISE, "only " + String.join(", ", signers)
                    + " signed, of the " + name + " keys of root version " + version + " it takes "
                    + role.threshold());
        }
    }

    private static Envelope envelope(byte[] bytes) throws IOException {
        if (bytes.length > BYTES_MAX) {
            throw new IOException("a root has at most " + BYTES_MAX + " bytes");
        }
        Envelope envelope = Envelope.parse(JSON.readTree(bytes));
        if (!envelope.type().equals(Dsse.ROOT_TYPE)) {
            throw new IOException("the envelope holds '" + envelope.type() + "', not a root");
        }
        return envelope;
    }

    private static Root parse(Envelope envelope) throws IOException {
        JsonNode json = JSON.readTree(envelope.payload().value());
        Map<String, Long> resets = new LinkedHashMap<>();
        json.path("counterReset").properties()
                .forEach(entry -> resets.put(entry.getKey(), entry.getValue().asLong()));
        return new Root(json.path("version").asLong(), time(json, "issued"), time(json, "expires"),
                role(json, "root"), role(json, "release"), role(json, "assignment"), resets);
    }

    private static Instant time(JsonNode json, String field) throws IOException {
        return Times.parse(json.path(field))
                .orElseThrow(() -> new IOException("the root's " + field + " is not a time"));
    }

    private static Role role(JsonNode json, String name) throws IOException {
        Map<String, PublicKey> keys = new LinkedHashMap<>();
        JsonNode role = json.path("roles").path(name);
        for (JsonNode id : role.path("keyids")) {
            PublicKey key = TrustedKeys.parse("the root's key " + id.asText(),
                    json.path("keys").path(id.asText()).asText());
            if (keys.containsValue(key)) {
                throw new IOException("the root's role " + name + " has one key twice");
            }
            keys.put(id.asText(), key);
        }
        int threshold = role.path("threshold").asInt();
        if (threshold < 1 || threshold > keys.size()) {
            throw new IOException("the root's role " + name + " cannot be met");
        }
        return new Role(keys, threshold);
    }
}
