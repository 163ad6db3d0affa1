package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Who is sent: review, candidates, appointments that exclude one another.
class DispatchIT extends FieldServiceCase {
    @Test
    @Tag("R29")
    void aDraftIsReviewedBeforeItIsDispatchedAndTheReviewMayAskTheCustomer() {
        crew.ready("eve", "LP");
        String ticket = ticket("LP-1");
        String order = order(ticket, ON_SITE);
        assertThat(detail(dispatch(order, "eve", "13:00", "15:00"))).contains("technical review");
        assertThat(api.post(order + "/review", "{\"decision\":\"ask\"}").status()).isEqualTo(403);
        assertThat(boss(order + "/review", "{\"decision\":\"ask\"}").status()).isEqualTo(400);
        boss(order + "/review", "{\"decision\":\"ask\",\"text\":\"Which tray?\"}");
        assertThat(api.get(ticket).body().get("state").asText()).isEqualTo("waiting-customer");
        assertThat(customerWasTold("information-needed").getFirst().get("question").asText())
                .isEqualTo("Which tray?");
        assertThat(detail(dispatch(order, "eve", "13:00", "15:00")))
                .contains("waits for an answer: Which tray?");
        assertThat(boss(order + "/review", "{\"decision\":\"approve\"}").body().get("approval").get("by")
                .asText())
                .isEqualTo("cat");
        assertThat(dispatch(order, "eve", "13:00", "15:00").status()).isEqualTo(200);
        assertThat(api.get(ticket).body().get("state").asText()).isEqualTo("in-progress");
        assertThat(crew.told("work-order-dispatched").getFirst().get("users").get(0).asText())
                .isEqualTo("eve");
    }

    @Test
    @Tag("R28")
    @Tag("R56")
    void candidatesAreRankedWithReasonsAndWhoHasNoValidCertificateIsRefused() {
        crew.ready("eve", "LP");
        crew.engineer("ned", "LP");
        crew.engineer("zoe", "XX");
        String order = approved("LP-1", ON_SITE);
        JsonNode found = api.get(order + "/candidates?start=2026-11-03T01:00:00Z&end=2026-11-03T03:00:00Z")
                .body();
        assertThat(found.get("candidates").findValuesAsText("engineer")).containsExactly("eve");
        assertThat(found.get("candidates").get(0).get("reasons").findValuesAsText("what"))
                .contains("region", "distance", "load");
        assertThat(found.get("refused").toString()).contains("ned has no certification for LP")
                .contains("zoe is not skilled for LP");
        assertThat(found.get("refused").findValuesAsText("code")).contains("uncertified", "unskilled");
        assertThat(detail(dispatch(order, "ned", "13:00", "15:00")))
                .contains("ned has no certification for LP");
        assertThat(dispatch(order, "nobody", "13:00", "15:00").status()).isEqualTo(400);
        assertThat(detail(dispatchAt(order, "eve", "2028-11-02T08:00:00Z", "2028-11-02T10:00:00Z")))
                .contains("eve's certification CE-000001 for LP expires on 2028-11-02, before the work ends");
        api.clock.forward(Duration.ofDays(731));
        assertThat(detail(dispatchAt(order, "eve", "2028-11-03T08:00:00Z", "2028-11-03T10:00:00Z")))
                .contains("expired on 2028-11-02");
    }

    @Test
    @Tag("R28")
    void nobodyIsInTwoPlacesAtOnceAlsoWhenTwoDispatchersAreFast() throws Exception {
        crew.ready("eve", "LP");
        String first = approved("LP-1", ON_SITE);
        String second = approved("LP-2", ON_SITE);
        try (ExecutorService two = Executors.newFixedThreadPool(2)) {
            List<Callable<Answer>> both = List.of(() -> dispatch(first, "eve", "13:00", "15:00"),
                    () -> dispatch(second, "eve", "14:59", "16:00"));
            List<Integer> statuses = two.invokeAll(both).stream().map(FieldServiceCase::status).sorted()
                    .toList();
            assertThat(statuses).containsExactly(200, 409);
        }
        String won = api.get(first).body().get("state").asText().equals("dispatched") ? first : second;
        String lost = won.equals(first) ? second : first;
        assertThat(detail(dispatch(lost, "eve", "14:00", "15:30"))).contains("eve has W-00000");
        assertThat(dispatch(lost, "eve", "16:00", "17:00").status()).isEqualTo(200); // end and start may meet
        assertThat(boss(won + "/withdraw", "{\"reason\":\"ill\"}").body().get("engineer").isNull()).isTrue();
        JsonNode board = api
                .get("/dispatch-board?from=2026-11-02T00:00:00Z&to=2026-11-03T00:00:00Z&region=north")
                .body();
        assertThat(board.get("drafts").findValuesAsText("number")).containsExactly(
                api.get(won).body().get("number").asText());
        assertThat(board.get("engineers").get(0).get("slots").findValuesAsText("number")).containsExactly(
                api.get(lost).body().get("number").asText());
    }

    @Test
    @Tag("R76")
    void aToolWhoseCalibrationIsOverdueStopsTheDispatchUnlessTheHouseOnlyWarns() {
        crew.ready("eve", "LP");
        api.call(BOSS, "POST", "/tools",
                "{\"serial\":\"MM-7\",\"name\":\"Multimeter\",\"calibrationDue\":\"2026-11-01\"}");
        String order = approved("LP-1",
                "{\"type\":\"on-site\",\"task\":\"Fuser\",\"tools\":[\"MM-7\",\"MM-8\"]}");
        assertThat(detail(dispatch(order, "eve", "13:00", "15:00"))).contains("MM-7")
                .contains("overdue since 2026-11-01")
                .contains("no tool MM-8");
        api.call(BOSS, "PUT", "/engineer-settings",
                "{\"juniorMonths\":6,\"seniorMonths\":3,\"quarterly\":true,"
                        + "\"remindDays\":14,\"expiringDays\":60,\"overdueTool\":\"warn\"}",
                "If-Match", "0");
        assertThat(api.get(order + "/candidates?start=2026-11-02T13:00:00Z&end=2026-11-02T15:00:00Z").body()
                .get("tools").get("troubles")).hasSize(2);
        assertThat(dispatch(order, "eve", "13:00", "15:00").status()).isEqualTo(200);
        assertThat(eve(order + "/accept", null).body().get("preparation").has("tool MM-7")).isTrue();
    }

    @Test
    @Tag("R69")
    void aPartnersEngineerServesTheOutletAloneAndOnlyWhileTheContractLasts() {
        crew.engineer("pat", "LP", "south");
        crew.standard("LP");
        crew.certify("pat", "LP");
        String north = approved("LP-1", ON_SITE);
        String south = approved("LP-2", ON_SITE);
        assertThat(detail(dispatch(south, "pat", "13:00", "15:00")))
                .contains("no contract with outlet south");
        api.call(BOSS, "POST", "/partners", "{\"outlet\":\"south\",\"name\":\"Repairs\",\"region\":\"east\","
                + "\"contractFrom\":\"2026-01-01\",\"contractUntil\":\"2026-12-31\",\"chosenBecause\":\"near\"}");
        assertThat(detail(dispatch(north, "pat", "13:00", "15:00"))).contains("works for outlet south");
        assertThat(detail(dispatchAt(south, "pat", "2027-01-02T08:00:00Z", "2027-01-02T10:00:00Z")))
                .contains("until 2026-12-31");
        assertThat(dispatch(south, "pat", "13:00", "15:00").status()).isEqualTo(200);
    }

    @Test
    void aLostRaceIsToldAndADraftThatIsCalledOffTroublesNobody() {
        crew.ready("eve", "LP");
        String order = approved("LP-1", ON_SITE);
        assertThat(api.call(BOSS, "POST", order + "/dispatch", slot("eve", "2026-11-02T13:00:00Z",
                "2026-11-02T15:00:00Z"), "If-Match", "1").status()).isEqualTo(412);
        assertThat(dispatchAt(order, "eve", "2026-11-02T15:00:00Z", "2026-11-02T13:00:00Z").status())
                .isEqualTo(400);
        assertThat(dispatchAt(order, "eve", "2026-11-02T13:00:00Z", "2026-11-04T13:00:00Z").status())
                .isEqualTo(400);
        assertThat(dispatchAt(order, "eve", "2026-11-01T13:00:00Z", "2026-11-01T14:00:00Z").status())
                .isEqualTo(400);
        assertThat(
                boss(order + "/transitions", "{\"to\":\"failed\",\"reason\":\"solved by phone\"}").status())
                .isEqualTo(200);
        assertThat(crew.told("work-order-failed")).isEmpty();
        assertThat(api.get("/dispatch-board").body().get("waiting")).isEmpty();
        assertThat(costs()).isEmpty();
        assertThat(detail(dispatch(order, "eve", "13:00", "15:00"))).contains("that is final");
    }
}
