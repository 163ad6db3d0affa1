package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of a broken device: repaired in its warranty, repaired for money or not at all, and exchanged.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairFlowsIT {
    private static final String SCORES = """
            {"speed":4,"attitude":5,"effect":5,"resolution":5,"parts":4,"professionalism":5,"comment":"谢谢，很快"}""";

    @TempDir
    static Path folder;
    private Desk desk;

    @BeforeAll
    void open() throws Exception {
        desk = Desk.open(folder);
        Workshop.open(desk);
    }

    @AfterAll
    void close() throws Exception {
        desk.close();
    }

    @Test
    @Tag("R2")
    @Tag("R8")
    @Tag("R20")
    @Tag("R22")
    @Tag("R28")
    @Tag("R29")
    @Tag("R30")
    @Tag("R31")
    @Tag("R34")
    @Tag("R35")
    @Tag("R36")
    @Tag("R40")
    @Tag("R41")
    @Tag("R46")
    @Tag("R49")
    @Tag("R83")
    void aCoveredDeviceIsRepairedFreeOfCharge() throws Exception {
        try (CaseStory story = reported("PRN-100", today().minusMonths(2))) {
            JsonNode claim = story.now().get("entitlement");
            assertThat(claim.get("covered").asBoolean()).as(claim.toString()).isTrue();
            assertThat(claim.at("/reasons/0/en").asText()).isNotEmpty();
            assertThat(claim.at("/reasons/0/zh").asText()).isNotEmpty();
            assessed(story);
            Visit visit = Visit.planned(story, 1);
            visit.reviewedAndDispatched();
            visit.arrived();
            assertThat(story.clock("on-site")).isEqualTo("met");
            visit.begun();
            Parts parts = Parts.requested(story);
            visit.cannotRecord("consent to the replacement of " + Workshop.PART, "issued requisition");
            parts.cannotBeFitted("consent to the replacement of " + Workshop.PART, "issued requisition");
            parts.issuedByTheManager();
            parts.cannotBeFitted("consent to the replacement of " + Workshop.PART);
            parts.agreedTo();
            parts.fitted();
            story.cannotBecome("resolved", Map.of("rootCause", "worn fuser"), "W-0", "repairing");
            visit.repairedAndTested();
            costsStand(story, "labour 120.00", "parts 180.00", "travel 30.00");
            solvedAndVerified(story);
            surveyed(story);
            String page = closedWithItsFile(story);
            assertThat(page)
                    .contains("fuser replaced, rollers cleaned", Parts.serial(story), "none in 20 pages",
                            "agrees on the phone", "attitude")
                    .doesNotContain("Li Wei");
        }
    }

    @Test
    @Tag("R7")
    @Tag("R8")
    @Tag("R35")
    @Tag("R36")
    @Tag("R40")
    @Tag("R46")
    @Tag("R83")
    void aDeviceOutOfItsWarrantyIsRepairedOnceTheCustomerAcceptsTheQuote() throws Exception {
        try (CaseStory story = reported("PRN-200", today().minusYears(3))) {
            JsonNode claim = story.now().get("entitlement");
            assertThat(claim.get("state").asText()).isEqualTo("expired");
            assertThat(claim.at("/suggestion/step").asText()).isEqualTo("quote");
            assessed(story);
            Visit visit = Visit.planned(story, 3);
            visit.reviewedAndDispatched();
            visit.arrived();
            visit.cannotBegin("must accept a quote", "there is none yet");
            JsonNode quote = Quotes.sent(story);
            visit.cannotBegin("must accept a quote", "is sent");
            assertThat(story.now().get("state").asText()).isEqualTo("waiting-customer");
            assertThat(story.clock("resolution")).isEqualTo("paused");
            Quotes.acceptedByTheCustomer(story, quote);
            assertThat(story.clock("resolution")).isEqualTo("running");
            visit.begun();
            Parts parts = Parts.requested(story);
            parts.issuedByTheManager();
            parts.fitted();
            visit.repairedAndTested();
            solvedAndVerified(story);
            surveyed(story);
            String page = closedWithItsFile(story);
            assertThat(page).contains(quote.get("number").asText(), "450.00", "accepted");
        }
    }

    @Test
    @Tag("R7")
    @Tag("R83")
    void aDeviceOutOfItsWarrantyStaysAsItIsWhereTheCustomerDeclines() throws Exception {
        try (CaseStory story = reported("PRN-201", today().minusYears(3))) {
            assessed(story);
            Visit visit = Visit.planned(story, 5);
            visit.reviewedAndDispatched();
            visit.arrived();
            JsonNode quote = Quotes.sent(story);
            Quotes.declinedByTheCustomer(story, quote);
            visit.cannotBegin("must accept a quote", "is declined");
            story.cannotBecome("resolved", Map.of("rootCause", "worn fuser"), "W-0", "on-site");
            visit.failed("the customer declined " + quote.get("number").asText());
            story.becomes("resolved", Map.of("rootCause", "worn fuser; the customer declined the repair"));
            story.done(desk.agent, "comments",
                    "{\"text\":\"Ms Li will buy a new one\",\"contact\":true}");
            story.becomes("verified", Map.of("verification", "The customer said so on the page"));
            story.becomes("closed", Map.of());
            assertThat(exported(story)).contains(quote.get("number").asText(), "declined");
        }
    }

    @Test
    @Tag("R2")
    @Tag("R37")
    @Tag("R39")
    @Tag("R83")
    void aDeviceWithADefectOfOursIsExchangedAndTheNewOneCarriesTheWarranty() throws Exception {
        LocalDate bought = today().minusDays(5);
        try (CaseStory story = reported("PRN-300", bought)) {
            desk.admin.post("/api/v1/devices", Map.of("id", "PRN-301", "model", Desk.MODEL)).expect(201);
            assessed(story);
            String until = story.now().at("/entitlement/until").asText();
            Exchange exchange = Exchange.requested(story);
            exchange.approvedBySomebodyElse();
            exchange.shipped("PRN-301");
            solvedAndVerified(story);
            surveyed(story);
            story.cannotBecome("closed", Map.of(), "R-0", "shipped");
            exchange.oldOneReceivedAndInspected("PRN-300");
            exchange.replaced();
            JsonNode claim = desk.agent.get("/api/v1/devices/PRN-301/entitlement").expect(200);
            assertThat(claim.get("covered").asBoolean()).isTrue();
            assertThat(claim.get("until").asText()).isEqualTo(until);
            assertThat(claim.toString()).contains("PRN-300");
            assertThat(desk.agent.get("/api/v1/devices/PRN-300").expect(200).get("state").asText())
                    .isEqualTo("replaced");
            assertThat(closedWithItsFile(story)).contains("PRN-300", "PRN-301", "Board dead");
        }
    }

    private CaseStory reported(String serial, LocalDate purchased) throws IOException, InterruptedException {
        desk.device(serial, purchased);
        CaseStory story = new CaseStory(desk, desk.report(serial, "Streaks", "Streaks on every page"));
        assertThat(story.now().get("owner").asText()).isEqualTo("ann");
        return story;
    }

    // Somebody judges what kind of case it is.
    private static void assessed(CaseStory story) throws IOException, InterruptedException {
        story.cannotBecome("assessed", Map.of(), "what kind it is");
        story.becomes("assessed", Map.of("type", "fault", "impact", "high", "urgency", "medium"));
        assertThat(story.clock("contact")).as("spoken with on the phone").isEqualTo("met");
    }

    // What the work cost, as the books have it.
    private static void costsStand(CaseStory story, String... wanted)
            throws IOException, InterruptedException {
        JsonNode costs = story.desk.coordinator.await("/api/v1/costs?ticket=" + story.number,
                page -> page.get("items").size() >= wanted.length);
        assertThat(StreamSupport.stream(costs.get("items").spliterator(), false)
                .map(cost -> cost.get("kind").asText() + ' ' + cost.get("amount").decimalValue().setScale(2)))
                .containsExactlyInAnyOrder(wanted);
    }

    private static void solvedAndVerified(CaseStory story) throws IOException, InterruptedException {
        story.cannotBecome("resolved", Map.of(), "say what caused it");
        story.becomes("resolved", Map.of("rootCause", "worn fuser", "rootCauseMethod", "5-whys"));
        story.desk.agent.await("/api/v1/tickets/" + story.id,
                ticket -> ticket.get("notices").findValuesAsText("template").contains("case-resolved"));
        story.cannotBecome("closed", Map.of(), "must be verified");
        story.cannotBecome("verified", Map.of(), "what shows that it is solved");
        story.becomes("verified", Map.of("verification", "20 pages without a streak"));
    }

    // The customer answers the survey by the link; without a word of the result the file is not complete.
    private static void surveyed(CaseStory story) throws IOException, InterruptedException {
        story.cannotBecome("closed", Map.of(), "feedback is missing");
        String survey = story.link() + "/survey";
        assertThat(story.read(story.customer, survey).get("state").asText()).isEqualTo("sent");
        story.done(story.customer, survey, SCORES);
        story.refused(story.customer, survey, SCORES, "answered");
        JsonNode known = story.read(story.desk.quality, "survey");
        assertThat(known.get("state").asText()).isEqualTo("answered");
        assertThat(known.at("/scores/attitude").asInt()).isEqualTo(5);
    }

    private static String closedWithItsFile(CaseStory story) throws IOException, InterruptedException {
        JsonNode file = story.read(story.desk.quality, "case-file");
        assertThat(file.get("complete").asBoolean()).as(file.get("missing").toString()).isTrue();
        story.becomes("closed", Map.of());
        return exported(story);
    }

    // One page that stands alone.
    private static String exported(CaseStory story) throws IOException, InterruptedException {
        String page = story.page(story.desk.quality, "case-file?format=html&lang=en");
        assertThat(page).contains(story.number).doesNotContain("<script", "src=\"http", "href=\"http");
        assertThat(story.read(story.desk.quality, "case-file").get("state").asText()).isEqualTo("archived");
        return page;
    }

    private static LocalDate today() {
        return LocalDate.now(ZoneOffset.UTC);
    }
}
