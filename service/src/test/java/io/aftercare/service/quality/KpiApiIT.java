package io.aftercare.service.quality;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KpiApiIT {
    private static final String QUALITY = "qin:quality";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeEach
    void open() {
        api.database.jdbi().useHandle(handle -> handle.execute("UPDATE fleet.device SET region = outlet"));
    }

    @Test
    @Tag("R25")
    @Tag("R60")
    void figuresAreKeptOfPeopleAndTeamsAndSayWhichTargetsWereMissed() {
        String quick = open("LP-1"); // north; answered after 1 h, solved after 4 h, 1 h of which it waited
        String slow = open("LP-2"); // south; answered after 1 h, solved at once, reopened after two days
        String lost = open("LP-2");
        api.clock.forward(Duration.ofHours(1));
        move("ann", quick, "{\"to\":\"in-progress\"}");
        move("bob", slow, "{\"to\":\"in-progress\"}");
        move("bob", lost, "{\"to\":\"cancelled\",\"reason\":\"asked twice\"}");
        api.clock.forward(Duration.ofHours(1));
        move("ann", quick, "{\"to\":\"waiting-customer\"}");
        move("bob", slow, "{\"to\":\"resolved\",\"rootCause\":\"paper\"}");
        move("bob", slow, "{\"to\":\"closed\",\"verification\":\"page\"}");
        api.clock.forward(Duration.ofHours(1));
        move("ann", quick, "{\"to\":\"in-progress\"}");
        api.clock.forward(Duration.ofHours(1));
        move("ann", quick, "{\"to\":\"resolved\",\"rootCause\":\"roller\"}");
        move("ann", quick, "{\"to\":\"closed\",\"verification\":\"page\"}");
        api.clock.forward(Duration.ofDays(2));
        move("bob", slow, "{\"to\":\"reopened\",\"reason\":\"jams again\"}");
        api.clock.forward(Duration.ofHours(1));
        move("bob", slow, "{\"to\":\"resolved\",\"rootCause\":\"feeder\"}");
        move("bob", slow, "{\"to\":\"closed\",\"verification\":\"page\"}");

        JsonNode kpis = get("/kpis?from=2026-11-01&to=2026-12-01&by=person");
        JsonNode all = kpis.get("all");
        assertThat(all.get("cases").asInt()).as("the cancelled one does not count").isEqualTo(2);
        assertThat(all.get("meanResponse").asDouble()).isEqualTo(60);
        assertThat(all.get("fixRate").asDouble()).isEqualTo(0.6667); // three closings, one of them undone
        assertThat(all.get("firstTimeFix").asDouble()).isEqualTo(0.5);
        assertThat(texts(kpis.get("missed"))).containsExactly("fix rate: 0.6667, at least 0.9500 wanted");
        JsonNode ann = kpis.get("groups").get(0);
        assertThat(ann.get("name").asText()).isEqualTo("ann");
        assertThat(ann.get("figures").get("meanResolution").asDouble()).isEqualTo(240);
        assertThat(ann.get("figures").get("meanResolutionNet").asDouble()).isEqualTo(180);
        assertThat(ann.get("figures").get("attainment").asDouble()).isEqualTo(1);
        assertThat(ann.get("missed")).isEmpty();
        assertThat(
                get("/kpis?from=2026-11-01&to=2026-12-01&by=region").get("groups").findValuesAsText("name"))
                .containsExactly("north", "south");
        assertThat(get("/kpis?from=2026-12-01&to=2026-12-31").get("all").get("meanResponse").isNull())
                .isTrue();
        assertThat(api.call("ann:agent", "GET", "/kpis", null).status()).isEqualTo(403);
        assertThat(api.call(QUALITY, "GET", "/kpis?from=2026-12-01&to=2026-11-01", null).status())
                .isEqualTo(400);
    }

    @Test
    @Tag("R60")
    void casesOfDrillsCountInNoFigure() {
        String real = open("LP-1");
        String simulated = open("LP-1");
        assertThat(get("/kpis?from=2026-11-01&to=2026-12-01").get("all").get("cases").asInt()).isEqualTo(2);
        api.database.jdbi().useHandle(handle -> {
            handle.execute("INSERT INTO service.drill (state, plan, scheduled_at, full_drill)"
                    + " VALUES ('planned', '{}', now(), true)");
            handle.execute(
                    "INSERT INTO service.drill_case (ticket, drill) SELECT ?, max(id) FROM service.drill",
                    Long.valueOf(simulated.substring("/tickets/".length())));
        });
        JsonNode all = get("/kpis?from=2026-11-01&to=2026-12-01").get("all");
        assertThat(all.get("cases").asInt()).as("only " + real).isEqualTo(1);
    }

    @Test
    @Tag("R59")
    void theFiguresOfPeopleAreExportedForAppraisals() {
        String path = open("LP-1");
        api.clock.forward(Duration.ofMinutes(30));
        move("ann", path, "{\"to\":\"resolved\",\"rootCause\":\"roller\"}");
        HttpResponse<String> csv = api.page(QUALITY,
                "/kpis?by=person&format=csv&from=2026-11-01&to=2026-12-01");
        assertThat(csv.headers().firstValue("Content-Type")).contains("text/csv; charset=utf-8");
        assertThat(csv.body().lines().toList()).hasSize(3);
        assertThat(csv.body()).startsWith("\uFEFFperson,cases,solved")
                .contains("\r\nann,1,1,30.0,30.0,30.0,1.0,");
    }

    @Test
    @Tag("R25")
    void targetsAreASettingWithAVersion() {
        JsonNode first = get("/kpi-targets");
        assertThat(first.get("responseMinutes").asDouble()).isEqualTo(120);
        assertThat(first.get("fixRate").asDouble()).isEqualTo(0.95);
        String wanted = "{\"responseMinutes\":60,\"fixRate\":0.98,\"zone\":\"Asia/Shanghai\"}";
        assertThat(put(wanted, "\"0\"").status()).isEqualTo(200);
        assertThat(put(wanted, "\"0\"").status()).isEqualTo(412);
        assertThat(put(wanted, "\"1\"").etag()).isEqualTo("\"2\"");
        assertThat(
                put(wanted.replace("Shanghai", "Nowhere"), "\"2\"").body().get("errors").get(0).get("field")
                        .asText())
                .isEqualTo("zone");
        assertThat(get("/kpis?from=2026-11-01&to=2026-12-01").get("from").asText())
                .isEqualTo("2026-10-31T16:00:00Z");
    }

    @Test
    @Tag("R26")
    void whatIsPromisedIsQuantifiedAndReadWithoutALogin() {
        Answer answer = api.call(":", "GET", "/service-policy", null);
        assertThat(answer.status()).isEqualTo(200);
        JsonNode policy = answer.body();
        assertThat(policy.get("policy").asText()).startsWith("handbook-");
        assertThat(policy.get("promises").get(0).get("clocks").get("first-response").get("target").asText())
                .isEqualTo("PT24H");
        assertThat(policy.get("targets").get("fixRate").asDouble()).isEqualTo(0.95);
        assertThat(policy.findValues("escalation")).isEmpty();
    }

    @Test
    @Tag("R61")
    @Tag("R89")
    void samplesAreDrawnAtRandomWithTheirSeedAndChecksGetScores() {
        for (int i = 0; i < 6; i++) {
            String path = open("LP-1");
            move("ann", path, "{\"to\":\"resolved\",\"rootCause\":\"roller\"}");
            move("ann", path, "{\"to\":\"closed\",\"verification\":\"page\"}");
        }
        Answer drawn = api.call(QUALITY, "POST", "/quality-samples", "{\"size\":3,\"seed\":7}");
        assertThat(drawn.status()).isEqualTo(201);
        assertThat(drawn.body().get("population").asInt()).isEqualTo(6);
        assertThat(drawn.body().get("drawn")).hasSize(3);
        assertThat(
                api.call(QUALITY, "POST", "/quality-samples", "{\"size\":3,\"seed\":7}").body().get("drawn"))
                .isEqualTo(drawn.body().get("drawn"));
        assertThat(
                api.call(QUALITY, "POST", "/quality-samples", "{\"size\":3}").body().get("seed").isNumber())
                .isTrue();
        api.database.jdbi().useHandle(
                handle -> handle
                        .execute("UPDATE fleet.device SET tags = '{\"batch\":\"B-7\"}' WHERE id = 'LP-2'"));
        assertThat(texts(api.call(QUALITY, "POST", "/quality-samples",
                "{\"of\":\"devices\",\"batch\":\"B-7\",\"to\":\"2100-01-01T00:00:00Z\"}").body()
                .get("drawn")))
                .containsExactly("LP-2");
        String check = "{\"kind\":\"call-review\",\"sample\":\"%s\",\"ticket\":\"%s\",\"outlet\":\"north\",\"person\":\"ann\","
                + "\"scores\":{\"attitude\":5,\"procedure\":2}}";
        String sample = drawn.body().get("id").asText();
        String inside = drawn.body().get("drawn").get(0).asText();
        JsonNode made = api.call(QUALITY, "POST", "/quality-checks", check.formatted(sample, inside)).body();
        assertThat(made.get("mean").asDouble()).isEqualTo(3.5);
        assertThat(api.call(QUALITY, "POST", "/quality-checks", check.formatted(sample, "999")).status())
                .isEqualTo(400);
        assertThat(api
                .call(QUALITY, "POST", "/quality-checks", check.formatted(sample, inside).replace(":5", ":6"))
                .status()).isEqualTo(400);
        assertThat(get("/quality-checks?person=ann&kind=call-review").get("items")).hasSize(1);
        assertThat(get("/reports/quality").get("checks").get(0).get("mean").asDouble()).isEqualTo(3.5);
    }

    private String open(String device) {
        String id = api
                .post("/tickets", "{\"device\":\"" + device + "\",\"title\":\"Jams\",\"channel\":\"web\"}")
                .body()
                .get("id").asText();
        return "/tickets/" + id;
    }

    private void move(String who, String path, String json) {
        Answer moved = api.call(who + ":agent", "POST", path + "/transitions", json);
        assertThat(moved.status()).as(String.valueOf(moved.body())).isEqualTo(200);
    }

    private JsonNode get(String path) {
        Answer answer = api.call(QUALITY, "GET", path, null);
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
        return answer.body();
    }

    private Answer put(String json, String version) {
        return api.call(QUALITY, "PUT", "/kpi-targets", json, "If-Match", version);
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }
}
