package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Everybody with a key, for tests: root and release keys, the backend's assignment key, thieves. What they sign is made
/// to be changed.
public final class KeyHolders {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, KeyPair> keys = new HashMap<>();

    KeyPair key(String name) {
        return keys.computeIfAbsent(name, _ -> {
            try {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    /// Two of root keys a, b, c; two of these release keys; the backend's key is `online`.
    ObjectNode root(long version, String... release) {
        ObjectNode root = JSON.createObjectNode().put("version", version)
                .put("issued", "2026-01-01T00:00:00Z").put("expires", "2090-01-01T00:00:00Z");
        ObjectNode known = root.putObject("keys");
        ObjectNode roles = root.putObject("roles");
        role(known, roles, "root", 2, List.of("a", "b", "c"));
        role(known, roles, "release", 2, List.of(release));
        role(known, roles, "assignment", 1, List.of("online"));
        return root;
    }

    private void role(ObjectNode known, ObjectNode roles, String name, int threshold, List<String> ids) {
        ObjectNode role = roles.putObject(name).put("threshold", threshold);
        ids.forEach(role.putArray("keyids")::add);
        ids.forEach(id -> known.put(id, "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getEncoder().encodeToString(key(id).getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n"));
    }

    /// A DSSE envelope.
    ObjectNode signed(String type, ObjectNode document, String... signers) {
        byte[] payload = document.toString().getBytes(StandardCharsets.UTF_8);
        ObjectNode envelope = JSON.createObjectNode().put("payloadType", type).put("payload",
                Base64.getEncoder().encodeToString(payload));
        for (String signer : signers) {
            envelope.withArray("signatures").addObject().put("keyid", signer).put("sig",
                    Base64.getEncoder().encodeToString(sign(signer, Dsse.preAuthentication(type, payload))));
        }
        return envelope;
    }

    byte[] signedRoot(ObjectNode root, String... signers) {
        return signed(Dsse.ROOT_TYPE, root, signers).toString().getBytes(StandardCharsets.UTF_8);
    }

    private byte[] sign(String name, byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(key(name).getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// What the backend's assignment says, good for a device and a manifest.
    static ObjectNode assignment(String device, ObjectNode manifest) {
        return JSON.createObjectNode().put("device", device)
                .put("manifestSha256",
                        Signer.sha256(manifest.toString().getBytes(StandardCharsets.UTF_8)))
                .put("campaign", "C1").put("issued", "2026-06-01T00:00:00Z")
                .put("expires", "2026-06-02T00:00:00Z");
    }

    /// A good offer, by release keys x and y and the online key.
    ObjectNode offer(ObjectNode manifest, String device) {
        ObjectNode offer = unsigned(manifest);
        offer.set("envelope", signed(Dsse.MANIFEST_TYPE, manifest, "x", "y"));
        offer.set("assignment", signed(Dsse.ASSIGNMENT_TYPE, assignment(device, manifest), "online"));
        return offer;
    }

    private static ObjectNode unsigned(ObjectNode manifest) {
        String sha256 = manifest.at("/artifacts/0/sha256").asText();
        return JSON.createObjectNode().put("campaign", "C1").put("release", "R1")
                .put("version", manifest.path("version").asText())
                .put("size", manifest.at("/artifacts/0/size").asLong()).put("sha256", sha256)
                .put("url", "/device/v1/LP-1/artifacts/" + sha256).put("force", true).put("rootVersion", 1);
    }
}
