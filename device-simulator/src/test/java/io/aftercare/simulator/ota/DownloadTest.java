package io.aftercare.simulator.ota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
    private static final Patience SHORT = new Patience(4, Duration.ofMillis(1), Duration.ofSeconds(5), 1,
            Duration.ofMinutes(1));

    @TempDir
    Path folder = Path.of("");

    private final byte[] image = bytes(300_001);

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        new Random(5).nextBytes(bytes);
        return bytes;
    }

    private Piece piece(long offset, long unitSize) {
        return new Piece("a.fw", image.length, "00", "/f/00", "r1", unitSize, offset);
    }

    private PartFile part(String name) throws IOException {
        return PartFile.open(DiskFlash.INSTANCE, folder.resolve(name), image.length);
    }

    private Path fetch(FirmwareServer server) throws Exception {
        PartFile file = part("a.part");
        new HttpDownload(server.base(), "secret", SHORT, Line.FAST, new Random(1))
                .fetch(piece(0, image.length), file, _ -> {
                });
        return file.path();
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
    void whatAnEarlierRunLeftIsNotFetchedAgainButForABlockThatMayBeTorn() throws Exception {
        try (FirmwareServer server = new FirmwareServer(image)) {
            Files.write(folder.resolve("a.part"), Arrays.copyOf(image, 299_990));
            assertThat(Files.readAllBytes(fetch(server))).isEqualTo(image);
            assertThat(server.ranges).containsExactly("bytes=262144-");
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
            assertThatThrownBy(() -> fetch(server)).isInstanceOf(UpdateFailedException.class)
                    .hasMessageStartingWith("network: ").hasMessageContaining("503");
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
    void aStarvedDownloadIsGivenUp() throws Exception {
        Patience impatient = new Patience(4, Duration.ofMillis(1), Duration.ofSeconds(5), 1_000_000_000L,
                Duration.ZERO);
        try (FirmwareServer server = new FirmwareServer(image)) {
            assertThatThrownBy(() -> new HttpDownload(server.base(), "secret", impatient, Line.FAST,
                    new Random(1)).fetch(piece(0, image.length), part("s.part"), _ -> {
                    })).hasMessageStartingWith("slow-retrieval: ");
        }
        assertThatThrownBy(() -> new ChunkDownload((_, _) -> {
        }, 16_384, new Patience(1, Duration.ofMillis(1), Duration.ofMillis(1), 1, Duration.ofMinutes(1)),
                Line.FAST, new Random(1)).fetch(piece(0, image.length), part("t.part"), _ -> {
                })).hasMessageStartingWith("network: no answer");
    }

    @Test
    void aSlowLineCarriesNoMoreThanItCan() throws Exception {
        long begin = System.nanoTime();
        try (FirmwareServer server = new FirmwareServer(image)) {
            new HttpDownload(server.base(), "secret", SHORT, new Line(1_000_000), new Random(1))
                    .fetch(piece(0, image.length), part("l.part"), _ -> {
                    });
        }
        assertThat(System.nanoTime() - begin).as("300,001 bytes at 1,000,000 a second")
                .isGreaterThan(300_000_000L);
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
        }, 16_384, new Patience(6, Duration.ofMillis(1), Duration.ofMillis(50), 1,
                Duration.ofMinutes(1)), Line.FAST, new Random(1));
        holder[0] = download;
        return download;
    }

    @Test
    void chunksOverMqttMakeTheSameFileEvenWhenSomeAreLost() throws Exception {
        Files.write(folder.resolve("c.part"), Arrays.copyOf(image, 100_000));
        PartFile file = part("c.part");
        chunks(image, 4).fetch(piece(0, image.length), file, _ -> {
        });
        assertThat(Files.readAllBytes(file.path())).isEqualTo(image);
    }

    @Test
    void theSecondOfSeveralFilesIsCutOutOfTheChunks() throws Exception {
        byte[] all = new byte[20_001 + image.length + 5];
        System.arraycopy(image, 0, all, 20_001, image.length);
        PartFile file = part("b.part");
        chunks(all, 0).fetch(piece(20_001, all.length), file, _ -> {
        });
        assertThat(Files.readAllBytes(file.path())).isEqualTo(image);
    }

    @Test
    void chunksThatGoPastTheSignedSizeOrEndEarlyAreRefused() {
        Piece piece = piece(0, image.length);
        assertThatThrownBy(() -> chunks(bytes(400_000), 0).fetch(piece, part("d.part"), _ -> {
        })).hasMessageContaining("refused, endless data");
        assertThatThrownBy(() -> chunks(bytes(100_000), 0).fetch(piece, part("e.part"), _ -> {
        })).isInstanceOf(UpdateFailedException.class).hasMessageContaining("100000 of 300001");
    }
}
