package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.Crew;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import io.aftercare.service.portal.PortalLinks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Field service through HTTP alone: who is sent, what they do there, and how the device comes back.
class FieldServiceIT {
    private static final String BOSS = "cat:coordinator";
    private static final String EVE = "eve:engineer";
    private static final String ON_SITE = "{\"type\":\"on-site\",\"task\":\"Fuser\",\"site\":{\"lat\":31.2,\"lon\":121.5}}";
    private static final String REPAIR = "{\"symptom\":\"too hot\",\"process\":\"new fuser\",\"minutes\":40,"
            + "\"travelMinutes\":30,\"result\":\"prints cool\"}";
    @AutoClose
    private final TestApi api = new TestApi();
    private Crew crew;

    @BeforeEach
    void open() {
        crew = new Crew(api);
        api.database.jdbi().useHandle(handle -> handle.execute("UPDATE fleet.device SET region = 'north'"));
    }

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
            List<Integer> statuses = two.invokeAll(both).stream().map(FieldServiceIT::status).sorted()
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
    @Tag("R30")
    @Tag("R31")
    @Tag("R35")
    @Tag("R36")
    void aVisitGoesFromYesOverTheAppointmentAndTheCheckInToARecordAndAPassedTest() {
        crew.ready("eve", "LP");
        String ticket = ticket("LP-1");
        String order = order(ticket, ON_SITE);
        boss(order + "/review", "{\"decision\":\"approve\"}");
        dispatch(order, "eve", "13:00", "15:00");
        assertThat(
                eve(order + "/arrival", "{\"answers\":{\"id-shown\":\"yes\",\"fault-reconfirmed\":\"jams\"}}")
                        .status())
                .isEqualTo(409);
        assertThat(api.call("ned:engineer", "POST", order + "/accept", null).status()).isEqualTo(403);
        assertThat(eve(order + "/accept", null).body().get("preparation").properties())
                .extracting(item -> item.getKey()).containsExactlyInAnyOrder("tools", "parts", "papers");
        assertThat(detail(move(order, "en-route"))).contains("confirm the appointment");
        eve(order + "/appointment", "{\"start\":\"2026-11-02T14:00:00Z\",\"end\":\"2026-11-02T16:00:00Z\"}");
        assertThat(customerWasTold("visit-confirmed").getFirst().get("start").asText())
                .isEqualTo("2026-11-02T14:00:00Z");
        assertThat(detail(move(order, "en-route"))).contains("not ready yet").contains("papers");
        assertThat(detail(eve(order + "/preparation", "{\"items\":{\"hat\":true}}")))
                .contains("hat is not on its list");
        eve(order + "/preparation", "{\"items\":{\"tools\":true,\"parts\":true,\"papers\":true}}");
        assertThat(move(order, "en-route").status()).isEqualTo(200);
        assertThat(api.get("/engineers/eve").body().get("state").asText()).isEqualTo("busy");
        assertThat(detail(
                eve(order + "/arrival", "{\"answers\":{\"id-shown\":\"yes\",\"fault-reconfirmed\":\" \"}}")))
                .contains("fault-reconfirmed");
        eve(order + "/arrival",
                "{\"answers\":{\"id-shown\":\"yes\",\"fault-reconfirmed\":\"jams at tray 2\"}}");
        assertThat(clock(ticket, "on-site")).isEqualTo("met");
        move(order, "repairing");
        assertThat(detail(move(order, "testing"))).contains("repair record is missing");
        assertThat(api.call(EVE, "PUT", order + "/repair", REPAIR).status()).isEqualTo(428);
        record(order);
        assertThat(detail(move(order, "done"))).contains("cannot become done");
        move(order, "testing");
        assertThat(detail(move(order, "done"))).contains("needs a functional test that passed");
        test(order, false);
        assertThat(detail(move(order, "done"))).contains("test failed: temperature = 214 (below 200)");
        move(order, "repairing");
        record(order);
        move(order, "testing");
        assertThat(detail(move(order, "done"))).as("what is repaired anew is tested anew")
                .contains("needs a");
        test(order, true);
        JsonNode done = move(order, "done").body();
        assertThat(done.get("state").asText()).isEqualTo("done");
        assertThat(done.get("repair").get("result").asText()).isEqualTo("prints cool");
        assertThat(costs()).containsExactlyInAnyOrder("labour 80.00", "travel 30.00");
        assertThat(api.get(ticket).body().get("timeline").findValuesAsText("text").toString())
                .contains("Arrived: fault-reconfirmed: jams at tray 2; id-shown: yes")
                .contains("Functional test failed");
        assertThat(api.post(ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"worn fuser\"}")
                .status())
                .isEqualTo(200);
        assertThat(api.get("/engineers/eve").body().get("state").asText()).isEqualTo("available");
        assertThat(api.call(BOSS, "GET", "/work-orders?engineer=eve&state=done", null).body().get("items"))
                .hasSize(1);
        assertThat(api.call(EVE, "GET", "/work-orders?engineer=me", null).body().get("items")).hasSize(1);
    }

    @Test
    @Tag("R7")
    @Tag("R8")
    @Tag("R46")
    void chargeableWorkWaitsForAnAcceptedQuoteAndAPartForConsent() {
        crew.ready("eve", "LP");
        String ticket = "/tickets/" + api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"phone\"}").body().get("id").asText();
        String order = order(ticket, "{\"type\":\"depot\",\"task\":\"Fuser\"}");
        boss(order + "/review", "{\"decision\":\"approve\"}");
        dispatch(order, "eve", "13:00", "15:00");
        eve(order + "/accept", null);
        assertThat(detail(move(order, "repairing"))).contains("must accept a quote before the repair");
        boss(ticket + "/charge-waiver", "{\"reason\":\"goodwill\"}");
        assertThat(move(order, "repairing").status()).isEqualTo(200);
        String version = api.get(order).body().get("version").asText();
        assertThat(detail(api.call(EVE, "PUT", order + "/repair", REPAIR.replace("\"minutes\"",
                "\"parts\":[{\"part\":\"FU-1\"}],\"minutes\""), "If-Match", version)))
                .contains("consent to the replacement of FU-1 is missing").contains("issued requisition");
    }

    @Test
    @Tag("R42")
    void anInstallationOfSoftwareIsDoneWhenTheDeviceItselfSaysThatItRunsIt() {
        crew.ready("eve", "LP");
        String order = approved("LP-1",
                "{\"type\":\"install\",\"task\":\"Set up, with 2.4\",\"firmware\":\"2.4\"}");
        api.devices.reported(new DeviceId("LP-1"), "2.3", null);
        visit(order);
        record(order);
        move(order, "testing");
        test(order, true);
        assertThat(detail(move(order, "done"))).contains("it runs 2.3").contains("installs 2.4");
        api.devices.reported(new DeviceId("LP-1"), "2.4", null);
        assertThat(move(order, "done").body().get("state").asText()).isEqualTo("done");
        assertThat(api
                .post(ticket("LP-1") + "/work-orders",
                        "{\"type\":\"depot\",\"task\":\"x\",\"firmware\":\"2\"}")
                .status()).isEqualTo(400);
    }

    @Test
    @Tag("R15")
    @Tag("R37")
    void theCustomerChoosesTheWayKnowsNotesTimeAndCostAndChecksRecordAndFeesAtPickup() {
        crew.ready("eve", "LP");
        String ticket = ticket("LP-1");
        String offer = "{\"remote\":\"A reset by phone did not help\",\"options\":["
                + "{\"choice\":\"on-site\",\"notes\":\"Please be there\",\"eta\":\"2026-11-04T09:00:00Z\",\"cost\":150},"
                + "{\"choice\":\"carry-in\",\"notes\":\"Bring the cable\",\"eta\":\"2026-11-05T09:00:00Z\",\"cost\":80.5}]}";
        assertThat(api.post(ticket + "/service-offers", offer.replace("A reset by phone did not help", " "))
                .status()).isEqualTo(400);
        assertThat(api.post(ticket + "/service-offers", offer).status()).isEqualTo(201);
        assertThat(api.post(ticket + "/service-offers", offer).status()).isEqualTo(409);
        assertThat(api.get(ticket).body().get("state").asText()).isEqualTo("waiting-customer");
        assertThat(customerWasTold("service-offered").getFirst().get("remote").asText())
                .contains("reset by phone");
        String page = "/customer/" + token(ticket);
        assertThat(open("GET", page + "/service", null).body().get("options")).hasSize(2);
        assertThat(open("GET", "/customer/wrong/service", null).status()).isEqualTo(404);
        assertThat(detail(open("POST", page + "/service", "{\"choice\":\"return\"}")))
                .contains("was not offered");
        JsonNode chosen = open("POST", page + "/service", "{\"choice\":\"carry-in\"}").body();
        assertThat(chosen.get("workOrders").get(0).get("type").asText()).isEqualTo("depot");
        assertThat(api.get(ticket).body().get("owner").asText()).as("the customer owns no case")
                .isEqualTo("ann");
        assertThat(open("POST", page + "/service", "{\"choice\":\"carry-in\"}").status()).isEqualTo(409);
        JsonNode told = customerWasTold("service-chosen").getFirst();
        assertThat(told.get("notes").asText() + told.get("eta").asText() + told.get("cost").asText())
                .isEqualTo("Bring the cable2026-11-05T09:00:00Z80.50");

        String order = "/work-orders/" + chosen.get("workOrders").get(0).get("id").asText();
        assertThat(api.get(order).body().get("choice").asText()).isEqualTo("carry-in");
        boss(order + "/review", "{\"decision\":\"approve\"}");
        dispatch(order, "eve", "13:00", "15:00");
        eve(order + "/accept", null);
        assertThat(detail(move(order, "en-route"))).contains("nobody travels");
        move(order, "repairing");
        record(order);
        move(order, "testing");
        test(order, true);
        move(order, "done");
        assertThat(customerWasTold("ready-for-pickup").getFirst().get("result").asText())
                .isEqualTo("prints cool");
        api.post(ticket + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"worn fuser\"}");
        assertThat(detail(
                api.post(ticket + "/transitions", "{\"to\":\"closed\",\"verification\":\"test page\"}")))
                .contains("not back with its owner");
        String pickup = page + order + "/pickup";
        assertThat(detail(open("POST", pickup, "{\"recordChecked\":true,\"feesChecked\":false}")))
                .contains("repair record and the fees");
        JsonNode shown = open("POST", pickup, "{\"recordChecked\":true,\"feesChecked\":true}").body();
        assertThat(shown.get("workOrders").get(0).get("awaitsPickup").asBoolean()).isFalse();
        assertThat(shown.get("workOrders").get(0).get("result").asText()).isEqualTo("prints cool");
        assertThat(api.get(order).body().get("pickup").get("by").asText()).isEqualTo("customer");
        assertThat(boss(order + "/pickup", "{\"how\":\"shipped\",\"tracking\":\"SF1\"}").status())
                .isEqualTo(409);
        assertThat(
                api.post(ticket + "/transitions", "{\"to\":\"closed\",\"verification\":\"test page\"}").body()
                        .toString())
                .doesNotContain("not back with its owner");
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
    @Tag("R28")
    @Tag("R59")
    void whatFailsAtTheDeviceIsEscalatedStandsOnTheBoardAndCountsInTheAppraisal() {
        crew.ready("eve", "LP");
        String ticket = ticket("LP-1");
        String order = order(ticket, ON_SITE);
        boss(order + "/review", "{\"decision\":\"approve\"}");
        visit(order);
        record(order);
        assertThat(detail(move(order, "failed"))).contains("say why");
        eve(order + "/transitions", "{\"to\":\"failed\",\"reason\":\"the board is broken\"}");
        assertThat(crew.told("work-order-failed").getFirst().get("role").asText()).isEqualTo("coordinator");
        JsonNode waiting = api.get("/dispatch-board").body().get("waiting");
        assertThat(waiting.get(0).get("why").asText()).isEqualTo("W-000001 failed: the board is broken");
        assertThat(waiting.get(0).get("ticket").asText()).isEqualTo(ticket.replace("/tickets/", ""));
        String again = order(ticket, ON_SITE);
        assertThat(api.get("/dispatch-board").body().get("waiting")).isEmpty();
        boss(again + "/review", "{\"decision\":\"approve\"}");
        visit(again);
        record(again);
        move(again, "testing");
        test(again, true);
        assertThat(move(again, "done").status()).isEqualTo(200);
        String csv = api.page(BOSS, "/engineer-appraisal?from=2026-10-01&to=2027-01-01").body();
        assertThat(csv.lines()).containsExactly(
                "engineer,level,region,outlet,done,failed,first_time_fix,first_time_fix_rate,minutes,satisfaction",
                "eve,junior,north,,1,1,0,0.000,80,");
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

    /// From the approved draft to the repair.
    private void visit(String order) {
        dispatch(order, "eve", "13:00", "15:00");
        eve(order + "/accept", null);
        eve(order + "/appointment", "{}");
        eve(order + "/preparation", "{\"items\":{\"tools\":true,\"parts\":true,\"papers\":true}}");
        move(order, "en-route");
        eve(order + "/arrival", "{\"answers\":{\"id-shown\":\"yes\",\"fault-reconfirmed\":\"jams\"}}");
        assertThat(move(order, "repairing").status()).isEqualTo(200);
    }

    private String ticket(String device) {
        JsonNode made = api
                .post("/tickets", "{\"device\":\"" + device + "\",\"title\":\"Jams\",\"channel\":\"phone\","
                        + "\"contact\":{\"name\":\"Li\",\"email\":\"li@example.org\"}}")
                .body();
        String ticket = "/tickets/" + made.get("id").asText();
        assertThat(boss(ticket + "/charge-waiver", "{\"reason\":\"about the work alone\"}").status())
                .isEqualTo(204);
        return ticket;
    }

    private String order(String ticket, String json) {
        Answer made = api.post(ticket + "/work-orders", json);
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return "/work-orders/" + made.body().get("id").asText();
    }

    private String approved(String device, String json) {
        String order = order(ticket(device), json);
        boss(order + "/review", "{\"decision\":\"approve\"}");
        return order;
    }

    private Answer dispatch(String order, String engineer, String from, String to) {
        return dispatchAt(order, engineer, "2026-11-02T" + from + ":00Z", "2026-11-02T" + to + ":00Z");
    }

    private Answer dispatchAt(String order, String engineer, String start, String end) {
        return boss(order + "/dispatch", slot(engineer, start, end));
    }

    private static String slot(String engineer, String start, String end) {
        return "{\"engineer\":\"" + engineer + "\",\"start\":\"" + start + "\",\"end\":\"" + end + "\"}";
    }

    private Answer boss(String path, String json) {
        return api.call(BOSS, "POST", path, json);
    }

    private Answer eve(String path, @Nullable String json) {
        return api.call(EVE, "POST", path, json);
    }

    private Answer move(String order, String to) {
        return eve(order + "/transitions", "{\"to\":\"" + to + "\"}");
    }

    private void record(String order) {
        String version = api.get(order).body().get("version").asText();
        assertThat(api.call(EVE, "PUT", order + "/repair", REPAIR, "If-Match", version).status())
                .isEqualTo(200);
    }

    private void test(String order, boolean passed) {
        assertThat(eve(order + "/test",
                "{\"checks\":[{\"name\":\"test page\",\"value\":\"clean\",\"passed\":true},"
                        + "{\"name\":\"temperature\",\"value\":\"214\",\"limit\":\"below 200\",\"passed\":"
                        + passed + "}]}")
                .status()).isEqualTo(200);
    }

    /// Without a login.
    private Answer open(String method, String path, @Nullable String json) {
        return api.call("nobody:", method, path, json);
    }

    private String token(String ticket) {
        return api.database.inTransaction(handle -> PortalLinks.issue(handle,
                Long.parseLong(ticket.replace("/tickets/", "")), api.clock.instant()));
    }

    private String clock(String ticket, String type) {
        return api.get(ticket).body().get("clocks").valueStream()
                .filter(one -> one.get("type").asText().equals(type)).findFirst().orElseThrow().get("state")
                .asText();
    }

    private List<JsonNode> customerWasTold(String template) {
        return crew.outbox("notice.customer").stream()
                .filter(one -> one.get("template").asText().equals(template))
                .map(one -> one.get("params")).toList();
    }

    private List<String> costs() {
        return crew.outbox("cost.posted").stream()
                .map(one -> one.get("kind").asText() + " " + one.get("amount").decimalValue().setScale(2))
                .toList();
    }

    private static String detail(Answer answer) {
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(409);
        return answer.body().get("detail").asText();
    }

    private static int status(Future<Answer> answer) {
        return answer.resultNow().status();
    }
}
