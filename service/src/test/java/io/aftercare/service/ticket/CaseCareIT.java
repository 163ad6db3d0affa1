package io.aftercare.service.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.TestApi;
import io.aftercare.service.TestApi.Answer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What people arrange about cases, over HTTP, while faults go on.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CaseCareIT {
    @AutoClose
    private final TestApi api = new TestApi();

    @Test
    void aDuplicateEndsItsFaultsGoToTheMainCaseAndComeBackWhenItIsTakenApart() {
        api.device("LP-M", "north");
        String main = id(api.post("/tickets",
                "{\"device\":\"LP-M\",\"title\":\"Too hot\",\"channel\":\"phone\"}"));
        String twin = raised("M1", "LP-M", "FUSER_OVERHEAT");
        assertThat(api.post("/tickets/" + twin + "/merge", "{\"into\":\"" + twin + "\",\"reason\":\"x\"}")
                .status()).isEqualTo(409);
        Answer merged = api.post("/tickets/" + twin + "/merge",
                "{\"into\":\"" + main + "\",\"reason\":\"same heat\"}");
        assertThat(merged.status()).as(merged.body().toString()).isEqualTo(200);
        assertThat(merged.body().get("id").asText()).isEqualTo(main);
        JsonNode over = api.get("/tickets/" + twin).body();
        assertThat(over.get("state").asText()).isEqualTo("cancelled");
        assertThat(over.get("mergedInto").asText()).isEqualTo(main);
        assertThat(over.get("transitions")).isEmpty();
        assertThat(api.get("/tickets?fault=M1").body().get("items").findValuesAsText("id"))
                .containsExactly(main);
        assertThat(api.get("/tickets?mergedInto=" + main).body().get("items").findValuesAsText("id"))
                .containsExactly(twin);
        assertThat(api.post("/tickets/" + twin + "/transitions", "{\"to\":\"reopened\",\"reason\":\"x\"}")
                .body().get("detail").asText()).contains("unmerge");

        api.tell("fault.raised", "M2", fault("M2", "LP-M", "FUSER_OVERHEAT"));
        api.await("/tickets/" + main, one -> one.get("timeline").toString().contains("M2"));
        assertThat(api.get("/tickets?fault=M2").body().get("items").findValuesAsText("id"))
                .as("a fault to come goes to the main case").containsExactly(main);

        JsonNode apart = api.post("/tickets/" + twin + "/unmerge", "{\"reason\":\"other cause\"}").body();
        assertThat(apart.get("state").asText()).isEqualTo("reopened");
        assertThat(apart.get("reopened").asInt()).isZero();
        assertThat(apart.get("mergedInto").isNull()).isTrue();
        assertThat(apart.get("nextClock").isNull()).as("its clocks go on").isFalse();
        for (String fault : List.of("M1", "M2")) {
            assertThat(api.get("/tickets?fault=" + fault).body().get("items").findValuesAsText("id"))
                    .as(fault).containsExactly(twin);
        }
        assertThat(api.post("/tickets/" + twin + "/unmerge", "{\"reason\":\"x\"}").status()).isEqualTo(409);
    }

    @Test
    void aSolvedMainCaseIsReopenedByTheFaultOfItsDuplicate() {
        api.device("LP-N", "north");
        String main = id(api.post("/tickets",
                "{\"device\":\"LP-N\",\"title\":\"Too hot\",\"channel\":\"phone\"}"));
        String twin = raised("N1", "LP-N", "FUSER_OVERHEAT");
        api.post("/tickets/" + twin + "/merge", "{\"into\":\"" + main + "\",\"reason\":\"same\"}");
        api.post("/tickets/" + main + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"fan\"}");
        api.clock.forward(Duration.ofMinutes(1));
        api.tell("fault.raised", "N2", fault("N2", "LP-N", "FUSER_OVERHEAT"));
        JsonNode back = api.await("/tickets/" + main, one -> one.get("state").asText().equals("reopened"));
        assertThat(back.get("reopened").asInt()).isEqualTo(1);
    }

    @Test
    void aSnoozedCaseComesBackByItselfAndItsClocksNeverStood() {
        Answer made = api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Later\",\"channel\":\"web\"}");
        String path = "/tickets/" + id(made);
        String soon = api.clock.instant().plus(Duration.ofHours(2)).toString();
        assertThat(api.post(path + "/snooze", "{\"until\":\""
                + api.clock.instant().plus(Duration.ofDays(31)) + "\"}").status()).isEqualTo(409);
        JsonNode away = api.post(path + "/snooze", "{\"until\":\"" + soon + "\",\"reason\":\"lab\"}").body();
        assertThat(away.get("snoozedUntil").asText()).isEqualTo(soon);
        assertThat(away.get("nextClock")).isEqualTo(made.body().get("nextClock"));
        assertThat(api.get("/tickets?snoozed=true").body().get("items").findValuesAsText("id"))
                .contains(id(made));
        assertThat(api.get("/tickets?snoozed=false&limit=500").body().get("items").findValuesAsText("id"))
                .doesNotContain(id(made));
        api.clock.forward(Duration.ofHours(3));
        JsonNode back = api.await(path, one -> one.get("snoozedUntil").isNull());
        assertThat(back.get("timeline").findValuesAsText("kind")).contains("snoozed", "woken");
        assertThat(back.get("clocks").get(0).get("counted").asText()).isEqualTo("PT3H");
    }

    @Test
    void aFaultWakesASnoozedCase() {
        api.device("LP-W", "north");
        String id = raised("W1", "LP-W", "DOOR_OPEN");
        api.post("/tickets/" + id + "/snooze",
                "{\"until\":\"" + api.clock.instant().plus(Duration.ofDays(2)) + "\"}");
        api.tell("fault.reraised", "W1:2", fault("W1", "LP-W", "DOOR_OPEN"));
        api.await("/tickets/" + id, one -> one.get("snoozedUntil").isNull());
    }

    @Test
    void theSameChangeForManyCasesHasAResultForEach() {
        String one = id(api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"A\",\"channel\":\"web\"}"));
        String two = id(api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"B\",\"channel\":\"web\"}"));
        api.post("/tickets/" + two + "/transitions", "{\"to\":\"cancelled\",\"reason\":\"test\"}");
        Answer done = api.post("/tickets/bulk", "{\"ids\":[\"" + one + "\",\"" + two + "\",\"T-999999\"],"
                + "\"set\":{\"owner\":\"bob\",\"type\":\"enquiry\",\"to\":\"in-progress\"}}");
        assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
        JsonNode results = done.body().get("results");
        assertThat(results.findValuesAsText("status")).containsExactly("200", "409", "404");
        JsonNode changed = api.get("/tickets/" + one).body();
        assertThat(changed.get("owner").asText()).isEqualTo("bob");
        assertThat(changed.get("state").asText()).isEqualTo("in-progress");
        JsonNode kept = api.get("/tickets/" + two).body();
        assertThat(kept.get("type").isNull()).as("refused whole").isTrue();
        assertThat(api.post("/tickets/bulk", "{\"ids\":[\"" + one + "\"],\"set\":{}}").status())
                .isEqualTo(400);
    }

    @Test
    void manyCasesAreSnoozedWokenMergedAndTakenApartEachWithAResult() {
        List<String> ids = Stream.of("A", "B", "C").map(title -> id(api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"" + title + "\",\"channel\":\"web\"}"))).toList();
        api.post("/tickets/" + ids.get(2) + "/transitions", "{\"to\":\"cancelled\",\"reason\":\"test\"}");
        String soon = api.clock.instant().plus(Duration.ofHours(2)).toString();
        assertThat(bulk(ids, "\"snoozedUntil\":\"" + soon + "\",\"reason\":\"lab\"")
                .findValuesAsText("status")).containsExactly("200", "200", "409");
        assertThat(api.get("/tickets/" + ids.get(0)).body().get("snoozedUntil").asText()).isEqualTo(soon);
        bulk(ids.subList(0, 2), "\"snoozedUntil\":null");
        assertThat(api.get("/tickets/" + ids.get(0)).body().get("snoozedUntil").isNull()).isTrue();

        assertThat(api.post("/tickets/bulk", "{\"ids\":[\"" + ids.get(0)
                + "\"],\"set\":{\"snoozedUntil\":\"2026-02-31T09:00:00Z\"}}").status()).as("no such day")
                .isEqualTo(400);
        assertThat(api.post("/tickets/bulk", "{\"ids\":[\"" + ids.get(0) + "\"],\"set\":{\"mergedInto\":\""
                + ids.get(1) + "\"}}").status()).as("without a reason").isEqualTo(400);
        assertThat(bulk(ids.subList(0, 2), "\"mergedInto\":\"" + ids.get(1) + "\",\"reason\":\"same\"")
                .findValuesAsText("status")).as("not into itself").containsExactly("200", "409");
        JsonNode merged = api.get("/tickets/" + ids.get(0)).body();
        assertThat(merged.get("mergedInto").asText()).isEqualTo(ids.get(1));
        assertThat(merged.get("timeline").findValuesAsText("says")).contains("merged");
        bulk(ids.subList(0, 1), "\"mergedInto\":null,\"reason\":\"by mistake\"");
        assertThat(api.get("/tickets/" + ids.get(0)).body().get("state").asText()).isEqualTo("reopened");
    }

    @Test
    void tagsAreAddedToManyCasesTakenFromThemAndFindThemAgain() {
        List<String> ids = Stream.of("A", "B").map(title -> id(api.post("/tickets",
                "{\"device\":\"LP-1\",\"title\":\"" + title + "\",\"channel\":\"web\"}"))).toList();
        api.call("ann:agent", "PATCH", "/tickets/" + ids.get(0), "{\"tags\":[\"  旺季 \",\"fair\",\"fair\"]}",
                "If-Match", "1");
        assertThat(tags(ids.get(0))).containsExactly("旺季", "fair");
        bulk(ids, "\"addTags\":[\"recall\"],\"removeTags\":[\"fair\"]");
        assertThat(tags(ids.get(0))).containsExactly("旺季", "recall");
        assertThat(tags(ids.get(1))).containsExactly("recall");
        assertThat(api.get("/tickets?tag=recall").body().get("items").findValuesAsText("id"))
                .containsExactlyInAnyOrderElementsOf(ids);
        assertThat(api.get("/tickets?tag=fair").body().get("items")).isEmpty();
        assertThat(api.get("/tickets?q=旺季").body().get("items").findValuesAsText("id"))
                .as("the search knows them").containsExactly(ids.get(0));
        String many = IntStream.range(0, 19).mapToObj(n -> "\"t" + n + "\"").collect(Collectors.joining(","));
        assertThat(bulk(ids, "\"addTags\":[" + many + "]").findValuesAsText("status"))
                .as("no more than 20").containsExactly("409", "200");
    }

    private JsonNode bulk(List<String> ids, String set) {
        Answer done = api.post("/tickets/bulk", "{\"ids\":[\"" + String.join("\",\"", ids) + "\"],\"set\":{"
                + set + "}}");
        assertThat(done.status()).as(done.body().toString()).isEqualTo(200);
        return done.body().get("results");
    }

    private List<String> tags(String id) {
        List<String> tags = new ArrayList<>();
        api.get("/tickets/" + id).body().get("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    @Test
    @Tag("R14")
    void theCustomerIsToldWhatHappensNextAndByWhenInTwoLanguages() {
        Answer made = api.call("ann:agent", "POST", "/tickets",
                "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"web\"}", "Accept-Language", "zh-CN");
        JsonNode steps = made.body().get("nextSteps");
        assertThat(steps.findValuesAsText("step")).containsExactly("contact", "assess", "solve");
        assertThat(steps.get(0).get("text").asText()).contains("联系您");
        assertThat(steps.get(2).get("by").asText()).isEqualTo(clock(made.body(), "resolution"));
        String path = "/tickets/" + id(made);
        api.post(path + "/transitions", "{\"to\":\"waiting-customer\"}");
        JsonNode waiting = api.call("ann:agent", "GET", path, null, "Accept-Language", "en").body()
                .get("nextSteps");
        assertThat(waiting.findValuesAsText("step")).containsExactly("answer");
        assertThat(waiting.get(0).get("text").asText()).contains("your answer");
        assertThat(waiting.get(0).get("by").isNull()).isTrue();
    }

    @Test
    @Tag("R41")
    void theClosureReportSaysHowTheLoopWasClosedAndWhatItLacks() {
        String path = "/tickets/"
                + id(api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Jams\",\"channel\":\"web\"}"));
        assertThat(api.get(path + "/closure-report").status()).isEqualTo(409);
        api.post(path + "/transitions", "{\"to\":\"resolved\",\"rootCause\":\"worn roller\","
                + "\"reason\":\"roller replaced\",\"rootCauseMethod\":\"rca\"}");
        JsonNode half = api.get(path + "/closure-report").body();
        assertThat(half.get("missing")).hasSize(3);
        assertThat(half.at("/solve/done").asText()).isEqualTo("roller replaced");
        assertThat(half.at("/solve/method").asText()).isEqualTo("rca");
        api.post(path + "/comments", "{\"text\":\"It works again, dry paper please\","
                + "\"visibility\":\"public\",\"contact\":true}");
        api.post(path + "/transitions", "{\"to\":\"verified\",\"verification\":\"200 pages\","
                + "\"feedback\":\"satisfied\",\"improvement\":\"check rollers yearly\"}");
        JsonNode whole = api.get(path + "/closure-report").body();
        assertThat(whole.get("missing")).isEmpty();
        assertThat(whole.at("/verify/verification").asText()).isEqualTo("200 pages");
        assertThat(whole.at("/verify/by").asText()).isEqualTo("ann");
        assertThat(whole.at("/feedback/conversations/0/text").asText()).contains("dry paper");
        assertThat(whole.get("improvement").asText()).isEqualTo("check rollers yearly");
        assertThat(whole.get("stages").findValuesAsText("stage")).containsExactly("accept", "verify",
                "feedback");
    }

    @Test
    void whatIsSaidToTheCustomerGoesOutAndWhatIsSaidAmongUsDoesNot() {
        String id = id(api.post("/tickets", "{\"device\":\"LP-1\",\"title\":\"Q\",\"channel\":\"web\"}"));
        api.post("/tickets/" + id + "/comments", "{\"text\":\"he is always like that\"}");
        api.post("/tickets/" + id + "/comments", "{\"text\":\"We come at ten\",\"visibility\":\"public\"}");
        List<String> told = api.database.jdbi().withHandle(handle -> handle.createQuery(
                "SELECT payload->'params'->>'text' FROM fleet.outbox WHERE topic = 'notice.customer'"
                        + " AND key LIKE :key")
                .bind("key", "ticket/" + id + "/comment/%").mapTo(String.class).list());
        assertThat(told).containsExactly("We come at ten");
    }

    @Test
    @Tag("R88")
    void aForeseenFaultIsATicketWithTheTimeByWhichToActAndTheRemoteRemedy() {
        api.device("LP-P", "north");
        ObjectNode foreseen = fault("P1", "LP-P", "DRUM_WEARS_OUT").put("actBy", "2026-11-09T00:00:00Z");
        foreseen.putArray("remedies").addObject().put("action", "clean-drum");
        api.tell("fault.raised", "P1", foreseen);
        JsonNode ticket = api.await("/tickets?fault=P1", page -> !page.get("items").isEmpty())
                .get("items").get(0);
        JsonNode detail = api.get("/tickets/" + ticket.get("id").asText()).body();
        assertThat(detail.get("origin").asText()).isEqualTo("proactive");
        assertThat(detail.get("dueBy").asText()).isEqualTo("2026-11-09T00:00:00Z");
        assertThat(detail.at("/remedies/0/action").asText()).isEqualTo("clean-drum");
        assertThat(detail.get("type").asText()).isEqualTo("fault");
        assertThat(detail.get("impact").asText()).as("judged already").isEqualTo("medium");
    }

    private String raised(String fault, String device, String code) {
        api.tell("fault.raised", fault, fault(fault, device, code));
        return api.await("/tickets?fault=" + fault, page -> !page.get("items").isEmpty()).get("items").get(0)
                .get("id").asText();
    }

    private ObjectNode fault(String fault, String device, String code) {
        ObjectNode notice = Json.object().put("fault", fault).put("device", device).put("code", code)
                .put("severity", "major").put("title", code).put("at", api.clock.instant().toString());
        notice.putObject("values").put("fuser_temp", 214.5);
        return notice;
    }

    private static String clock(JsonNode ticket, String type) {
        for (JsonNode clock : ticket.get("clocks")) {
            if (clock.get("type").asText().equals(type)) {
                return clock.get("due").asText();
            }
        }
        throw new AssertionError("There is no clock " + type);
    }

    private static String id(Answer made) {
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        return made.body().get("id").asText();
    }
}
