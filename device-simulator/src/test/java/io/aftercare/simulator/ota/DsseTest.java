package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.simulator.Vectors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DsseTest {
    @Test
    void theGoldenVectorsAreMetToTheByte() throws IOException {
        JsonNode vectors = Vectors.read("dsse.json");
        PublicKey key = TrustedKeys.parse("vector", vectors.path("publicKey").asText());
        JsonNode envelope = vectors.path("envelope");
        byte[] payload = Base64.getDecoder().decode(envelope.path("payload").asText());
        String type = envelope.path("payloadType").asText();
        assertThat(type).isEqualTo(Dsse.MANIFEST_TYPE);
        assertThat(new String(Dsse.preAuthentication(type, payload), StandardCharsets.UTF_8))
                .isEqualTo(vectors.path("preAuthenticationText").asText());
        byte[] signature = Base64.getDecoder().decode(envelope.at("/signatures/0/sig").asText());
        assertThat(Dsse.verifies(key, type, payload, signature)).isTrue();
        for (JsonNode each : vectors.path("more")) {
            byte[] text = each.path("payloadText").asText().getBytes(StandardCharsets.UTF_8);
            String other = each.path("payloadType").asText();
            assertThat(new String(Dsse.preAuthentication(other, text), StandardCharsets.UTF_8))
                    .isEqualTo(each.path("preAuthenticationText").asText());
            assertThat(Dsse.verifies(key, other, text,
                    Base64.getDecoder().decode(each.path("signature").asText())))
                    .as(each.path("name").asText()).isTrue();
        }
    }

    @Test
    void anyChangedBitIsSeen() throws IOException {
        JsonNode vectors = Vectors.read("dsse.json");
        PublicKey key = TrustedKeys.parse("vector", vectors.path("publicKey").asText());
        byte[] payload = Base64.getDecoder().decode(vectors.at("/envelope/payload").asText());
        byte[] signature = Base64.getDecoder().decode(vectors.at("/envelope/signatures/0/sig").asText());
        for (int bit = 0; bit < payload.length * 8; bit += 7) {
            byte[] changed = payload.clone();
            changed[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThat(Dsse.verifies(key, Dsse.MANIFEST_TYPE, changed, signature)).isFalse();
        }
        assertThat(Dsse.verifies(key, Dsse.MANIFEST_TYPE, payload, new byte[3])).isFalse();
    }

    @Test
    void opensslAloneMakesASignatureThatIsAccepted(@TempDir Path folder)
            throws IOException, InterruptedException {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")) || "true".equals(System.getenv("CI")),
                "install openssl to run this test");
        run(folder, "genpkey", "-algorithm", "ed25519", "-out", "k.pem");
        run(folder, "pkey", "-in", "k.pem", "-pubout", "-out", "release.pub");
        byte[] payload = "{\"product\":\"Füser\"}".getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("pae"), Dsse.preAuthentication(Dsse.MANIFEST_TYPE, payload));
        run(folder, "pkeyutl", "-sign", "-rawin", "-inkey", "k.pem", "-in", "pae", "-out", "sig");
        TrustedKeys keys = TrustedKeys.read(List.of("team=" + folder.resolve("release.pub")));
        assertThat(keys.byName()).containsOnlyKeys("team");
        assertThat(Dsse.verifies(keys.byName().values().iterator().next(), Dsse.MANIFEST_TYPE, payload,
                Files.readAllBytes(folder.resolve("sig")))).isTrue();
    }

    @Test
    void aFileThatIsNoKeyIsNamed(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("x.pub"), "hello");
        assertThatThrownBy(() -> TrustedKeys.read(List.of(file.toString()))).hasMessageContaining("x.pub")
                .hasMessageContaining("keygen");
    }

    private static void run(Path folder, String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
