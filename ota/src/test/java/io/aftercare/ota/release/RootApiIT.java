package io.aftercare.ota.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.release.Firmware.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PublicKey;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// From registered keys to a root, through its rotations, over HTTP.
class RootApiIT {
    private static final byte[] IMAGE = "firmware".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private final Ceremony people = new Ceremony();
    private final Firmware team = new Firmware();
    private Database database;
    private OtaServer server;
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        database = TestDatabase.create("ota");
        server = new OtaServer(database, folder, (_, _) -> List.of());
        token = server.device("P1", "LP-2000", "B1", "1.0.0");
        server.send("ann", "POST", "/api/v1/signing-keys",
                Json.text(Json.object().put("name", "k1").put("publicKey", team.publicPem())));
    }

    @AfterEach
    void stop() {
        server.close();
        database.close();
    }

    @Test
    void oneSignatureIsEnoughUntilThereIsARootAndThenTwoOfThreeAre() throws Exception {
        assertThat(upload(team.sign(manifest(1), "k1")).status()).isEqualTo(201);
        assertThat(upload(people.signManifest(manifest(2), "x", "y")).text()).contains("Wrong key");
        bring(201, first(), "a", "b");

        assertThat(upload(team.sign(manifest(2), "k1")).text()).contains("Wrong key")
                .contains("root version 1");
        assertThat(upload(people.signManifest(manifest(2), "x")).text())
                .contains("Key compromise: too few signatures").contains("signed have 1: x");
        OtaServer.Answer published = upload(people.signManifest(manifest(2), "x", "z"));
        assertThat(published.status()).as(published.text()).isEqualTo(201);
        assertThat(Json.parse(published.text()).path("key").asText()).isEqualTo("x, z");
        OtaServer.Answer key = server.send("ann", "POST", "/api/v1/signing-keys", Json
                .text(Json.object().put("name", "k2").put("publicKey", new Firmware().publicPem())));
        assertThat(key.status()).isEqualTo(409);
        assertThat(key.text()).contains("Root version 1").contains("POST /api/v1/roots");
    }

    @Test
    void eachDefectOfARootIsNamedAndLeavesNothing() throws Exception {
        assertThat(bring(422, first(), "a").text()).contains("Root refused: Key compromise");
        assertThat(bring(422, first(), "x", "y").text()).contains("Wrong key");
        assertThat(bring(409, first().put("version", 2), "a", "b").text()).contains("Out of order");
        assertThat(bring(422, first().put("expires", "2026-02-01T00:00:00Z"), "a", "b").text())
                .contains("Freeze: expired root");
        assertThat(bring(400, first().put("colour", "red"), "a", "b").text()).contains("colour");
        assertThat(bring(422, root(1, people.key("another server").getPublic()), "a", "b").text())
                .contains("Foreign assignment key").contains("/api/v1/assignment-keys");
        OtaServer.Answer manifest = server.send("ann", "POST", "/api/v1/roots",
                people.signManifest(manifest(1), "a", "b"));
        assertThat(manifest.text()).contains("Wrong payload type");
        assertThat(server.send("eve", "POST", "/api/v1/roots", people.signRoot(first(), "a", "b")).status())
                .isEqualTo(403);
        assertThat(server.send("ann", "GET", "/api/v1/roots", "").json().path("items")).isEmpty();
        assertThat(server.send("ann", "GET", "/api/v1/roots/1", "").status()).isEqualTo(404);
    }

    @Test
    void aRotationNeedsOldAndNewKeysAndEndsALostOne() throws Exception {
        bring(201, first(), "a", "b");
        ObjectNode second = people.root(2, List.of("b", "c", "d"), 2, List.of("x", "y", "w"), 2,
                own());
        assertThat(bring(422, second, "c", "d").text()).contains("Key compromise");
        assertThat(bring(409, first(), "a", "b").text()).contains("Out of order");
        bring(201, second, "b", "c");
        assertThat(upload(people.signManifest(manifest(2), "x", "z")).text()).contains("too few");
        assertThat(upload(people.signManifest(manifest(2), "x", "w")).status()).isEqualTo(201);
        JsonNode items = server.send("ann", "GET", "/api/v1/roots", "").json().path("items");
        assertThat(items).hasSize(2);
        assertThat(items.get(0).path("version").asInt()).isEqualTo(2);
        assertThat(items.get(0).at("/roles/release/threshold").asInt()).isEqualTo(2);
        assertThat(items.get(0).path("keys").path("w").asText()).hasSize(64);
    }

    @Test
    void aNewRootWithdrawsWhatItDoesNotCoverAndEndsItsCampaigns() throws Exception {
        bring(201, first(), "a", "b");
        assertThat(upload(people.signManifest(manifest(1), "x", "z")).status()).isEqualTo(201);
        assertThat(upload(people.signManifest(manifest(2), "x", "y")).status()).isEqualTo(201);
        String campaign = server.send("ann", "POST", "/api/v1/campaigns",
                Json.text(Json.object().put("name", "one").put("release", "R1"))).json().path("id").asText();
        bring(201, people.root(2, List.of("a", "b", "c"), 2, List.of("x", "y", "w"), 2, own()), "a", "b");
        OtaServer.await("the withdrawal", () -> state(campaign).path("state").asText().equals("aborted"));
        assertThat(state(campaign).path("reason").asText()).contains("root version 2");
        List<String> kept = database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT id FROM ota.release WHERE withdrawn_at IS NULL").mapTo(String.class)
                .list());
        assertThat(kept).containsExactly("R2");
    }

    private JsonNode state(String campaign) {
        try {
            return server.send("ann", "GET", "/api/v1/campaigns/" + campaign, "").json();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aCounterDrivenUpByAThiefIsResetThroughTheRoot() throws Exception {
        bring(201, first(), "a", "b");
        assertThat(upload(people.signManifest(manifest(5), "x", "y")).status()).isEqualTo(201);
        assertThat(upload(people.signManifest(manifest(1_000_006), "x", "y")).text())
                .contains("Fast-forward");
        assertThat(upload(people.signManifest(manifest(1_000_005), "x", "y")).status()).isEqualTo(201);
        assertThat(upload(people.signManifest(manifest(6), "x", "y")).text()).contains("Rollback");
        ObjectNode second = root(2, own());
        second.putObject("counterReset").put("LP-2000", 5);
        bring(201, second, "a", "b");
        assertThat(upload(people.signManifest(manifest(5), "x", "y")).status()).isEqualTo(409);
        assertThat(upload(people.signManifest(manifest(6), "x", "y")).status()).isEqualTo(201);
        assertThat(upload(people.signManifest(manifest(6).put("version", "9.9"), "x", "y")).text())
                .contains("Rollback");
        OtaServer.Answer used = upload(
                people.signManifest(manifest(1_000_005).put("version", "9.9"), "x", "y"));
        assertThat(used.text()).contains("was used by R2 before it was reset");
    }

    @Test
    void devicesGetTheRootsByteForByteWithTheirTokenAlone() throws Exception {
        String envelope = people.signRoot(first(), "a", "b");
        assertThat(server.send("ann", "POST", "/api/v1/roots", envelope).status()).isEqualTo(201);
        HttpResponse<String> answer = device(1, token);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo(envelope);
        assertThat(device(2, token).statusCode()).isEqualTo(404);
        assertThat(device(1, "wrong").statusCode()).isEqualTo(401);
        server.ota.onChunkRequest(server.find("P1"), "root.1", 0, 65_536);
        server.ota.onChunkRequest(server.find("P1"), "root.2", 0, 65_536);
        assertThat(server.sent).extracting(OtaServer.Sent::suffix).containsExactly("ota/root.1/chunk/0/data",
                "ota/error");
        assertThat(new String(server.sent.getFirst().payload(), StandardCharsets.UTF_8)).isEqualTo(envelope);
    }

    @Test
    void theServersKeyIsForItselfAloneAndItsSuccessorWaitsForARoot() throws Exception {
        JsonNode key = keys().get(0);
        assertThat(key.path("signs").asBoolean()).isTrue();
        Path file = folder.resolve("keys").resolve(key.path("name").asText() + ".key");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
        assertThat(new AssignmentKeys(folder.resolve("keys")).all().getFirst().open()).isEqualTo(own());

        bring(201, first(), "a", "b");
        assertThat(server.send("ann", "POST", "/api/v1/assignment-keys", "").status()).isEqualTo(201);
        assertThat(keys()).extracting(each -> each.path("signs").asBoolean()).containsExactly(false, true);
        OtaServer.Answer third = server.send("ann", "POST", "/api/v1/assignment-keys", "");
        assertThat(third.status()).isEqualTo(409);
        bring(201, root(2, Ed25519.publicKey(keys().get(0).path("publicKey").asText())), "a", "b");
        assertThat(keys()).extracting(each -> each.path("signs").asBoolean()).containsExactly(true, false);
        assertThat(server.send("ann", "POST", "/api/v1/assignment-keys", "").status()).isEqualTo(201);
        assertThat(keys()).extracting(each -> each.path("name").asText()).containsExactly("assignment-3",
                "assignment-2");
        assertThat(file).doesNotExist();
    }

    private JsonNode keys() throws Exception {
        return server.send("ann", "GET", "/api/v1/assignment-keys", "").json().path("items");
    }

    private PublicKey own() throws Exception {
        return Ed25519.publicKey(keys().get(0).path("publicKey").asText());
    }

    private ObjectNode first() throws Exception {
        return root(1, own());
    }

    private ObjectNode root(long version, PublicKey online) {
        return people.root(version, List.of("a", "b", "c"), 2, List.of("x", "y", "z"), 2, online);
    }

    private OtaServer.Answer bring(int status, ObjectNode root, String... signers) throws Exception {
        OtaServer.Answer answer = server.send("ann", "POST", "/api/v1/roots", people.signRoot(root, signers));
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        return answer;
    }

    private static ObjectNode manifest(long counter) {
        return Firmware.manifest("LP-2000", counter, "1.0." + counter, IMAGE);
    }

    private OtaServer.Answer upload(String envelope) throws Exception {
        return server.upload(List.of(Part.envelope(envelope), Part.artifact("fw.bin", IMAGE)));
    }

    private HttpResponse<String> device(int version, String secret) throws Exception {
        return server.client().send(HttpRequest.newBuilder(server.uri("/device/v1/P1/roots/" + version))
                .header("Authorization", "Bearer " + secret).build(), HttpResponse.BodyHandlers.ofString());
    }
}
