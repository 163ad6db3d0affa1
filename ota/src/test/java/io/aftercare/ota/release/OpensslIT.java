package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A team that trusts only openssl can sign: keys and envelope made with it and a shell alone are accepted here, and ours
/// there.
class OpensslIT {
    private static final String SCRIPT = """
            set -eu
            openssl genpkey -algorithm ed25519 -out their.key
            openssl pkey -in their.key -pubout -out their.pub
            type=application/vnd.aftercare.manifest+json
            printf 'DSSEv1 %d %s %d ' "${#type}" "$type" "$(wc -c < manifest.json)" > signed
            cat manifest.json >> signed
            openssl pkeyutl -sign -inkey their.key -rawin -in signed -out sig
            printf '{"payloadType":"%s","payload":"%s","signatures":[{"keyid":"theirs","sig":"%s"}]}' \\
                "$type" "$(openssl base64 -A -in manifest.json)" "$(openssl base64 -A -in sig)" > their-envelope.json
            openssl pkeyutl -verify -pubin -inkey release.pub -rawin -in ours -sigfile our.sig
            """;

    @TempDir
    Path folder;

    @Test
    void anEnvelopeMadeWithOpensslAloneIsAccepted() throws IOException, InterruptedException {
        assumeOpenssl();
        byte[] image = {1, 2, 3};
        byte[] manifest = Json.text(Firmware.manifest("LP-2000", 7, "1.2.3", image))
                .getBytes(StandardCharsets.UTF_8);
        Files.write(folder.resolve("manifest.json"), manifest);
        assertThat(KeygenTool.run(folder, System.out, System.err)).isZero();
        byte[] ours = Envelope.signedBytes(Envelope.MANIFEST_TYPE, manifest);
        Files.write(folder.resolve("ours"), ours);
        Files.write(folder.resolve("our.sig"), Ed25519
                .sign(Ed25519.privateKey(Files.readString(folder.resolve("release.key"))), ours));

        assertThat(shell(SCRIPT)).isZero();

        assertThat(
                VerifyTool.run(folder.resolve("their.pub"), folder.resolve("their-envelope.json"), List.of(),
                        Instant.now(), System.out, System.err))
                .isZero();
        assertThat(SignTool.run(folder.resolve("their.key"), "theirs", folder.resolve("manifest.json"),
                folder.resolve("again.json"), List.of(), System.out, System.err)).isZero();
    }

    private static void assumeOpenssl() throws InterruptedException {
        boolean there;
        try {
            there = new ProcessBuilder("openssl", "version").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException e) {
            there = false;
        }
        if ("true".equals(System.getenv("CI"))) {
            assertThat(there).as("openssl is installed: apt-get install openssl").isTrue();
        }
        assumeThat(there).as("needs openssl: apt-get install openssl").isTrue();
    }

    private int shell(String script) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", script).directory(folder.toFile()).inheritIO()
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
