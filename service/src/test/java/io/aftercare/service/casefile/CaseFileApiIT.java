package io.aftercare.service.casefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.net.http.HttpResponse;
import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseFileApiIT {
    private static final String QUALITY = "qin:quality";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeAll
    void open() {
        api.database.jdbi().useHandle(handle -> handle.execute("UPDATE fleet.device SET region = outlet"));
        api.devices.refresh(new DeviceId("LP-1"));
    }

    @Test
    @Tag("R83")
    @Tag("R86")
    void aCaseHasOneFileThatGrowsWithItAndIsFrozenWhenItIsClosed() {
        String path = open("LP-1");
        JsonNode live = api.get(path + "/case-file").body();
        assertThat(live.get("state").asText()).isEqualTo("open");
        assertThat(live.get("complete").asBoolean()).isFalse();
        assertThat(live.get("missing")).hasSize(2);
        assertThat(kinds(live)).containsExactly("order", "handling", "acceptance");
        api.post(path + "/comments", "{\"text\":\"客户说打印正常了\",\"contact\":true}");
        solve(path);
        JsonNode file = api.get(path + "/case-file").body();
        assertThat(kinds(file)).containsExactly("order", "feedback", "handling", "acceptance");
        assertThat(file.get("state").asText()).isEqualTo("archived");
        assertThat(file.get("complete").asBoolean()).isTrue();
        assertThat(file.get("class").asText()).isEqualTo("enquiry");
        JsonNode kept = file.get("archived").get(0);
        HttpResponse<String> page = api.page("ann:agent",
                "/case-files/" + kept.get("id").asText() + "/content");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("sandbox");
        assertThat(Sha256.hex(page.body())).isEqualTo(kept.get("sha256").asText());
        assertThat(page.body()).contains("客户说打印正常了").contains("worn roller").contains("test page")
                .contains("Acceptance certificate / 验收单").doesNotContain("Li Wei").doesNotContain("<script");
        assertThat(audited("case-file.archive", kept)).isEqualTo(1);
        assertThat(audited("case-file.read", kept)).isEqualTo(1);
        HttpResponse<String> chinese = api.page("ann:agent", path + "/case-file?format=html&lang=zh");
        assertThat(chinese.body()).contains("<html lang=\"zh\">").contains("处理记录")
                .doesNotContain("Handling record");
        assertThatThrownBy(() -> api.database.useTransaction(handle -> handle
                .execute("UPDATE service.case_file SET content = 'x'::bytea WHERE id = ?",
                        kept.get("id").asLong())))
                .hasMessageContaining("stays as it is");
    }

    @Test
    @Tag("R83")
    @Tag("R86")
    void aCaseWithAWorkOrderIsClosedOnlyWhenItsFileIsCompleteAndSaysWhatIsMissing() {
        String path = open("LP-1");
        String number = api.post(path + "/work-orders", "{\"type\":\"depot\",\"task\":\"Fuser\"}").body()
                .get("number").asText();
        JsonNode file = api.get(path + "/case-file").body();
        assertThat(file.get("class").asText()).isEqualTo("repair");
        assertThat(file.get("missing").get(2).asText()).contains(number).contains("draft");
        api.database.jdbi().useHandle(handle -> handle.execute("""
                UPDATE service.work_order SET state = 'failed',
                    course = course || '{"failure":"<b>the customer was away</b>"}'"""));
        api.call("eve:engineer", "POST", "/costs", "{\"ticket\":\"" + path.substring("/tickets/".length())
                + "\",\"kind\":\"travel\",\"amount\":30,\"text\":\"By train\"}");
        api.post(path + "/comments", "{\"text\":\"Somebody may come on Monday\",\"contact\":true}");
        api.post(path + "/consents",
                "{\"part\":\"FU-1\",\"granted\":true,\"channel\":\"phone\",\"note\":\"agreed\"}");
        api.clock.forward(Duration.ofHours(1));
        move(path, "{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}");
        String closing = "{\"to\":\"closed\",\"verification\":\"test page\"}";
        Answer refused = api.post(path + "/transitions", closing);
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.body().get("detail").asText()).contains("file must be complete")
                .contains("feedback is missing").contains("\"contact\": true");
        assertThat(api.get(path).body().get("state").asText()).isEqualTo("resolved");
        api.post(path + "/comments", "{\"text\":\"Content\",\"contact\":true}");
        move(path, closing);
        JsonNode kept = api.get(path + "/case-file").body();
        assertThat(kinds(kept)).contains("work-order", "cost");
        assertThat(api
                .page("ann:agent",
                        "/case-files/" + kept.get("archived").get(0).get("id").asText() + "/content")
                .body()).contains(number).contains("&lt;b&gt;the customer was away");
    }

    @Test
    @Tag("R83")
    void aCaseThatIsReopenedGetsAnotherRevision() {
        String path = open("LP-1");
        solve(path);
        move(path, "{\"to\":\"reopened\",\"reason\":\"jams again\"}");
        assertThat(api.get(path + "/case-file").body().get("state").asText()).isEqualTo("open");
        solve(path);
        JsonNode archived = api.get(path + "/case-file").body().get("archived");
        assertThat(archived.findValuesAsText("revision")).containsExactly("2", "1");
    }

    @Test
    @Tag("R85")
    void filesAreFoundByClassCustomerAndDateAndKeptAsTheirClassSays() {
        JsonNode classes = api.get("/case-file-classes").body().get("items");
        assertThat(classes.findValuesAsText("class")).containsExactly("complaint", "enquiry", "remote",
                "repair",
                "return");
        assertThat(api
                .call(QUALITY, "PUT", "/case-file-classes/enquiry", "{\"keepDays\":30,\"custodian\":\"qin\"}")
                .status()).isEqualTo(428);
        String version = '"' + classes.get(1).get("version").asText() + '"';
        assertThat(api
                .call(QUALITY, "PUT", "/case-file-classes/enquiry", "{\"keepDays\":30,\"custodian\":\"qin\"}",
                        "If-Match", version)
                .body().get("keepDays").asInt()).isEqualTo(30);
        assertThat(api
                .call(QUALITY, "PUT", "/case-file-classes/enquiry", "{\"keepDays\":31,\"custodian\":\"qin\"}",
                        "If-Match", version)
                .status()).isEqualTo(412);
        String path = open("LP-2");
        solve(path);
        JsonNode file = api.get(path + "/case-file").body();
        String found = "/case-files?class=enquiry&customer=" + file.get("customer").asText() + "&from="
                + file.get("closedAt").asText();
        JsonNode line = api.get(found).body().get("items").get(0);
        assertThat(line.get("custodian").asText()).isEqualTo("qin");
        assertThat(Instant.parse(line.get("keepUntil").asText())).isEqualTo(Instant
                .parse(line.get("closedAt").asText()).plus(Duration.ofDays(30)));
        assertThat(api.get(found.replace("enquiry", "complaint")).body().get("items")).isEmpty();
        assertThat(api.get(found + "&to=" + file.get("closedAt").asText()).body().get("items")).isEmpty();
        assertThat(api.get("/case-files?from=yesterday").status()).isEqualTo(400);
        assertThat(api.call("shop:partner:north", "GET", "/case-files/" + line.get("id").asText(), null)
                .status())
                .isEqualTo(404);
        String one = "/case-files/" + line.get("id").asText();
        assertThat(api
                .call(QUALITY, "PATCH", one, "{\"keepUntil\":\"2026-11-03T00:00:00Z\"}", "If-Match", "\"1\"")
                .body().get("detail").asText()).contains("prolonged");
        assertThat(api.call(QUALITY, "PATCH", one, "{\"custodian\":\"wang\"}", "If-Match", "\"1\"").body()
                .get("custodian").asText()).isEqualTo("wang");
    }

    @Test
    @Tag("R87")
    void whoIsOfAnotherRegionBorrowsAFileIsRemindedWhenLateAndGivesItBack() {
        String path = open("LP-1");
        solve(path);
        String id = api.get(path + "/case-file").body().get("archived").get(0).get("id").asText();
        String content = "/case-files/" + id + "/content";
        String stranger = "sun:engineer::south";
        assertThat(api.page("nora:engineer::north", content).statusCode()).isEqualTo(200);
        HttpResponse<String> refused = api.page(stranger, content);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("region north").contains("lend");
        String until = api.clock.instant().plus(Duration.ofDays(2)).toString();
        String lending = "{\"borrower\":\"sun\",\"why\":\"same fault in the south\",\"until\":\"" + until
                + "\"}";
        assertThat(api.call(stranger, "POST", "/case-files/" + id + "/loans", lending).status())
                .isEqualTo(403);
        assertThat(api.call("zoe:quality::south", "POST", "/case-files/" + id + "/loans", lending).status())
                .isEqualTo(403);
        Answer loan = api.call(QUALITY, "POST", "/case-files/" + id + "/loans", lending);
        assertThat(loan.status()).isEqualTo(201);
        assertThat(api.page(stranger, content).statusCode()).isEqualTo(200);
        api.clock.forward(Duration.ofDays(3));
        assertThat(api.page(stranger, content).statusCode()).isEqualTo(403);
        assertThat(api.call(QUALITY, "GET", "/case-file-loans?state=overdue", null).body().get("items")
                .findValuesAsText("borrower")).contains("sun");
        String key = "case-file-loan/" + loan.body().get("id").asText() + "/overdue";
        api.await("/case-files/" + id, _ -> told(key) == 1);
        assertThat(api
                .call("eve:agent", "POST", "/case-file-loans/" + loan.body().get("id").asText() + "/return",
                        null)
                .status()).isEqualTo(404);
        JsonNode back = api
                .call(stranger, "POST", "/case-file-loans/" + loan.body().get("id").asText() + "/return",
                        null)
                .body();
        assertThat(back.get("returnedAt").isNull()).isFalse();
        assertThat(api.call(QUALITY, "GET", "/case-file-loans?state=returned", null).body().get("items")
                .findValuesAsText("id")).contains(loan.body().get("id").asText());
    }

    @Test
    @Tag("R84")
    void anAuditDrawsFilesAndFindsWhereTheRecordWasChangedBehindIt() {
        try (TestApi desk = new TestApi()) {
            for (int i = 0; i < 5; i++) {
                solve(desk, open(desk, "LP-1"));
            }
            String order = "{\"size\":3,\"seed\":42}";
            JsonNode clean = desk.call(QUALITY, "POST", "/case-file-audits", order).body();
            assertThat(clean.get("population").asInt()).isEqualTo(5);
            assertThat(clean.get("files")).hasSize(3);
            assertThat(clean.get("findings")).isEmpty();
            assertThat(desk.call(QUALITY, "POST", "/case-file-audits", order).body().get("files"))
                    .isEqualTo(clean.get("files"));
            String file = clean.get("files").get(1).asText();
            desk.database.useTransaction(handle -> handle.execute("""
                    UPDATE service.ticket SET root_cause = 'misuse by the customer'
                    WHERE id = (SELECT ticket FROM service.case_file WHERE id = ?)""", Long.valueOf(file)));
            JsonNode dirty = desk.call(QUALITY, "POST", "/case-file-audits", order).body();
            assertThat(dirty.get("findings")).hasSize(1);
            JsonNode finding = dirty.get("findings").get(0);
            assertThat(finding.get("file").asText()).isEqualTo(file);
            assertThat(finding.get("text").asText()).contains("rootCause was worn roller");
            String audit = "/case-file-audits/" + dirty.get("id").asText();
            assertThat(desk.call(QUALITY, "POST", audit + "/findings", "{\"file\":\"99\",\"text\":\"x\"}")
                    .status())
                    .isEqualTo(400);
            desk.call(QUALITY, "POST", audit + "/findings",
                    "{\"file\":\"" + file + "\",\"text\":\"The customer says that nobody came\"}");
            String close = "/case-file-findings/" + finding.get("id").asText() + "/close";
            assertThat(desk.call(QUALITY, "POST", close, "{\"action\":\"restored from backup\"}").body()
                    .get("state").asText()).isEqualTo("closed");
            assertThat(desk.call(QUALITY, "POST", close, "{\"action\":\"again\"}").status()).isEqualTo(409);
            assertThat(
                    desk.call(QUALITY, "GET", audit, null).body().get("findings").findValuesAsText("state"))
                    .containsExactly("closed", "open");
            desk.clock.forward(Duration.ofDays(100));
            desk.await("/tickets", _ -> desk.database.jdbi().withHandle(handle -> handle.createQuery(
                    "SELECT count(*) FROM fleet.outbox WHERE key LIKE 'case-file-audit-due/%'")
                    .mapTo(Integer.class).one()) == 1);
        }
    }

    @Test
    @Tag("R85")
    void aFileIsDestroyedWhenItsTimeIsOverUnlessItIsLentAndTheRegisterKeepsTheRecord() {
        try (TestApi desk = new TestApi()) {
            String path = open(desk, "LP-1");
            solve(desk, path);
            JsonNode kept = desk.get(path + "/case-file").body().get("archived").get(0);
            String file = "/case-files/" + kept.get("id").asText();
            JsonNode loan = desk.call(QUALITY, "POST", file + "/loans",
                    "{\"why\":\"study\",\"until\":\"2036-01-01T00:00:00Z\"}").body();
            String other = open(desk, "LP-1");
            solve(desk, other);
            String second = "/case-files/"
                    + desk.get(other + "/case-file").body().get("archived").get(0).get("id").asText();
            desk.clock.forward(Duration.ofDays(731));
            desk.await(second, line -> line.get("state").asText().equals("destroyed"));
            assertThat(desk.get(file).body().get("state").asText()).isEqualTo("archived");
            desk.call(QUALITY, "POST", "/case-file-loans/" + loan.get("id").asText() + "/return", null);
            JsonNode gone = desk.await(file, line -> line.get("state").asText().equals("destroyed"));
            assertThat(gone.get("sha256")).isEqualTo(kept.get("sha256"));
            assertThat(desk.page("ann:agent", file + "/content").statusCode()).isEqualTo(410);
            int recorded = desk.database.jdbi().withHandle(handle -> handle.createQuery(
                    "SELECT count(*) FROM fleet.audit WHERE action = 'case-file.destroy'")
                    .mapTo(Integer.class)
                    .one());
            assertThat(recorded).isEqualTo(2);
        }
    }

    private String open(String device) {
        return open(api, device);
    }

    private static String open(TestApi desk, String device) {
        return "/tickets/" + desk.post("/tickets", """
                {"device":"%s","title":"Paper jams","symptom":"打印机卡纸","channel":"mail",
                 "contact":{"name":"Li Wei","phone":"+86 10 1234"}}""".formatted(device)).body().get("id")
                .asText();
    }

    private void solve(String path) {
        solve(api, path);
    }

    private static void solve(TestApi desk, String path) {
        for (String step : List.of("{\"to\":\"resolved\",\"rootCause\":\"worn roller\"}",
                "{\"to\":\"closed\",\"verification\":\"test page\"}")) {
            Answer moved = desk.post(path + "/transitions", step);
            assertThat(moved.status()).as(String.valueOf(moved.body())).isEqualTo(200);
        }
    }

    private void move(String path, String json) {
        assertThat(api.post(path + "/transitions", json).status()).isEqualTo(200);
    }

    private static List<String> kinds(JsonNode file) {
        return file.get("documents").findValuesAsText("kind");
    }

    private int audited(String action, JsonNode file) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.audit WHERE action = :action AND object = :object")
                .bind("action", action).bind("object", "case-file/" + file.get("id").asText())
                .mapTo(Integer.class).one());
    }

    private int told(String key) {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.outbox WHERE topic = 'notice.staff' AND key = :key")
                .bind("key", key).mapTo(Integer.class).one());
    }
}
