package io.aftercare.benchmarks.ota;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.staff.Multipart;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/// A firmware of random bytes, signed as a team would and uploaded by the staff's interface.
///
/// @param id   of the release
/// @param file the artifact, as it was uploaded
record SignedRelease(String id, Path file, String sha256) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TYPE = "application/vnd.aftercare.manifest+json";
    private static final String KEY = "bench";
    private static final int BLOCK = 1 << 20;

    static SignedRelease publish(StaffApi api, Path folder, String product, int megabytes)
            throws IOException, InterruptedException {
        try {
            Path file = Files.createDirectories(folder).resolve("bench.fw");
            String sha256 = write(file, megabytes);
            KeyPair keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            String pem = "-----BEGIN PUBLIC KEY-----\n"
                    + Base64.getMimeEncoder(64, new byte[]{'\n'})
                            .encodeToString(keys.getPublic().getEncoded())
                    + "\n-----END PUBLIC KEY-----\n";
            api.post("/signing-keys", JSON.createObjectNode().put("name", KEY).put("publicKey", pem))
                    .orFail();
            Path envelope = folder.resolve("envelope.json");
            Files.writeString(envelope, envelope(keys, manifest(product, file, sha256)));
            String id = api
                    .postParts("/releases", new Multipart().file("envelope", envelope, "application/json")
                            .file("artifact", file, "application/octet-stream"))
                    .orFail().path("id").asText();
            return new SignedRelease(id, file, sha256);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519 and SHA-256", e);
        }
    }

    private static String write(Path file, int megabytes) throws IOException, GeneralSecurityException {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        Random random = new Random(1);
        byte[] block = new byte[BLOCK];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int i = 0; i < megabytes; i++) {
                random.nextBytes(block);
                digest.update(block);
                out.write(block);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static byte[] manifest(String product, Path file, String sha256) throws IOException {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        ObjectNode manifest = JSON.createObjectNode().put("product", product);
        manifest.putArray("hardware");
        manifest.put("counter", 1).put("version", "2.0.0");
        manifest.putArray("artifacts").addObject().put("name", "bench.fw").put("size", Files.size(file))
                .put("sha256", sha256);
        return manifest.put("issued", now.toString()).put("expires", now.plus(30, ChronoUnit.DAYS).toString())
                .toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String envelope(KeyPair keys, byte[] payload) throws GeneralSecurityException {
        Signature signature = Signature.getInstance("Ed25519");
        signature.initSign(keys.getPrivate());
        signature.update(("DSSEv1 " + TYPE.length() + " " + TYPE + " " + payload.length + " ")
                .getBytes(StandardCharsets.UTF_8));
        signature.update(payload);
        Base64.Encoder base64 = Base64.getEncoder();
        ObjectNode envelope = JSON.createObjectNode().put("payloadType", TYPE).put("payload",
                base64.encodeToString(payload));
        envelope.putArray("signatures").addObject().put("keyid", KEY).put("sig",
                base64.encodeToString(signature.sign()));
        return envelope.toString();
    }
}
