package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.release.Firmware.Part;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every attack on an upload is refused by name, and leaves nothing behind.
class ReleaseUploadIT {
    private static final byte[] IMAGE = "firmware".repeat(10_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Firmware team = new Firmware();
    private Database database;
    private OtaServer server;

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        server.device("P1", "LP-2000", "B1", "2.3.0");
        assertThat(server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "k1").put("publicKey", team.publicPem()))).status())
                .isEqualTo(201);
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void eachAttackIsRefusedByItsName() throws Exception {
        Firmware thief = new Firmware();
        refused("Wrong key", good(thief.sign(manifest(1), "k2")));
        refused("Tampered payload", good(thief.sign(manifest(1), "k1")));
        refused("Freeze", good(team.sign(manifest(1).put("expires", "2026-02-01T00:00:00Z"), "k1")));
        refused("Malformed", good(team.sign(manifest(1).put("colour", "red"), "k1")));
        refused("there is no product", good(team.sign(manifest(1).put("product", "LP-9"), "k1")));
        String signed = team.sign(manifest(1), "k1");
        byte[] other = IMAGE.clone();
        other[5] ^= 1;
        refused("Arbitrary software", List.of(Part.envelope(signed), Part.artifact("fw.bin", other)));
        byte[] longer = java.util.Arrays.copyOf(IMAGE, IMAGE.length + 1);
        refused("Endless data", List.of(Part.envelope(signed), Part.artifact("fw.bin", longer)));
        byte[] shorter = java.util.Arrays.copyOf(IMAGE, IMAGE.length - 1);
        refused("Wrong size", List.of(Part.envelope(signed), Part.artifact("fw.bin", shorter)));
        refused("Mix and match", List.of(Part.envelope(signed)));
        refused("Mix and match", List.of(Part.envelope(signed), Part.artifact("other.bin", IMAGE)));
        refused("Mix and match", List.of(Part.envelope(signed), Part.artifact("fw.bin", IMAGE),
                Part.artifact("fw.bin", IMAGE)));
        refused("first part must be", List.of(Part.artifact("fw.bin", IMAGE), Part.envelope(signed)));
        refused("unknown", List.of(Part.envelope(signed), new Part("extra", "x", IMAGE)));
        assertThat(server.send("ann", "GET", "/api/v1/releases", "").json().path("items")).isEmpty();
        refused("root.bin", two(signedTwo(), Part.artifact("fw.bin", IMAGE)));
        assertThat(files("incoming")).isEmpty();
        assertThat(files("sha256")).isEmpty();
        assertThat(rows()).isZero();

        assertThat(server.upload(good(signed)).status()).isEqualTo(201);
        refused("Rollback", good(signed));
        OtaServer.Answer sameVersion = server.upload(good(team.sign(manifest(2), "k1")));
        assertThat(sameVersion.status()).isEqualTo(409);
        assertThat(sameVersion.text()).contains("published already");
    }

    @Test
    void whatOnlyARevokedKeySignedIsWithdrawn() throws Exception {
        assertThat(server.upload(good(team.sign(manifest(1), "k1"))).status()).isEqualTo(201);
        assertThat(server.send("ann", "DELETE", "/api/v1/signing-keys/k1", "").status()).isEqualTo(204);
        OtaServer.await("the withdrawal", () -> database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT coalesce(withdrawn_for, '') FROM ota.release").mapTo(String.class).one())
                .contains("k1, which was revoked"));
    }

    @Test
    void aProductDoesNotBeginWhereNoNumberIsLeft() throws Exception {
        refused("Fast-forward", good(team.sign(manifest((1L << 53) - 1), "k1")));
        assertThat(server.upload(good(team.sign(manifest(2_026_112_201L), "k1"))).status())
                .isEqualTo(201);
    }

    @Test
    void aRevokedKeySignsNothingMore() throws Exception {
        assertThat(server.send("ann", "DELETE", "/api/v1/signing-keys/k1", "").status()).isEqualTo(204);
        refused("Wrong key", good(team.sign(manifest(1), "k1")));
        OtaServer.Answer again = server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "k1").put("publicKey", new Firmware().publicPem())));
        assertThat(again.status()).isEqualTo(409);
    }

    @Test
    void onlyEd25519KeysAreRegistered() throws Exception {
        OtaServer.Answer answer = server.send("ann", "POST", "/api/v1/signing-keys", Json.text(Json.object()
                .put("name", "k2")
                .put("publicKey", "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----")));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().path("errors").get(0).path("field").asText()).isEqualTo("publicKey");
        assertThat(server.send("eve", "POST", "/api/v1/signing-keys", "{}").status()).isEqualTo(403);
    }

    @Test
    void theEnvelopeMayComeAsAPlainFieldToo() throws Exception {
        List<Part> parts = List.of(new Part("envelope", "",
                team.sign(manifest(1), "k1").getBytes(StandardCharsets.UTF_8)),
                Part.artifact("fw.bin", IMAGE));
        OtaServer.Answer answer = server.upload(parts);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    @Test
    void aFileWithoutItsReleaseGoesAtAStartADayLater() throws Exception {
        Path old = orphan("ab", Instant.now().minus(Duration.ofHours(25)));
        restart();
        assertThat(server.upload(good(team.sign(manifest(1), "k1"))).status()).isEqualTo(201);
        String sha256 = Firmware.sha256(IMAGE);
        Path kept = folder.resolve("artifacts/sha256").resolve(sha256.substring(0, 2))
                .resolve(sha256.substring(2));
        Files.setLastModifiedTime(kept, FileTime.from(Instant.now().minus(Duration.ofDays(9))));
        assertThat(old).as("without any release nothing is judged").exists();
        Path young = orphan("cd", Instant.now().minus(Duration.ofHours(23)));
        restart();
        OtaServer.await("the orphan to go", () -> Files.notExists(old));
        restart(); // which ends the round that is at work
        assertThat(kept).exists();
        assertThat(young).exists();
    }

    private void restart() throws IOException {
        server.close();
        server = new OtaServer(database, folder, (_, _) -> List.of());
    }

    private Path orphan(String digits, Instant written) throws IOException {
        Path file = folder.resolve("artifacts/sha256").resolve(digits).resolve(digits.repeat(31));
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[100]);
        return Files.setLastModifiedTime(file, FileTime.from(written));
    }

    @Test
    void whatIsSentAgainUnderItsKeyIsPublishedOnce() throws Exception {
        Map<String, String> key = Map.of("Idempotency-Key", "release 1");
        byte[] body = Firmware.multipart(good(team.sign(manifest(1), "k1")));
        OtaServer.Answer first = server.upload(HttpRequest.BodyPublishers.ofByteArray(body), key);
        assertThat(first.status()).as(first.text()).isEqualTo(201);
        OtaServer.Answer again = server.upload(HttpRequest.BodyPublishers.ofByteArray(body), key);
        assertThat(again.status()).as(again.text()).isEqualTo(201);
        assertThat(again.json()).isEqualTo(first.json());
        assertThat(rows()).as("a release and its artifact").isEqualTo(2);
        OtaServer.Answer other = server.upload(HttpRequest.BodyPublishers
                .ofByteArray(Firmware.multipart(two(signedTwo(), Part.artifact("fw.bin", IMAGE)))), key);
        assertThat(other.status()).as(other.text()).isEqualTo(422);
    }

    @Test
    void aReleaseMayHaveSeveralComponents() throws Exception {
        ObjectNode manifest = manifest(1);
        byte[] second = {1, 2, 3};
        ((ArrayNode) manifest.get("artifacts")).addObject().put("name", "boot.bin").put("size", 3)
                .put("sha256", Firmware.sha256(second));
        String signed = team.sign(manifest, "k1");
        refused("boot.bin", List.of(Part.envelope(signed), Part.artifact("fw.bin", IMAGE)));
        OtaServer.Answer answer = server
                .upload(List.of(Part.envelope(signed), Part.artifact("boot.bin", second),
                        Part.artifact("fw.bin", IMAGE)));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(Json.parse(answer.text()).path("size").asLong()).isEqualTo(IMAGE.length + 3L);
    }

    @Test
    void aLargeArtifactPassesThroughLittleMemory() throws Exception {
        long size = 100L << 20;
        Path large = folder.resolve("large.bin");
        try (var file = new java.io.RandomAccessFile(large.toFile(), "rw")) {
            file.setLength(size);
        }
        ObjectNode manifest = manifest(1);
        ((ObjectNode) manifest.get("artifacts").get(0)).put("size", size).put("sha256",
                FileHash.of(large).sha256());
        byte[] body = Firmware.multipart(List.of(Part.envelope(team.sign(manifest, "k1")),
                Part.artifact("fw.bin", "CUT".getBytes(StandardCharsets.UTF_8))));
        int cut = new String(body, StandardCharsets.ISO_8859_1).lastIndexOf("CUT");
        HttpRequest.BodyPublisher streamed = HttpRequest.BodyPublishers.concat(
                HttpRequest.BodyPublishers.ofByteArray(body, 0, cut),
                HttpRequest.BodyPublishers.ofFile(large),
                HttpRequest.BodyPublishers.ofByteArray(body, cut + 3, body.length - cut - 3));
        Peak peak = new Peak();
        OtaServer.Answer answer = server.upload(streamed);
        System.out.println(
                "Upload of " + (size >> 20) + " MiB: " + peak.seconds() + " s, peak of used heap and direct"
                        + " memory above the start " + peak.mebibytes() + " MiB");
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(peak.mebibytes()).isLessThan(100);
    }

    // of two components the first is good: it may not stay behind when the second is missing
    private String signedTwo() {
        ObjectNode manifest = manifest(1);
        ((ArrayNode) manifest.get("artifacts")).addObject().put("name", "root.bin").put("size", 3).put(
                "sha256",
                "0".repeat(64));
        return team.sign(manifest, "k1");
    }

    private static List<Part> two(String envelope, Part artifact) {
        return List.of(Part.envelope(envelope), artifact);
    }

    private int rows() {
        return database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT (SELECT count(*) FROM ota.release) + (SELECT count(*) FROM ota.artifact)")
                .mapTo(Integer.class).one());
    }

    private void refused(String name, List<Part> parts) throws IOException, InterruptedException {
        OtaServer.Answer answer = server.upload(parts);
        assertThat(answer.status()).as(answer.text()).isBetween(400, 499);
        assertThat(answer.text()).contains(name);
        assertThat(answer.contentType()).contains("application/problem+json");
    }

    private static ObjectNode manifest(long counter) {
        return Firmware.manifest("LP-2000", counter, "2.4.0", IMAGE);
    }

    private static List<Part> good(String envelope) {
        return List.of(Part.envelope(envelope), Part.artifact("fw.bin", IMAGE));
    }

    private List<Path> files(String of) throws IOException {
        try (Stream<Path> all = Files.list(folder.resolve("artifacts").resolve(of))) {
            return all.toList();
        }
    }
}
