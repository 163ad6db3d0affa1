package io.aftercare.ota.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/// The firmware team, for tests: a key pair, and manifests signed with it.
public final class Firmware {
    public static final String BOUNDARY = "cut-here";
    public final KeyPair keys = generate();

    private static KeyPair generate() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    public String publicPem() {
        return Ed25519.pem(keys.getPublic());
    }

    /// A manifest of one artifact `fw.bin`, to be changed at will.
    public static ObjectNode manifest(String product, long counter, String version, byte[] artifact) {
        ObjectNode manifest = Json.object().put("product", product);
        manifest.putArray("hardware");
        manifest.put("counter", counter).put("version", version).put("minFrom", "");
        manifest.putArray("artifacts").addObject().put("name", "fw.bin").put("size", artifact.length)
                .put("sha256", sha256(artifact));
        manifest.putArray("fixes");
        return manifest.put("issued", "2026-01-01T00:00:00Z").put("expires",
                Instant.now().plusSeconds(86400).toString());
    }

    public String sign(ObjectNode manifest, String keyid) {
        byte[] payload = Json.text(manifest).getBytes(StandardCharsets.UTF_8);
        return Envelope.json(Envelope.MANIFEST_TYPE, payload, keyid, keys.getPrivate());
    }

    public static String sha256(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    /// A file of an upload.
    public record Part(String field, String fileName, byte[] content) {
        public static Part envelope(String json) {
            return new Part("envelope", "envelope.json", json.getBytes(StandardCharsets.UTF_8));
        }

        public static Part artifact(String name, byte[] content) {
            return new Part("artifact", name, content);
        }
    }

    public static byte[] multipart(List<Part> parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            String file = part.fileName().isEmpty() ? "" : "; filename=\"" + part.fileName() + "\"";
            out.writeBytes(
                    ("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + part.field() + "\""
                            + file + "\r\n"
                            + (file.isEmpty() ? "" : "Content-Type: application/octet-stream\r\n") + "\r\n")
                            .getBytes(StandardCharsets.UTF_8));
            out.writeBytes(part.content());
            out.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }
}
