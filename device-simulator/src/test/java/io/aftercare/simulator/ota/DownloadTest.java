package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.aftercare.simulator.ota.Manifest.Artifact;
import io.aftercare.simulator.ota.Offer.Envelope;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final Patience SHORT = new Patience(4, Duration.ofMillis(1), Duration.ofSeconds(5), 1);

    @TempDir
    Path folder = Path.of("");

    private final byte[] image = bytes(300_001);
    private final Artifact artifact = new Artifact("a.fw", image.length, Signer.sha256(image));

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private Offer offer(String url) {
        return new Offer("r1", "2.4.0", image.length, artifact.sha256(), url, true, Optional.empty(),
                Optional.empty(), new Envelope("", new Offer.Bytes(new byte[0]), List.of()));
    }

    private Path fetch(FirmwareServer server) throws Exception {
        Path file = folder.resolve("a.part");
        new HttpDownload(server.base(), "secret", SHORT, new Random(1)).fetch(
                offer("/f/" + artifact.sha256()),
                artifact, file, _ -> {
                });
        return file;
    }

    @Test
    void aWholeFileComesInOneGoWithTheDevicesToken() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            assertThat(Files.readAllBytes(fetch(server))).isEqualTo(image);
            assertThat(server.authorizations).containsExactly("Bearer secret");
        }
    }

    @Test
    void aBrokenConnectionIsResumedWhereItBroke() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            server.breakAfter = 70_000;
            assertThat(Files.readAllBytes(fetch(server))).isEqualTo(image);
            assertThat(server.ranges).hasSizeGreaterThan(3);
            assertThat(server.ranges.subList(1, server.ranges.size()))
                    .allMatch(range -> range.startsWith("bytes="));
        }
    }

    @Test
    void whatAnEarlierRunLeftIsNotFetchedAgain() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            Files.write(folder.resolve("a.part"), Arrays.copyOf(image, 299_990));
            assertThat(Files.readAllBytes(fetch(server))).isEqualTo(image);
            assertThat(server.ranges).containsExactly("bytes=299990-");
        }
    }

    @Test
    void aServerWithoutRangesSendsItAllAgain() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            server.ignoreRange = true;
            Files.write(folder.resolve("a.part"), Arrays.copyOf(image, 1_000));
            assertThat(Files.readAllBytes(fetch(server))).isEqualTo(image);
        }
    }

    @Test
    void aBusyServerIsAskedAgainButNotForEver() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            server.failures.set(2);
            assertThat(Files.readAllBytes(fetch(server))).isEqualTo(image);
            Files.delete(folder.resolve("a.part"));
            server.failures.set(100);
            assertThatThrownBy(() -> fetch(server)).isInstanceOf(IOException.class)
                    .hasMessageContaining("503");
        }
    }

    @Test
    void endlessDataIsRefusedAnnouncedOrNot() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            server.extraBytes = 1;
            assertThatThrownBy(() -> fetch(server)).hasMessageContaining("refused, endless data");
            server.hideLength = true;
            assertThatThrownBy(() -> fetch(server)).hasMessageContaining("refused, endless data");
        }
    }

    @Test
    void aFileWithAnotherHashIsRefusedAndNotKept() throws Exception {
        Path file = Files.write(folder.resolve("a.part"), bytes(10));
        Artifact wrong = new Artifact("a.fw", 10, "00");
        assertThatThrownBy(() -> Hashes.check(file, wrong))
                .hasMessageContaining("refused, arbitrary software");
        assertThat(file).doesNotExist();
    }

    private ChunkDownload chunks(byte[] served, int lose) {
        ChunkDownload[] holder = new ChunkDownload[1];
        Random random = new Random(lose);
        ChunkDownload download = new ChunkDownload((topic, payload) -> {
            int size = Integer.parseInt(new String(payload, StandardCharsets.US_ASCII));
            int from = Integer.parseInt(topic.replaceAll(".*/", "")) * size;
            if (lose == 0 || random.nextInt(lose) > 0) {
                holder[0].answered(topic + "/data", from >= served.length
                        ? new byte[0]
                        : Arrays.copyOfRange(served, from, Math.min(served.length, from + size)));
            }
        }, 16_384, new Patience(6, Duration.ofMillis(1), Duration.ofMillis(50), 1), new Random(1));
        holder[0] = download;
        return download;
    }

    @Test
    void chunksOverMqttMakeTheSameFileEvenWhenSomeAreLost() throws Exception {
        Path file = folder.resolve("c.part");
        Files.write(file, Arrays.copyOf(image, 20_000));
        chunks(image, 4).fetch(offer(""), artifact, file, _ -> {
        });
        assertThat(Files.readAllBytes(file)).isEqualTo(image);
    }

    @Test
    void chunksThatGoPastTheSignedSizeOrEndEarlyAreRefused() {
        assertThatThrownBy(
                () -> chunks(bytes(400_000), 0).fetch(offer(""), artifact, folder.resolve("d.part"), _ -> {
                })).hasMessageContaining("refused, endless data");
        assertThatThrownBy(
                () -> chunks(bytes(100_000), 0).fetch(offer(""), artifact, folder.resolve("e.part"), _ -> {
                })).isInstanceOf(IOException.class).hasMessageContaining("100000 of 300001");
    }
}
