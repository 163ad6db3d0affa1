package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PublicKey;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Key holders, for tests: each has a key by a name, and signs what is put before them.
public final class Ceremony {
    private final Map<String, KeyPair> holders = new HashMap<>();

    public KeyPair key(String name) {
        return holders.computeIfAbsent(name, _ -> Ed25519.generate());
    }

    /// A root of these names, `root` and `release` with thresholds, to be changed at will.
    public ObjectNode root(long version, List<String> root, int rootThreshold, List<String> release,
            int releaseThreshold, PublicKey server) {
        ObjectNode document = Json.object().put("version", version).put("issued", "2026-01-01T00:00:00Z")
                .put("expires", Instant.now().plusSeconds(86_400).toString());
        ObjectNode keys = document.putObject("keys");
        ObjectNode roles = document.putObject("roles");
        role(roles, "root", root, rootThreshold);
        role(roles, "release", release, releaseThreshold);
        role(roles, "assignment", List.of("server"), 1);
        root.forEach(name -> keys.put(name, Ed25519.pem(key(name).getPublic())));
        release.forEach(name -> keys.put(name, Ed25519.pem(key(name).getPublic())));
        keys.put("server", Ed25519.pem(server));
        return document;
    }

    private static void role(ObjectNode roles, String name, List<String> ids, int threshold) {
        ObjectNode role = roles.putObject(name).put("threshold", threshold);
        ids.forEach(role.putArray("keyids")::add);
    }

    public String signRoot(ObjectNode root, String... names) {
        return sign(Envelope.ROOT_TYPE, root, names);
    }

    public String signManifest(ObjectNode manifest, String... names) {
        return sign(Envelope.MANIFEST_TYPE, manifest, names);
    }

    private String sign(String type, ObjectNode document, String... names) {
        byte[] payload = Json.text(document).getBytes(StandardCharsets.UTF_8);
        byte[] signed = Envelope.signedBytes(type, payload);
        return Envelope.json(type, payload, java.util.Arrays.stream(names)
                .map(name -> new Envelope.Sig(name, Ed25519.sign(key(name).getPrivate(), signed))).toList());
    }
}
