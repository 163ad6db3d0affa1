package io.aftercare.remote.crash;

import static io.aftercare.remote.crash.CrashHouse.IN_BUILD_1;
import static io.aftercare.remote.crash.CrashHouse.data;
import static io.aftercare.remote.crash.symbol.Fixture.BUILD_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.TestApi.Answer;
import io.aftercare.remote.Surroundings.Consent;
import io.aftercare.remote.Surroundings.Purpose;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DumpsIT {
    private final CrashHouse house = new CrashHouse();
    private String token = "";

    @BeforeEach
    void prepare() {
        token = house.remote.token("SN-1");
    }

    @AfterEach
    void stop() {
        house.close();
    }

    private int put(String name, byte[] body, String... headers) throws Exception {
        return house.remote.asDevice(token, "PUT", "SN-1/uploads/" + name, body, headers).statusCode();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    private static byte[] dump(String name) {
        ObjectNode dump = data(name, BUILD_1, IN_BUILD_1).put("ts", 1767225600000L)
                .put("message", "Segmentation fault");
        dump.put("registers", "x".repeat(1000));
        return Json.text(dump).getBytes(UTF_8);
    }

    private JsonNode only(String dumpState) {
        return house.await("/devices/SN-1/crashes", page -> page.path("items").size() == 1
                && page.path("items").path(0).path("dump").path("state").asText().equals(dumpState)
                && !page.path("items").path(0).path("state").asText().equals("pending")).path("items")
                .path(0);
    }

    private List<String> deeds() {
        return house.remote.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT action FROM fleet.audit WHERE object LIKE 'crash/%' ORDER BY id")
                .mapTo(String.class).list());
    }

    @Test
    void aDumpThatComesBeforeItsEventIsTheSameCrash() throws Exception {
        byte[] packed = gzip(dump("crash-9"));
        int half = packed.length / 2;
        String digest = "sha-256=:" + Base64.getEncoder().encodeToString(Sha256.of(packed)) + ":";
        byte[] first = Arrays.copyOfRange(packed, 0, half);
        byte[] rest = Arrays.copyOfRange(packed, half, packed.length);
        assertThat(put("crash-9", first, "Content-Range", "bytes 0-" + (half - 1) + "/" + packed.length))
                .isEqualTo(308);
        assertThat(put("crash-9", rest, "Content-Range",
                "bytes " + half + "-" + (packed.length - 1) + "/" + packed.length, "Repr-Digest", digest))
                .isEqualTo(201);
        JsonNode crash = only("report");
        assertThat(crash.path("process").asText()).isEqualTo("spoolerd");
        assertThat(crash.path("at").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(crash.path("state").asText()).isEqualTo("symbols-missing");
        assertThat(crash.path("dump").path("bytes").asInt()).isEqualTo(packed.length);
        house.crash("SN-1", "told afterwards", Json.object().put("id", "crash-9"));
        house.await("/devices/SN-1/crashes",
                page -> page.path("items").path(0).path("message").asText().equals("told afterwards"));
        JsonNode after = only("report");
        assertThat(after.path("id")).isEqualTo(crash.path("id"));
        assertThat(after.path("group")).isEqualTo(crash.path("group"));
        assertThat(house.get("/crash-groups").path("items")).as("the group of the unread one is gone")
                .hasSize(1);
    }

    @Test
    void aDumpAddsTheStackThatTheEventDidNotHave() throws Exception {
        house.crash("SN-1", "Segmentation fault",
                Json.object().put("id", "crash-9").put("reason", "SIGSEGV"));
        JsonNode bare = only("none");
        assertThat(bare.path("state").asText()).isEqualTo("no-stack");
        assertThat(put("crash-9", dump("crash-9"))).isEqualTo(201);
        JsonNode whole = only("report");
        assertThat(whole.path("id")).isEqualTo(bare.path("id"));
        assertThat(whole.path("state").asText()).isEqualTo("symbols-missing");
        assertThat(whole.path("group")).isNotEqualTo(bare.path("group"));
        assertThat(house.get("/crash-groups").path("items")).hasSize(1);
    }

    @Test
    void whatIsNoReportIsKeptAsItCameAndMayBeDownloadedAndDestroyed() throws Exception {
        byte[] core = gzip("\u007fELF a core file".getBytes(UTF_8));
        assertThat(put("crash-9", core)).isEqualTo(201);
        JsonNode crash = only("opaque");
        String path = "/crashes/" + crash.path("id").asText();
        assertThat(house.ask("a:agent", "GET", path + "/dump", null).status()).isEqualTo(403);
        Answer downloaded = house.ask("e:engineer", "GET", path + "/dump", null);
        assertThat(downloaded.status()).isEqualTo(200);
        assertThat(downloaded.header("Content-Disposition")).contains(".dump");
        assertThat(downloaded.header("Cache-Control")).isEqualTo("no-store");
        assertThat(
                house.ask("e:engineer", "DELETE", path + "/dump?reason=privacy", null, "If-Match", "\"99\"")
                        .status())
                .isEqualTo(412);
        assertThat(house.ask("e:engineer", "DELETE", path + "/dump", null, "If-Match", "\"1\"").status())
                .isEqualTo(400);
        String version = crash.path("version").asText();
        assertThat(house.ask("e:engineer", "DELETE", path + "/dump?reason=privacy", null, "If-Match",
                "\"" + version + "\"").status()).isEqualTo(204);
        assertThat(house.ask("e:engineer", "GET", path + "/dump", null).status()).isEqualTo(404);
        assertThat(only("destroyed").path("dump").path("sha256").asText()).isEqualTo(Sha256.hex(core));
        assertThat(deeds()).containsExactly("crash.dump.read", "crash.dump.destroy", "crash.dump.refused");
    }

    @Test
    void whereTheCustomerRefusedTheDumpIsDestroyedAsItComes() throws Exception {
        house.remote.consents.put(Purpose.DATA, Consent.REFUSED);
        assertThat(put("crash-9", dump("crash-9"))).isEqualTo(201);
        JsonNode crash = only("destroyed");
        assertThat(crash.path("process").asText()).as("nothing of it was read").isEmpty();
        assertThat(deeds()).containsExactly("crash.dump.destroy");
        try (var files = Files.list(house.remote.files.resolve("uploads"))) {
            assertThat(files).isEmpty();
        }
    }

    @Test
    void aWithdrawnConsentClosesADumpThatIsHere() throws Exception {
        assertThat(put("crash-9", dump("crash-9"))).isEqualTo(201);
        String path = "/crashes/" + only("report").path("id").asText() + "/dump";
        house.remote.consents.put(Purpose.DATA, Consent.WITHDRAWN);
        assertThat(house.ask("e:engineer", "GET", path, null).text()).contains("has withdrawn the consent");
        assertThat(deeds()).containsExactly("crash.dump.refused");
    }

    @Test
    void aDumpThatIsAskedForComesByTheActionsUpload() throws Exception {
        house.remote.connected = true;
        house.remote.openTickets.add("T-1");
        house.crash("SN-1", Json.object().put("id", "crash-9"));
        String path = "/crashes/" + only("none").path("id").asText() + "/dump";
        house.remote.consents.put(Purpose.DATA, Consent.REFUSED);
        assertThat(house.ask("a:agent", "POST", path, "{\"ticket\":\"T-1\"}").status()).isEqualTo(409);
        only("none");
        house.remote.consents.put(Purpose.DATA, Consent.GIVEN);
        Answer asked = house.ask("a:agent", "POST", path, "{\"ticket\":\"T-1\",\"why\":\"to see the heap\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        assertThat(house.ask("a:agent", "POST", path, "{}").text()).contains("already; wait until");
        JsonNode sent = Json.parse(house.remote.sent.getFirst().split(" ", 2)[1]);
        assertThat(sent.path("action").asText()).isEqualTo("get_crash");
        assertThat(sent.path("params").path("id").asText()).isEqualTo("crash-9");
        String upload = sent.path("params").path("upload").path("id").asText();
        assertThat(put(upload, dump("crash-9"))).isEqualTo(201);
        JsonNode crash = only("report");
        assertThat(crash.path("dump").path("ticket").asText()).isEqualTo("T-000001");
        assertThat(house.ask("a:agent", "POST", path, "{}").text()).contains("is here already");
    }

    @Test
    void aDumpThatWasAskedForGoesWithItsCaseAndOthersStay() throws Exception {
        house.remote.connected = true;
        house.remote.openTickets.add("T-000012");
        house.crash("SN-1", Json.object().put("id", "crash-9"));
        String id = only("none").path("id").asText();
        Answer asked = house.ask("a:agent", "POST", "/crashes/" + id + "/dump",
                "{\"ticket\":\"T-000012\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        JsonNode sent = Json.parse(house.remote.sent.getFirst().split(" ", 2)[1]);
        assertThat(put(sent.path("params").path("upload").path("id").asText(), dump("crash-9")))
                .isEqualTo(201);
        only("report");
        assertThat(put("crash-10", dump("crash-10"))).isEqualTo(201);
        house.await("/devices/SN-1/crashes", page -> page.path("items").size() == 2
                && page.findValuesAsText("state").stream().filter("report"::equals).count() == 2);
        house.remote.tell("data.purge", "12/1",
                Json.object().put("ticket", "12").put("number", "T-000012"));
        house.await("/crashes/" + id, crash -> crash.path("dump").path("state").asText().equals("destroyed"));
        house.drained();
        assertThat(house.get("/crashes?device=SN-1").findValuesAsText("state")).contains("report");
        assertThat(house.remote.told).anyMatch(told -> told.startsWith("data.purged")
                && told.contains("\"purged\":1"));
        house.remote.tell("data.purge", "12/2",
                Json.object().put("ticket", "12").put("number", "T-000012"));
        house.drained();
        assertThat(house.remote.told).filteredOn(told -> told.startsWith("data.purged")).hasSize(1);
    }

    @Test
    void aDeviceThatCannotSendItLetsItBeAskedForAgain() throws Exception {
        house.remote.connected = true;
        house.crash("SN-1", Json.object().put("id", "crash-9"));
        house.crash("SN-2", Json.object());
        String path = "/crashes/" + only("none").path("id").asText() + "/dump";
        String action = house.ask("a:agent", "POST", path, "{}").json().path("action").asText();
        only("asked");
        house.remote.remote.actions().result(new DeviceId("SN-1"), action,
                Json.parse("{\"status\":\"failed\",\"error\":\"there is no dump\"}"));
        only("none");
        assertThat(house.ask("a:agent", "POST", path, "{}").status()).isEqualTo(202);
        String nameless = house.settled("SN-2", 1).path(0).path("id").asText();
        assertThat(house.ask("a:agent", "POST", "/crashes/" + nameless + "/dump", "{}").text())
                .contains("no name by which it could be asked");
    }
}
