package io.aftercare.simulator.house;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.ota.TrustedKeys;
import io.aftercare.simulator.staff.Multipart;
import java.io.IOException;
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
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/// The firmware team's own machine: the private key never leaves this object, and envelopes are DSSE, signed with Ed25519.
final class Workbench {
    static final String KEY = "house-2026";
    private static final String TYPE = "application/vnd.aftercare.manifest+json";
    private static final int IMAGE_BYTES = 128 * 1024;

    private final Path folder;
    private final KeyPair keys;

    /// A firmware to be made.
    ///
    /// @param behaviour what it does differently, see [io.aftercare.simulator.physics.Behaviour]
    /// @param fixes     codes of the faults that it mends
    record Build(String product, String hardware, String version, long counter, String minFrom,
            Map<String, String> behaviour, List<String> fixes) {}

    Workbench(Path folder) {
        this.folder = folder;
        try {
            keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }

    /// What the devices of the house are built with.
    TrustedKeys trusted() {
        return new TrustedKeys(Map.of(KEY, keys.getPublic()));
    }

    String publicKey() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    /// Builds and signs; the files stay in the folder.
    Multipart make(Build build) throws IOException {
        ObjectNode head = Doc.of("version", build.version(), "behaviour", build.behaviour());
        byte[] image = new byte[IMAGE_BYTES];
        Arrays.fill(image, (byte) ' ');
        byte[] text = (head + "\n").getBytes(StandardCharsets.UTF_8);
        System.arraycopy(text, 0, image, 0, text.length);
        Path file = Files.write(folder.resolve(build.product() + "-" + build.version() + ".fw"), image);
        byte[] manifest = manifest(build, file.getFileName().toString(), image).toString()
                .getBytes(StandardCharsets.UTF_8);
        ObjectNode envelope = Doc.of("payloadType", TYPE, "payload",
                Base64.getEncoder().encodeToString(manifest), "signatures",
                List.of(Map.of("keyid", KEY, "sig", Base64.getEncoder().encodeToString(signed(manifest)))));
        Path letter = Files.writeString(folder.resolve(build.product() + "-" + build.version() + ".json"),
                envelope.toString());
        return new Multipart().file("envelope", letter, "application/json").file("artifact", file,
                "application/octet-stream");
    }

    private static ObjectNode manifest(Build build, String name, byte[] image) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        return Doc.of("product", build.product(), "hardware", List.of(build.hardware()), "counter",
                build.counter(), "version", build.version(), "minFrom", build.minFrom(), "artifacts",
                List.of(Map.of("name", name, "size", image.length, "sha256", sha256(image))), "fixes",
                build.fixes(), "issued", now.toString(), "expires",
                now.plus(365, ChronoUnit.DAYS).toString());
    }

    private byte[] signed(byte[] manifest) {
        byte[] head = ("DSSEv1 " + TYPE.length() + " " + TYPE + " " + manifest.length + " ")
                .getBytes(StandardCharsets.UTF_8);
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(keys.getPrivate());
            signature.update(head);
            signature.update(manifest);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the key is one of this object's own", e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
