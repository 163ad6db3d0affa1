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
import java.util.Map;
import java.util.Random;
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

    @Test
    void aRootIsMadeSignedByTwoAndRotatedAndDecidesAboutReleases() throws IOException {
        Path first = made(1, "a", "b");
        assertThat(add("a", first)).isZero();
        assertThat(SignTool.run(secret("x"), "x", manifest, envelope, List.of(), out, out)).isZero();
        assertThat(byRoot(List.of(first), envelope)).isEqualTo(1); // one of two root keys signed
        assertThat(add("b", first)).isZero();
        assertThat(byRoot(List.of(first), envelope)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("too few").contains("signed have 1: x");
        assertThat(add("y", envelope)).isZero();
        assertThat(byRoot(List.of(first), envelope)).as(said.toString(StandardCharsets.UTF_8)).isZero();

        Path second = made(2, "b", "c");
        assertThat(add("b", second)).isZero();
        assertThat(add("c", second)).isZero();
        assertThat(byRoot(List.of(first), second)).isEqualTo(1); // one of the old keys
        assertThat(add("a", second)).isZero();
        assertThat(byRoot(List.of(first), second)).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(byRoot(List.of(first, second), envelope)).isZero();
    }

    @Test
    void aDeltaIsMadeFromTheFormerFileAndSigned() throws IOException {
        Zstd.needed();
        byte[] image = new byte[400_000];
        new Random(1).nextBytes(image);
        Path old = Files.write(folder.resolve("old.bin"), image);
        for (int at = 0; at < image.length; at += 50_000) {
            image[at] ^= 1;
        }
        Files.write(artifact, image);
        ObjectNode open = Firmware.manifest("LP-2000", 7, "1.2.3", image);
        Files.writeString(manifest, Json.text(open));
        assertThat(signFrom("" + old)).as(said.toString(StandardCharsets.UTF_8)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("% saved");
        Manifest signed = Manifest.parse(Envelope.parse(Files.readAllBytes(envelope)).payload());
        Delta delta = signed.deltas().getFirst();
        assertThat(delta.from()).isEqualTo(FileHash.of(old).sha256());
        assertThat(delta.size()).isLessThan(4_000);
        Path patch = folder.resolve(delta.name());
        assertThat(verify(List.of(artifact, patch))).isZero();
        assertThat(verify(List.of(artifact))).as("a delta need not be looked at").isZero();
        Files.write(patch, new byte[1]);
        fails("Wrong size", List.of(artifact, patch));
    }

    @Test
    void aDeltaThatSavesNothingOrWhoseFileIsNotThereIsNotSigned() throws IOException {
        Zstd.needed();
        Path other = Files.write(folder.resolve("other.bin"), new byte[]{9, 8, 7});
        assertThat(signFrom("fw.bin=" + other)).isZero();
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("would not be smaller");
        assertThat(Manifest.parse(Envelope.parse(Files.readAllBytes(envelope)).payload()).deltas()).isEmpty();
        assertThat(signFrom("boot.bin=" + other)).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("not clear");
        assertThat(signFrom("fw.bin=" + folder.resolve("none.bin"))).isEqualTo(1);
        assertThat(said.toString(StandardCharsets.UTF_8)).contains("There is no file").contains("none.bin");
    }

    private int signFrom(String... former) throws IOException {
        return SignTool.run(folder.resolve("release.key"), "k1", manifest, envelope, List.of(artifact),
                List.of(former), out, out);
    }

    private Path made(int version, String one, String other) throws IOException {
        Path document = folder.resolve("root-" + version + ".json");
        RootTool.Parts parts = new RootTool.Parts(version, Instant.now(), Instant.now().plusSeconds(86_400),
                new RootTool.Role(Map.of(one, open(one), other, open(other)), 2),
                new RootTool.Role(Map.of("x", open("x"), "y", open("y")), 2),
                new RootTool.Role(Map.of("server", open("server")), 1), Map.of("LP-2000", 7L));
        assertThat(RootTool.run(parts, document, out, out)).isZero();
        assertThat(RootTool.run(parts, document, out, out)).isEqualTo(1);
        Path signed = folder.resolve("root-" + version + ".envelope.json");
        assertThat(SignTool.root(secret(one), one, document, signed, out, out)).isZero();
        return signed;
    }

    private Path open(String name) throws IOException {
        return secret(name).resolveSibling("release.pub");
    }

    private Path secret(String name) throws IOException {
        Path home = folder.resolve(name);
        if (Files.notExists(home)) {
            assertThat(KeygenTool.run(home, out, out)).isZero();
        }
        return home.resolve("release.key");
    }

    private int add(String name, Path to) throws IOException {
        return SignTool.add(secret(name), name, to, to, out, out);
    }

    private int byRoot(List<Path> roots, Path file) throws IOException {
        return VerifyTool.byRoot(roots, file, List.of(), Instant.now(), out, out);
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
