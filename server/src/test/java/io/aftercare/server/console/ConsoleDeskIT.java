package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Media;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// The desk's work as an agent does it: the queue, and a case from its opening to its fix.
@ConsoleTest
class ConsoleDeskIT {
    @Test
    void aProactiveCaseIsMendedFromAfarByTwoClicks(@As("agent") Desk desk) throws Exception {
        try (Mending mending = Mending.of(desk.world(), false)) {
            desk.open("tickets/" + mending.ticket);
            desk.sees("[data-do=fix]");
            desk.sees("ac-evidence canvas");
            desk.value("void (window.clicks = 0, addEventListener('click', () => window.clicks++, true))");
            desk.click("[data-do=fix]");
            desk.reads("The network is away for some seconds");
            assertThat(desk.axe()).isEmpty();
            desk.click("dialog button.primary");
            desk.sees("ac-run .step.here");
            assertThat(desk.value("window.clicks").asInt()).isEqualTo(2);
            assertThat(mending.runs()).hasSize(1);
            assertThat(desk.axe()).isEmpty();
            desk.picture("ticket-run");
        }
    }

    @Test
    void withoutConsentTheCustomerIsAskedAndTheFixWaits(@As("agent") Desk desk) throws Exception {
        try (Mending mending = Mending.of(desk.world(), true)) {
            desk.open("tickets/" + mending.ticket);
            desk.click("[data-do=fix]");
            desk.reads("Missing: the customer has to allow it first");
            assertThat(desk.at("dialog button.primary")).hasText("Request consent");
            desk.click("dialog button.primary");
            desk.reads("It can begin as soon as the answer is yes");
            assertThat(mending.runs()).isEmpty();
            mending.agree();
            desk.reads("The customer agreed. The fix can begin.");
            desk.click("[data-do=fix]");
            assertThat(desk.at("dialog button.primary")).hasText("Confirm");
            desk.click("dialog button.primary");
            desk.sees("ac-run .step.here");
            assertThat(mending.runs()).hasSize(1);
        }
    }

    @Test
    void whatOnlyReadsIsAskedByOneClick(@As("agent") Desk desk) throws Exception {
        try (Mending mending = Mending.of(desk.world(), false)) {
            desk.open("tickets/" + mending.ticket);
            desk.click("[data-read=ping]");
            desk.reads("The device is asked: ping");
            assertThat(
                    desk.world().admin().get("/api/v1/devices/" + mending.device.id + "/actions").expect(200)
                            .path("items").findValuesAsText("action"))
                    .contains("ping");
        }
    }

    @Test
    void manyCasesAreAssignedAtOnceAndGivenBack(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Squeaks");
        for (int i = 0; i < 3; i++) {
            desk.world().ticket(desk.world().device("LP-1000").id, title);
        }
        desk.open("queue/open?q=" + title);
        assertThat(desk.row(title)).hasCount(3);
        desk.press("Control+a");
        desk.reads("3 chosen");
        assertThat(desk.axe()).isEmpty();
        desk.press("a");
        desk.type("dialog [name=owner]", "engineer-test");
        desk.click("dialog button.primary");
        desk.reads("3 assigned to engineer-test");
        assertThat(desk.row("engineer-test")).hasCount(3);
        desk.click(".toast .undo");
        desk.reads("Taken back");
        assertThat(desk.row("engineer-test")).hasCount(0);
    }

    @Test
    void anAgentIsOfferedThosePeopleWhoWork(@As("agent") Desk desk) throws Exception {
        desk.open("tickets/"
                + desk.world().ticket(desk.world().device("LP-1000").id, desk.world().fresh("Clicks")));
        desk.click("[data-do=assign]");
        assertThat(desk.at("#people-owner option[value=engineer-test]")).hasCount(1);
        assertThat(desk.at("#people-owner option[value=auditor-test]")).hasCount(0);
    }

    @Test
    void manyCasesAreTaggedAndPutAsideAndEachIsTakenBack(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Smells");
        String first = desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.open("queue/open?q=" + title);
        assertThat(desk.row(title)).hasCount(2);
        desk.press("Control+a");
        desk.press("t");
        desk.type("dialog [name=add]", "recall, 旺季");
        desk.click("dialog button.primary");
        assertThat(desk.row("recall")).hasCount(2);
        assertThat(ticket(desk, first).path("tags").toString()).isEqualTo("[\"recall\",\"旺季\"]");
        desk.click(".toast .undo");
        assertThat(desk.row("recall")).hasCount(0);
        desk.press("Control+a");
        desk.press("h");
        desk.click("dialog button.primary");
        desk.reads("2 out of sight until");
        assertThat(ticket(desk, first).path("snoozedUntil").isNull()).isFalse();
        desk.click(".toast .undo");
        desk.world().admin().await("/api/v1/tickets/" + first, now -> now.path("snoozedUntil").isNull());
    }

    @Test
    void keysAloneLeadFromTheQueueToAReply(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Will not start");
        String ticket = desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.open("queue/open?q=" + title);
        assertThat(desk.row(title)).hasCount(1);
        desk.press("j");
        desk.press("r");
        assertThat(desk.at("ac-composer textarea")).isFocused();
        desk.page().keyboard().type("We are on it");
        desk.press("Control+Enter");
        desk.sees("[data-voice=reply]");
        desk.press("Escape");
        desk.press("n");
        desk.page().keyboard().type("Fan again");
        desk.press("Control+Enter");
        desk.sees("[data-voice=note]");
        JsonNode said = desk.world().admin().get("/api/v1/tickets/" + ticket).expect(200).path("timeline");
        assertThat(said.findValuesAsText("visibility")).containsExactly("public", "internal");
    }

    @Test
    void duplicatesAreMergedAndTakenApart(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Beeps");
        String device = desk.world().device("LP-1000").id;
        String first = desk.world().ticket(device, title);
        String second = desk.world().ticket(device, title);
        desk.open("queue/open?q=" + title);
        assertThat(desk.row(title)).hasCount(2);
        desk.press("Control+a");
        desk.press("m");
        desk.click("dialog button.primary");
        desk.reads("1 merged into");
        assertThat(ticket(desk, second).path("mergedInto").asText()).isEqualTo(first);
        desk.open("tickets/" + second);
        desk.reads("This is a duplicate of");
        desk.button("Take apart").first().click();
        desk.type("dialog [name=reason]", "Another fault after all");
        desk.click("dialog button.primary");
        desk.sees("[data-to=in-progress]");
        assertThat(ticket(desk, second).path("mergedInto").isNull()).isTrue();
    }

    @Test
    void whoLosesARaceIsToldWhatChangedAndKeepsTheirWords(@As("agent") Desk desk) throws Exception {
        String ticket = desk.world().ticket(desk.world().device("LP-1000").id, desk.world().fresh("Hums"));
        desk.open("tickets/" + ticket);
        desk.click("[data-to=resolved]");
        desk.type("dialog [name=rootCause]", "A loose screw");
        desk.complaints().expect("status of 412");
        patch(desk, ticket, "{\"priority\":\"P1\"}");
        desk.click("dialog button.primary");
        desk.reads("P1");
        assertThat(desk.at("dialog .fail")).containsText("priority");
        assertThat(desk.at("dialog [name=rootCause]")).hasValue("A loose screw");
        desk.click("dialog button.primary");
        desk.reads("The ticket is now “Resolved”");
    }

    @Test
    void aViewIsSavedForOneselfAndGoneAgain(@As("agent") Desk desk) throws Exception {
        String name = desk.world().fresh("Urgent ones");
        desk.open("queue/unassigned?priority=P1");
        desk.settled();
        desk.at("details.menu summary").filter(new Locator.FilterOptions().setHasText("View")).click();
        desk.button("Save as a new view…").click();
        desk.type("dialog [name=title]", name);
        desk.click("dialog button.primary");
        assertThat(desk.at(".tabs [aria-current]")).containsText(name);
        desk.page().reload();
        assertThat(desk.at(".tabs [aria-current]")).containsText(name);
        assertThat(desk.at(".filters select.on")).hasValue("P1");
    }

    @Test
    void aCaseIsPrintedWithoutItsButtonsAndItsFileStandsAlone(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Rattles");
        String ticket = desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.open("tickets/" + ticket);
        desk.sees(".actionbar");
        desk.page().emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
        assertThat(desk.at(".actionbar")).isHidden();
        assertThat(desk.at("ac-composer form")).isHidden();
        assertThat(desk.at("ac-thread")).isVisible();
        desk.open("/api/v1/tickets/" + ticket + "/case-file?format=html&lang=en");
        desk.reads(title);
    }

    private static JsonNode ticket(Desk desk, String id) throws IOException, InterruptedException {
        return desk.world().admin().get("/api/v1/tickets/" + id).expect(200);
    }

    private static void patch(Desk desk, String ticket, String change)
            throws IOException, InterruptedException {
        int version = ticket(desk, ticket).path("version").asInt();
        desk.world().admin().send("PATCH", "/api/v1/tickets/" + ticket,
                HttpRequest.BodyPublishers.ofString(change),
                Map.of("If-Match", "\"" + version + "\"", "Content-Type",
                        "application/json"))
                .expect(200);
    }
}
