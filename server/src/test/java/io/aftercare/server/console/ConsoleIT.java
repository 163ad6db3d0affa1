package io.aftercare.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The console in a real browser. Every test ends with what the browser complained of: a script's error or a violation of the
/// Content-Security-Policy fails it. One browser serves all tests; each has a server, and so an origin, of its own.
class ConsoleIT {
    private static final String ENTER = "\uE007";
    private static final String ESCAPE = "\uE00C";

    private static Browser browser;

    private final PretendApi api = new PretendApi();
    private ConsoleServer server;

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void signIn() throws IOException {
        server = ConsoleServer.start(api::mount);
        browser.open(server.address() + "/");
        browser.type("input[name=username]", "admin");
        browser.type("input[name=password]", PretendApi.PASSWORD);
        browser.click("form button.primary");
        browser.awaitText("Fuser overheating");
    }

    @AfterEach
    void leave() throws IOException {
        try {
            assertThat(browser.complaints())
                    .allMatch(one -> one.contains("/api/v1/") && one.contains("the server responded"));
        } finally {
            browser.forget();
            server.close();
        }
    }

    @Test
    void aWrongPasswordIsToldAndKeepsTheName() throws IOException {
        browser.click("nav footer button:last-child");
        browser.type("input[name=username]", "admin");
        browser.type("input[name=password]", "wrong");
        browser.click("form button.primary");
        browser.awaitText("That user name and password do not match");
        assertThat(browser.value("document.querySelector('input[name=username]').value").asText())
                .isEqualTo("admin");
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void theSessionOutlivesAReloadAndItsTokenIsOutOfReach() throws IOException {
        browser.open(server.address() + "/#/devices");
        browser.awaitText("PRN-1");
        assertThat(browser.value("document.cookie + JSON.stringify(localStorage)").asText())
                .doesNotContain("aftercare_session", "csrf-token");
    }

    @Test
    void keysMoveThroughTheQueueAndOpenATicket() throws IOException {
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.press("j");
        browser.await("document.querySelector('tr.current')");
        browser.press(ENTER);
        browser.await("location.hash === '#/tickets/1'");
        browser.await("document.querySelector('.actionbar')");
        browser.press("r");
        assertThat(browser.value("document.activeElement.name").asText()).isEqualTo("text");
        browser.press(ESCAPE);
        browser.press(ESCAPE);
        browser.await("document.querySelector('ac-queue tr.current')");
    }

    @Test
    void newTicketsWaitUntilTheyAreAskedFor() throws IOException {
        api.open("2", "Paper jam");
        browser.awaitText("Show 1 new");
        assertThat(browser.text()).doesNotContain("Paper jam");
        browser.click(".news button");
        browser.awaitText("Paper jam");
    }

    @Test
    void aTicketShowsItsTimelineAndWhatTheDeviceMeasured() throws IOException {
        browser.open(server.address() + "/#/tickets/1");
        browser.awaitText("fuser_temp 214.6");
        browser.await("document.querySelector('ac-evidence canvas')");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.click("ac-evidence .caption button");
        browser.await("document.querySelectorAll('ac-evidence tbody tr').length > 50");
    }

    @Test
    void resolvingAsksForTheRootCause() throws IOException {
        browser.open(server.address() + "/#/tickets/1");
        browser.click("[data-to=resolved]");
        browser.type("dialog [name=rootCause]", "Fan curve reacts too late");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.click("dialog button.primary");
        browser.awaitText("The ticket is now “Resolved”");
        browser.await("document.querySelector('[data-to=verified]')");
    }

    @Test
    void aFailureKeepsWhatWasTypedAndSaysWhatToQuote() throws IOException {
        browser.open(server.address() + "/#/tickets/1");
        browser.type("ac-composer textarea", "Called the customer");
        api.breakDown(true);
        browser.click("ac-composer button.primary");
        browser.awaitText("c0ffee");
        assertThat(browser.value("document.querySelector('ac-composer textarea').value").asText())
                .isEqualTo("Called the customer");
        api.breakDown(false);
        browser.click("ac-composer button.primary");
        browser.await("document.querySelector('.timeline [data-kind=comment]')");
    }

    @Test
    void aDevicesValuesChangeAsItsTelemetryComesIn() throws IOException {
        browser.open(server.address() + "/#/device/PRN-1");
        browser.await("document.querySelector('[data-metric=fuser_temp] canvas')");
        assertThat(browser.value("document.querySelector('[data-metric=fuser_temp] .value').textContent")
                .asText()).isEqualTo("190.5");
        browser.await(
                "document.querySelector('ac-device').textContent.includes('is expected to reach 5 on 11 Dec 2026')");
        api.tell("telemetry",
                new JsonObject().put("device", "PRN-1").put("ts", System.currentTimeMillis() + 1000)
                        .put("values", new JsonObject().put("fuser_temp", 217.3)));
        browser.await("document.querySelector('[data-metric=fuser_temp] .value').textContent === '217.3'");
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void aCampaignIsApprovedAndShowsItsDevices() throws IOException {
        browser.open(server.address() + "/#/campaign/C1");
        browser.click("[data-do=approve]");
        browser.click("dialog button.primary");
        browser.await("document.querySelector('[data-do=start]')");
        browser.awaitText("3 of 4 confirmed");
        browser.await("document.querySelector('ac-campaign-devices tbody tr')");
        browser.await("document.querySelector('ac-campaign-health [data-metric=fuser_temp] canvas')");
        browser.awaitText("The 5 updated devices do worse than the 95 waiting ones.");
        browser.awaitText("5 of 5 (57 % to 100 %)");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.dark(true);
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void anIncidentSaysWhatItKnowsAndLeadsToItsDevicesWhichSayWhyTheyAreQuiet() throws IOException {
        browser.open(server.address() + "/#/incidents");
        browser.awaitText("6 of 20 devices with firmware 2.4.0");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.click("ac-incidents a.title");
        browser.await("document.querySelector('ac-incident tbody a[href=\"#/tickets/1\"]')");
        browser.dark(true);
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.dark(false);
        browser.click("ac-incident tbody a[href='#/device/PRN-1']");
        browser.awaitText("maintenance until tomorrow: new fan");
        browser.awaitText("Seen by ann");
        browser.awaitText("Part of incident I1");
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void oneDeviceOfACampaignIsGivenUpAndTriedAgain() throws IOException {
        browser.open(server.address() + "/#/campaign/C1");
        browser.click("[data-do=approve]");
        browser.click("dialog button.primary");
        browser.click("[data-do=start]");
        browser.click("dialog button.primary");
        browser.click("ac-campaign-devices [data-do=cancel]");
        browser.type("dialog [name=reason]", "scrapped");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.click("dialog footer button.danger");
        browser.awaitText("PRN-1 was given up");
        browser.awaitText("scrapped");
        browser.click("ac-campaign-devices [data-do=retry]");
        browser.click("dialog footer button.primary");
        browser.awaitText("PRN-1 is tried again");
        browser.await("document.querySelector('ac-campaign-devices [data-do=cancel]')");
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void aReleaseIsWithdrawnByWhoTypesItsVersion() throws IOException {
        browser.open(server.address() + "/#/release/R1");
        browser.click("[data-do=withdraw]");
        browser.type("dialog [name=reason]", "Fans stop");
        browser.type("dialog [name=confirm]", "4.1.0");
        browser.click("dialog footer button.danger");
        browser.awaitText("What was typed is not 4.2.0.");
        browser.fill("dialog [name=confirm]", "4.2.0");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.click("dialog footer button.danger");
        browser.awaitText("The release was withdrawn");
        browser.await("document.querySelector('ac-release .badge.critical')");
        browser.awaitText("Fans stop");
        assertThat(browser.value("document.querySelector('[data-do=withdraw]') === null").asBoolean())
                .isTrue();
    }

    @Test
    void thePageOnKeysSaysWhoseSignaturesCount() throws IOException {
        browser.open(server.address() + "/#/trust");
        browser.awaitText("2 of 3:");
        browser.awaitText("0123 4567 89ab cdef");
        browser.awaitText("these no longer count");
        assertThat(browser.accessibilityFaults()).isEmpty();
        browser.dark(true);
        assertThat(browser.accessibilityFaults()).isEmpty();
    }

    @Test
    void whoHasToBeSentSomewhereHasAViewOfTheQueue() throws IOException {
        browser.open(server.address() + "/#/queue/dispatch");
        browser.awaitText("Nobody has to be sent");
        api.send("3", "Fan stands still");
        browser.open(server.address() + "/#/queue/open");
        browser.awaitText("Fan stands still");
        browser.open(server.address() + "/#/queue/dispatch");
        browser.awaitText("1 in this view");
        browser.awaitText("Fan stands still");
    }

    @Test
    void leavingAndComingBackDoesNotUseUpTheConnectionsOfTheBrowser() throws IOException {
        for (int visit = 0; visit < 8; visit++) {
            browser.open("about:blank");
            browser.open(server.address() + "/#/campaigns");
            browser.awaitText("Fan curve");
        }
        api.open("2", "Paper jam");
        browser.value("history.go(-2)");
        browser.awaitText("Fan curve");
        browser.value("void (location.hash = '#/queue')");
        browser.awaitText("Paper jam");
    }

    @Test
    void aNarrowWindowScrollsNothingSideways() throws IOException {
        browser.narrow(true);
        try {
            for (String page : new String[]{"campaign/C1", "tickets/1", "release/R1", "trust",
                    "incident/I1"}) {
                browser.open(server.address() + "/#/" + page);
                browser.await(
                        "document.querySelector('.page .card') && location.hash === '#/" + page + "'");
                assertThat(browser.value("document.querySelector('.main').scrollWidth"
                        + " - document.querySelector('.main').clientWidth").asInt()).as(page).isZero();
            }
        } finally {
            browser.narrow(false);
        }
    }

    @Test
    void everyPageSpeaksChinese() throws IOException {
        browser.value("localStorage.setItem('aftercare.language', 'zh')");
        browser.open("about:blank");
        for (String page : new String[]{"queue", "devices", "incidents", "campaigns", "releases", "trust",
                "rules", "audit"}) {
            browser.open(server.address() + "/#/" + page);
            browser.await("document.querySelector('.page h1') && document.querySelector('.card').innerText");
            assertThat(browser.value("document.querySelector('h1').textContent").asText())
                    .matches("\\p{IsHan}+");
        }
        assertThat(browser.value("document.documentElement.lang").asText()).isEqualTo("zh");
    }
}
