package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// The ways through the console that everybody goes.
@ConsoleTest
class ConsoleIT {
    @Test
    void aWrongPasswordIsToldAndKeepsTheName(@As(As.NOBODY) Desk desk) {
        desk.complaints().expect("401.*/api/v1/session");
        desk.open("queue");
        desk.type("input[name=username]", "admin");
        desk.type("input[name=password]", "wrong");
        desk.click("form button.primary");
        desk.reads("That user name and password do not match");
        assertThat(desk.at("input[name=username]")).hasValue("admin");
        assertThat(desk.axe()).isEmpty();
        desk.picture("login");
        desk.type("input[name=password]", desk.world().password("admin"));
        desk.click("form button.primary");
        desk.sees("ac-queue");
    }

    @Test
    void theSessionOutlivesAReloadAndItsTokenIsOutOfReach(Desk desk) {
        desk.open("devices");
        desk.sees("ac-devices");
        desk.page().reload();
        desk.sees("ac-devices");
        assertThat(
                desk.value("document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)")
                        .asText())
                .doesNotContain("aftercare_session", "csrf");
    }

    @Test
    void whoSignsOutIsOutInDeed(Desk desk) {
        desk.complaints().expect("401.*/api/v1/session");
        desk.open("devices");
        desk.sees("ac-devices");
        desk.button("Sign out").click();
        desk.sees("input[name=password]");
        desk.page().reload();
        desk.sees("input[name=password]");
    }

    @Test
    void keysMoveThroughTheQueueAndOpenATicket(@As("agent") Desk desk) throws Exception {
        String title = desk.world().fresh("Paper jam");
        String ticket = desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.open("queue");
        desk.reads(title);
        assertThat(desk.axe()).isEmpty();
        desk.press("j");
        assertThat(desk.at("tr.current")).containsText(title);
        desk.press("Enter");
        assertThat(desk.page()).hasURL(Pattern.compile("#/tickets/" + ticket + "$"));
        desk.sees(".actionbar");
        desk.press("r");
        assertThat(desk.at("ac-composer textarea")).isFocused();
        desk.press("Escape");
        desk.press("Escape");
        assertThat(desk.at("ac-queue tr.current")).containsText(title);
    }

    @Test
    void newTicketsWaitUntilTheyAreAskedFor(@As("agent") Desk desk) throws Exception {
        TestDevice device = desk.world().device("LP-1000");
        desk.open("queue");
        desk.settled();
        String title = desk.world().fresh("Paper jam");
        desk.world().ticket(device.id, title);
        desk.sees(".news button");
        assertThat(desk.text()).doesNotContain(title);
        desk.click(".news button");
        desk.reads(title);
    }

    @Test
    void resolvingAsksForTheRootCause(@As("agent") Desk desk) throws Exception {
        String ticket = desk.world().ticket(desk.world().device("LP-1000").id, "Too loud");
        desk.open("tickets/" + ticket);
        desk.click("[data-to=in-progress]");
        desk.click("dialog button.primary");
        desk.reads("The ticket is now “In progress”");
        desk.click("[data-to=resolved]");
        desk.type("dialog [name=rootCause]", "Fan curve reacts too late");
        assertThat(desk.axe()).isEmpty();
        desk.click("dialog button.primary");
        desk.reads("The ticket is now “Resolved”");
        desk.sees("[data-to=verified]");
        assertThat(
                desk.world().admin().get("/api/v1/tickets/" + ticket).expect(200).path("rootCause").asText())
                .isEqualTo("Fan curve reacts too late");
    }

    @Test
    void leavingAndComingBackDoesNotUseUpTheConnectionsOfTheBrowser(Desk desk) throws Exception {
        for (int visit = 0; visit < 8; visit++) {
            desk.open("devices");
            desk.sees("ac-devices");
            desk.page().navigate("about:blank");
        }
        String title = desk.world().fresh("Comes back");
        desk.world().ticket(desk.world().device("LP-1000").id, title);
        desk.page().goBack();
        desk.sees("ac-devices");
        desk.value("void (location.hash = '#/queue')");
        desk.reads(title);
    }
}
