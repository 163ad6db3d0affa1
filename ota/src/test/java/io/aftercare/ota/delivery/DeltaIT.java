package io.aftercare.ota.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.TestDatabase;
import io.aftercare.ota.OtaServer;
import io.aftercare.ota.release.Firmware;
import io.aftercare.ota.release.Firmware.Part;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A delta goes the way of an artifact: signed, uploaded, kept, told, and had by HTTP and by MQTT.
class DeltaIT {
    private static final byte[] IMAGE = new byte[50_000];
    private static final byte[] PATCH = new byte[7_000];

    static {
        new Random(1).nextBytes(IMAGE);
        new Random(2).nextBytes(PATCH);
    }

    @TempDir
    Path folder;

    @Test
    void aDeltaIsUploadedWithItsReleaseAndServedByRangeAndByChunk() throws Exception {
        try (Database database = TestDatabase.create("ota");
                OtaServer server = new OtaServer(database, folder, (_, _) -> List.of())) {
            String token = server.device("P1", "LP-2000", "B1", "2.3.0");
            Firmware team = new Firmware();
            server.send("ann", "POST", "/api/v1/signing-keys",
                    Json.text(Json.object().put("name", "k1").put("publicKey", team.publicPem())));
            ObjectNode manifest = Firmware.manifest("LP-2000", 1, "2.4.0", IMAGE);
            ((ObjectNode) manifest.at("/artifacts/0")).withArray("deltas").addObject()
                    .put("from", "1".repeat(64)).put("name", "d.zst").put("size", PATCH.length)
                    .put("sha256", Firmware.sha256(PATCH)).put("format", "zstd-patch-from");
            Part envelope = Part.envelope(team.sign(manifest, "k1"));
            OtaServer.Answer without = server.upload(List.of(envelope, Part.artifact("fw.bin", IMAGE)));
            assertThat(without.text()).contains("also lists d.zst");
            OtaServer.Answer answer = server.upload(List.of(envelope, Part.artifact("d.zst", PATCH),
                    Part.artifact("fw.bin", IMAGE)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(201);
            JsonNode release = server.send("ann", "GET", "/api/v1/releases/R1", "").json();
            assertThat(release.path("size").asInt()).isEqualTo(IMAGE.length);
            assertThat(release.at("/artifacts/0/deltas/0/from").asText()).isEqualTo("1".repeat(64));
            assertThat(release.at("/artifacts/0/deltas/0/size").asInt()).isEqualTo(PATCH.length);

            String url = offered(server).path("url").asText().replace(Firmware.sha256(IMAGE),
                    Firmware.sha256(PATCH));
            HttpResponse<byte[]> rest = server.client()
                    .send(HttpRequest.newBuilder(server.uri(url)).header("Authorization", "Bearer " + token)
                            .header("Range", "bytes=1000-").build(), HttpResponse.BodyHandlers.ofByteArray());
            assertThat(rest.statusCode()).isEqualTo(206);
            assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(PATCH, 1_000, PATCH.length));
            assertThat(chunks(server, "R1.d1")).isEqualTo(PATCH);
            assertThat(chunks(server, "R1")).isEqualTo(IMAGE);
            for (String wrong : List.of("R1.d2", "R1.d0", "R2.d1", "R1.e1")) {
                server.ota.onChunkRequest(server.find("P1"), wrong, 0, 4_096);
                assertThat(server.sent).extracting(OtaServer.Sent::suffix).as(wrong)
                        .containsOnly("ota/error");
            }
        }
    }

    private static JsonNode offered(OtaServer server) throws Exception {
        ObjectNode campaign = Json.object().put("name", "All").put("release", "R1").put("target",
                "device.id == \"P1\"");
        campaign.putArray("stages").addObject().put("percent", 100);
        campaign.putObject("gate").put("soak", "PT0S");
        for (String[] step : new String[][]{{"ann", "", Json.text(campaign)}, {"bob", "/C1/approve", ""},
                {"ann", "/C1/start", ""}}) {
            OtaServer.Answer done = server.send(step[0], "POST", "/api/v1/campaigns" + step[1], step[2]);
            assertThat(done.status()).as(done.text()).isBetween(200, 201);
        }
        return server.offer("P1");
    }

    private static byte[] chunks(OtaServer server, String unit) throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (int n = 0;; n++) {
            server.ota.onChunkRequest(server.find("P1"), unit, n, 4_096);
            OtaServer.Sent sent = server.sent.removeLast();
            assertThat(sent.suffix()).isEqualTo("ota/" + unit + "/chunk/" + n + "/data");
            all.writeBytes(sent.payload());
            if (sent.payload().length < 4_096) {
                return all.toByteArray();
            }
        }
    }
}
