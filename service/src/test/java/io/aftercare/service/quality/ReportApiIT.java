package io.aftercare.service.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.quality.FaultStatistics.Count;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ReportApiIT {
    private static final String QUALITY = "qin:quality";
    @AutoClose
    private final TestApi api = new TestApi();

    @BeforeEach
    void open() {
        api.database.jdbi().useHandle(handle -> handle.execute(
                """
                        UPDATE fleet.device SET region = outlet, firmware = '1.4', created_at = '2026-01-01T00:00:00Z',
                            tags = CASE id WHEN 'LP-1' THEN '{"batch":"B-1"}' ELSE '{"batch":"B-2"}' END::jsonb"""));
        api.faultCounts.add(new Count("FUSER_HOT", "LP", "1.4", "B-1", "north", 7, 1));
        api.faultCounts.add(new Count("PAPER_JAM", "LP", "1.4", "B-2", "south", 3, 1));
    }

    @Test
    @Tag("R62")
    @Tag("R66")
    void theMonthsReportShowsDevicesServiceAndCostsAndWhereTheFaultsLie() {
        solve("LP-1");
        api.call("max:coordinator", "POST", "/costs",
                "{\"kind\":\"parts\",\"text\":\"Roller\",\"amount\":80}");
        JsonNode report = get("/reports/quality?month=2026-11");
        assertThat(report.get("provisional").asBoolean()).isTrue();
        assertThat(report.get("figures").get("cases").asInt()).isEqualTo(1);
        assertThat(report.get("figures").get("meanResponse").asDouble()).isEqualTo(90);
        assertThat(report.get("cost").get("amount").decimalValue()).isEqualByComparingTo("80");
        assertThat(report.get("cost").get("perTicket").decimalValue()).isEqualByComparingTo("80");
        assertThat(report.get("trend").findValuesAsText("period")).containsExactly("2026-06", "2026-07",
                "2026-08",
                "2026-09", "2026-10", "2026-11");
        assertThat(report.get("paretos").findValuesAsText("by")).containsExactly("code", "model", "firmware",
                "batch",
                "region");
        JsonNode bar = report.get("paretos").get(0).get("bars").get(0);
        assertThat(bar.get("name").asText()).isEqualTo("FUSER_HOT");
        assertThat(bar.get("cumulative").asDouble()).isEqualTo(0.7);
        JsonNode life = report.get("reliability").get(0).get("lines").get(0);
        assertThat(life.get("population").asInt()).isEqualTo(2);
        assertThat(life.get("failureRate").asDouble()).isEqualTo(5);
        assertThat(life.get("mtbfHours").asDouble()).isEqualTo(2 * 720 / 10.0);
        HttpResponse<String> page = api.page(QUALITY, "/reports/quality?month=2026-11&format=html&lang=zh");
        assertThat(page.headers().firstValue("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.body()).contains("质量报告 2026-11").contains("<svg").contains("FUSER_HOT")
                .contains("故障分布")
                .contains("(CNY)").doesNotContain("<script").doesNotContain("src=")
                .doesNotContain("http-equiv");
        HttpResponse<String> csv = api.page(QUALITY, "/reports/quality?month=2026-11&format=csv");
        assertThat(csv.body()).contains("pareto-code,FUSER_HOT,faults,7")
                .contains("reliability-batch,LP B-1,faults,7")
                .contains("cost,parts,amount,80.00");
        assertThat(api.call(QUALITY, "GET", "/reports/quality?month=2026-Q4", null).status()).isEqualTo(400);
    }

    @Test
    @Tag("R63")
    void quartersAndYearsHaveReportsThatCompareWithTheOneBefore() {
        solve("LP-1");
        JsonNode quarter = get("/reports/quality?quarter=2026-Q4");
        assertThat(quarter.get("figures").get("cases").asInt()).isEqualTo(1);
        assertThat(quarter.get("trend").findValuesAsText("period")).containsExactly("2025-Q3", "2025-Q4",
                "2026-Q1",
                "2026-Q2", "2026-Q3", "2026-Q4");
        api.clock.forward(Duration.ofDays(80));
        JsonNode next = get("/reports/quality?quarter=2027-Q1");
        assertThat(next.get("previous").get("cases").asInt()).isEqualTo(1);
        JsonNode year = get("/reports/quality?year=2026");
        assertThat(year.get("provisional").asBoolean()).isFalse();
        assertThat(year.get("figures").get("cases").asInt()).isEqualTo(1);
        assertThat(get("/reports/quality?year=2027").get("previous")).isEqualTo(year.get("figures"));
    }

    @Test
    @Tag("R62")
    void theReportOfAMonthThatIsOverIsMadeByItselfFrozenAndALaterOneSaysWhatIsOtherwise() {
        String path = solve("LP-1");
        api.clock.forward(Duration.ofDays(31));
        api.await("/tickets", _ -> made() == 1);
        Answer frozen = api.call(QUALITY, "GET", "/reports/quality?month=2026-11", null);
        assertThat(frozen.body().get("provisional").asBoolean()).isFalse();
        assertThat(frozen.etag()).isEqualTo('"' + sha256("2026-11", 1) + '"');
        api.post(path + "/transitions", "{\"to\":\"reopened\",\"reason\":\"again\"}");
        api.clock.forward(Duration.ofHours(1));
        api.post(path + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"feeder\"}");
        assertThat(get("/reports/quality?month=2026-11")).isEqualTo(frozen.body());
        JsonNode second = api.call(QUALITY, "POST", "/reports/quality",
                "{\"period\":\"2026-11\",\"reason\":\"a case was reopened\"}").body();
        assertThat(second.get("edition").asInt()).isEqualTo(2);
        assertThat(second.get("changes").findValuesAsText("path")).contains("figures.meanResolution");
        assertThat(get("/reports/quality?month=2026-11&edition=1")).isEqualTo(frozen.body());
        assertThat(get("/reports/quality?month=2026-11")).isNotEqualTo(frozen.body());
        assertThat(get("/reports/quality/editions?period=2026-11").get("items").findValuesAsText("edition"))
                .containsExactly("2", "1");
        assertThat(api.call(QUALITY, "POST", "/reports/quality", "{\"period\":\"2026-12\",\"reason\":\"x\"}")
                .status())
                .isEqualTo(409);
        assertThat(api.call(QUALITY, "GET", "/reports/quality?month=2026-11&edition=9", null).status())
                .isEqualTo(404);
        assertThat(get("/reports/quality?month=2019-05").get("provisional").asBoolean()).isFalse();
        assertThat(get("/reports/quality/editions?period=2019-05").get("items")).as("of nothing, so not kept")
                .isEmpty();
        assertThatThrownBy(() -> api.database
                .useTransaction(handle -> handle.execute("DELETE FROM service.quality_report")))
                .hasMessageContaining("append-only");
    }

    @Test
    @Tag("R89")
    void batchesAreRankedByTheirFailureRate() {
        JsonNode rates = get("/failure-rates?by=batch&from=2026-11-01&to=2026-11-02");
        assertThat(rates.get("lines").findValuesAsText("name")).containsExactly("LP B-1", "LP B-2");
        assertThat(rates.get("lines").get(0).get("failureRate").asDouble()).isEqualTo(7);
        assertThat(rates.get("lines").get(1).get("mtbfHours").asDouble()).isEqualTo(8);
    }

    private String solve(String device) {
        String path = "/tickets/" + api.post("/tickets", "{\"device\":\"" + device
                + "\",\"title\":\"Jams\",\"channel\":\"web\"}").body().get("id").asText();
        api.clock.forward(Duration.ofMinutes(90));
        api.post(path + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"roller\"}");
        assertThat(api.post(path + "/transitions", "{\"to\":\"closed\",\"verification\":\"page\"}").status())
                .isEqualTo(200);
        return path;
    }

    private JsonNode get(String path) {
        Answer answer = api.call(QUALITY, "GET", path, null);
        assertThat(answer.status()).as(String.valueOf(answer.body())).isEqualTo(200);
        return answer.body();
    }

    private int made() {
        return api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT count(*) FROM fleet.outbox WHERE key = 'quality-report/2026-11'")
                .mapTo(Integer.class).one());
    }

    private String sha256(String period, int edition) {
        String document = api.database.jdbi().withHandle(handle -> handle
                .createQuery("SELECT document FROM service.quality_report WHERE period = :p AND edition = :e")
                .bind("p", period).bind("e", edition).mapTo(String.class).one());
        return Sha256.hex(document);
    }
}
