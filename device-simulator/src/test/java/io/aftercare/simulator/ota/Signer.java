package io.aftercare.simulator.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Signature;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;

/// The firmware team in a test: makes images, manifests, envelopes and offers.
public final class Signer {
    private static final ObjectMapper JSON = new ObjectMapper();
    private final KeyPair keys;

    public Signer() throws NoSuchAlgorithmException {
        keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    public TrustedKeys trusted() {
        return new TrustedKeys(Map.of("release", keys.getPublic()));
    }

    public static byte[] image(String head, int bytes) {
        byte[] image = (head + " ".repeat(Math.max(0, bytes - head.length())))
                .getBytes(StandardCharsets.UTF_8);
        return image;
    }

    /// A manifest of one artifact or more: `a.fw`, `b.fw` and so on.
    public static ObjectNode manifest(String version, long counter, byte[]... images) {
        ObjectNode manifest = JSON.createObjectNode().put("product", "LP-2000").put("counter", counter)
                .put("version", version).put("minFrom", "2.0.0").put("issued", "2026-01-01T00:00:00Z")
                .put("expires", "2099-01-01T00:00:00Z");
        manifest.putArray("hardware").add("B2");
        ArrayNode artifacts = manifest.putArray("artifacts");
        for (byte[] image : images) {
            artifacts.addObject().put("name", (char) ('a' + artifacts.size() - 1) + ".fw")
                    .put("size", image.length).put("sha256", sha256(image));
        }
        manifest.putArray("fixes");
        return manifest;
    }

    public ObjectNode offer(String release, ObjectNode manifest, String url) throws GeneralSecurityException {
        byte[] payload = manifest.toString().getBytes(StandardCharsets.UTF_8);
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(Dsse.preAuthentication(Dsse.MANIFEST_TYPE, payload));
        ObjectNode offer = JSON.createObjectNode().put("campaign", "c1").put("release", release)
                .put("version", manifest.path("version").asText())
                .put("size", manifest.at("/artifacts/0/size").asLong())
                .put("sha256", manifest.at("/artifacts/0/sha256").asText()).put("url", url)
                .put("force", true);
        ObjectNode envelope = offer.putObject("envelope").put("payloadType", Dsse.MANIFEST_TYPE).put(
                "payload",
                Base64.getEncoder().encodeToString(payload));
        envelope.putArray("signatures").addObject().put("keyid", "release").put("sig",
                Base64.getEncoder().encodeToString(signature.sign()));
        return offer;
    }

    public static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
