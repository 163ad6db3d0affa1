package io.aftercare.service.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.DeviceId;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What is done there, and how the device comes back.
class VisitIT extends FieldServiceCase {
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
}
