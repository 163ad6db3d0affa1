package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToolsTest {
    private static final byte[] IMAGE = "image".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(said, true, StandardCharsets.UTF_8);
    private Path artifact;
    private Path manifest;
    private Path envelope;

    @BeforeEach
    void makeKeysAndManifest() throws IOException {
        assertThat(KeygenTool.run(folder, out, out)).isZero();
        artifact = Files.write(folder.resolve("fw.bin"), IMAGE);
        manifest = folder.resolve("manifest.json");
        Files.writeString(manifest, Json.text(Firmware.manifest("LP-2000", 7, "1.2.3", IMAGE)));
        envelope = folder.resolve("envelope.json");
    }

    @Test
    void theKeyIsForItsOwnerAloneAndNeverWrittenOver() throws IOException {
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("release.key"))))
                .isEqualTo("rw-------");
        assertThat(Files.readString(folder.resolve("release.key"))).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(Files.readString(folder.resolve("release.pub"))).startsWith("-----BEGIN PUBLIC KEY-----");
        String before = Files.readString(folder.resolve("release.key"));
        assertThat(KeygenTool.run(folder, out, out)).isEqualTo(1);
        assertThat(Files.readString(folder.resolve("release.key"))).isEqualTo(before);
    }

    @Test
    void whatIsSignedIsVerifiedAndTheManifestKeptByteForByte() throws IOException {
        assertThat(sign(List.of())).isZero();
        assertThat(verify(List.of(artifact))).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(Envelope.parse(Files.readAllBytes(envelope)).payload())
                .isEqualTo(Files.readAllBytes(manifest));
    }

    @Test
    void sizesAndHashesAreFilledInFromTheFiles() throws IOException {
        ObjectNode open = Firmware.manifest("LP-2000", 7, "1.2.3", IMAGE);
        open.remove("artifacts");
        Files.writeString(manifest, Json.text(open));
        assertThat(sign(List.of(artifact))).isZero();
        assertThat(verify(List.of(artifact))).isZero();
    }

    @Test
    void aFileThatIsNotTheManifestsIsNotSigned() throws IOException {
        Files.write(artifact, "other".getBytes(StandardCharsets.UTF_8));
        assertThat(sign(List.of(artifact))).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("sha256").contains("fw.bin");
        assertThat(envelope).doesNotExist();
    }

    @Test
    void eachDefectIsNamed() throws IOException {
        assertThat(sign(List.of())).isZero();
        Files.write(artifact, "imagE".getBytes(StandardCharsets.UTF_8));
        fails("Arbitrary software", List.of(artifact));
        Files.write(artifact, "image and more".getBytes(StandardCharsets.UTF_8));
        fails("Wrong size", List.of(artifact));
        fails("Mix and match", List.of(manifest));
        Path keys = Files.createDirectory(folder.resolve("other"));
        assertThat(KeygenTool.run(keys, out, out)).isZero();
        assertThat(VerifyTool.run(keys.resolve("release.pub"), envelope, List.of(), Instant.now(), out, out))
                .isEqualTo(1);
        assertThat(VerifyTool.run(folder.resolve("release.pub"), envelope, List.of(),
                Instant.now().plusSeconds(200_000), out, out)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("Freeze");
        assertThat(VerifyTool.run(folder.resolve("no.pub"), envelope, List.of(), Instant.now(), out, out))
                .isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("There is no file").contains("no.pub");
    }

    private void fails(String named, List<Path> artifacts) throws IOException {
        said.reset();
        assertThat(verify(artifacts)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains(named);
    }

    private int sign(List<Path> artifacts) throws IOException {
        return SignTool.run(folder.resolve("release.key"), "k1", manifest, envelope, artifacts, out, out);
    }

    private int verify(List<Path> artifacts) throws IOException {
        return VerifyTool.run(folder.resolve("release.pub"), envelope, artifacts, Instant.now(), out, out);
    }
}
