package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What a quality manager does at the desk: a complaint from its register to its end, figures, and the report on paper.
@ConsoleTest
class ConsoleQualityIT {
    private static void submit(Desk desk) {
        desk.click("dialog button.primary");
        assertThat(desk.at("dialog[open]")).hasCount(0);
    }

    private static void step(Desk desk, String to) {
        desk.click("[data-to=" + to + "]");
        desk.sees("dialog[open]");
    }

    @Test
    void aComplaintGoesFromTheRegisterToItsEndByTwoPeople(@As("quality") Desk quality,
            @As("coordinator") Desk coordinator) {
        String title = quality.world().fresh("Waited all day for nobody ");
        quality.open("complaints");
        quality.click("[data-do=new]");
        quality.type("dialog [name=title]", title);
        quality.type("dialog [name=owner]", ConsoleWorld.name("quality"));
        quality.type("dialog [name=description]", "The visit was agreed for nine, and nobody called.");
        submit(quality);
        assertThat(quality.at("h1")).hasText(title);

        step(quality, "verified");
        quality.type("dialog [name=finding]", "The order says 9:00, the arrival 17:20");
        submit(quality);
        step(quality, "investigating");
        submit(quality);
        quality.click("[data-do=cause]");
        quality.type("dialog [name=rootCause]", "Two visits were planned for one hour");
        quality.type("dialog [name=causeCode]", "late-visit");
        submit(quality);
        quality.click("[data-do=action]");
        quality.type("dialog [name=text]", "Leave an hour between visits");
        quality.type("dialog [name=due]", "2099-01-31");
        submit(quality);
        step(quality, "answered");
        quality.type("dialog [name=writtenReply]",
                "We are sorry. There is an hour between visits from now on.");
        submit(quality);
        quality.click("[data-do=done]");
        quality.type("dialog [name=result]", "The board refuses visits that touch");
        submit(quality);
        quality.reads("Somebody else checks it");

        coordinator.open("complaints");
        coordinator.row(title).locator("a").first().click();
        coordinator.click("[data-do=check]");
        coordinator.at("dialog [name=effective]").selectOption("true");
        coordinator.type("dialog [name=evidence]", "No visit was late for a month");
        submit(coordinator);
        coordinator.reads("Helped");
        step(coordinator, "followed-up");
        coordinator.at("dialog [name=satisfaction]").selectOption("5");
        submit(coordinator);
        step(coordinator, "closed");
        submit(coordinator);
        assertThat(coordinator.at(".headline .badge").first()).hasText("Closed");
        assertThat(coordinator.axe()).isEmpty();
        coordinator.picture("complaint-closed");
    }

    @Test
    void theReportOfThisMonthIsLookedAtAndPrinted(@As("quality") Desk desk) throws Exception {
        String device = desk.world().device("LP-1000").id;
        desk.world().ticket(device, "Paper jam");
        desk.open("reports");
        desk.reads("Provisional");
        assertThat(desk.row("Cases").locator("b")).not().hasText("0");
        desk.value("void (window.print = () => { window.printed = true; })");
        desk.click("[data-do=print]");
        assertThat(desk.value("window.printed").asBoolean()).isTrue();
        assertThat(desk.axe()).isEmpty();
        desk.speak("zh");
        desk.reads("质量报告");
        desk.picture("report-zh");
    }

    @Test
    void targetsAreHeldAgainstTheFigures(@As("quality") Desk desk) {
        desk.open("kpis");
        desk.click("[data-do=targets]");
        desk.type("dialog [name=satisfaction]", "4.5");
        submit(desk);
        assertThat(desk.at("[data-figure=satisfaction]")).containsText("at least 4.50");
    }
}
