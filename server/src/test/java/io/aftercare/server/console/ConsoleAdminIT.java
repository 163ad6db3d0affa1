package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/// What is set up at the desk: promises, and who may do what.
@ConsoleTest
class ConsoleAdminIT {
    @Test
    void aGapInAPolicyIsShownAtItsRulesAndThenMended(@As("coordinator") Desk desk) {
        String id = desk.world().fresh("gap").toLowerCase(Locale.ROOT);
        desk.complaints().expect("status of 400.*/sla-policies/");
        desk.open("sla-policies");
        desk.click("[data-do=new]");
        desk.type("dialog [name=id]", id);
        desk.type("dialog [name=name]", "Grades of " + id);
        desk.type("dialog [data-clock=resolution]", "48");
        desk.click("dialog button.primary");
        assertThat(desk.at("dialog fieldset[name=rules]")).hasAttribute("aria-invalid", "true");
        desk.reads("no rule says how long first-response may take");
        assertThat(desk.at("dialog [data-clock=resolution]")).hasValue("48");
        for (Locator clock : desk.at("dialog [data-clock]").all()) {
            clock.fill("24");
        }
        desk.click("dialog button.primary");
        assertThat(desk.at("h1")).hasText("Grades of " + id);
        desk.reads("Not in force");
        assertThat(desk.axe()).isEmpty();
        desk.picture("sla-policy");
    }

    @Test
    void aWarrantyIsWrittenInAFormThatShowsAMistakeAtItsPlace(@As("quality") Desk desk) {
        String id = desk.world().fresh("warranty").toLowerCase(Locale.ROOT);
        desk.complaints().expect("status of 400.*/warranty-policies/");
        desk.open("warranty-policies");
        desk.click("[data-do=new]");
        desk.type("dialog [name=id]", id);
        desk.type("dialog [name='name.zh']", "合同 " + id);
        desk.type("dialog [name='name.en']", "Contract " + id);
        desk.type("dialog [name='scope.models']", id);
        desk.at("dialog [name='terms.main.unit']").selectOption("P{n}M");
        desk.type("dialog [name='terms.main']", "30");
        desk.click("dialog [data-do=window]");
        desk.type("dialog [name='guarantees[0].untilDay']", "0");
        desk.click("dialog button.primary");
        Locator until = desk.at("dialog [name='guarantees[0].untilDay']");
        assertThat(until).hasAttribute("aria-invalid", "true");
        assertThat(desk.at("dialog td .wrong")).containsText("more than");
        until.fill("15");
        desk.at("dialog [name='exclusions.opened']").selectOption("void");
        desk.click("dialog button.primary");
        assertThat(desk.at("h1")).hasText("Contract " + id);
        desk.reads("30 months");
        desk.reads("day 0 to 15");
        desk.reads("the warranty ends");
        assertThat(desk.axe()).isEmpty();

        desk.click("[data-do=edit]");
        assertThat(desk.at("dialog [name='terms.main']")).hasValue("30");
        desk.at("dialog [name='terms.main.unit']").selectOption("none");
        desk.click("dialog button.primary");
        assertThat(desk.row("Main unit")).containsText("none");
        desk.click("[data-do=withdraw]");
        desk.click("dialog button.danger");
        desk.reads("Withdrawn");
    }

    @Test
    void aYearWithoutItsDaysOffSaysSoUntilTheyAreEntered(@As("coordinator") Desk desk) {
        String id = desk.world().fresh("year").toLowerCase(Locale.ROOT);
        desk.open("calendars");
        desk.click("[data-do=new]");
        desk.type("dialog [name=id]", id);
        desk.type("dialog [name=name]", "Days of " + id);
        desk.type("dialog [name=holidays]", "cn");
        desk.type("dialog [name=closed]", "2031-03-04");
        desk.click("dialog button.primary");
        assertThat(desk.at("h1")).hasText("Days of " + id);
        desk.open("calendar/" + id + "?year=2032");
        desk.reads("For 2032 nobody has entered days off");
        desk.click("[data-do=year]");
        desk.click("dialog [data-do=closed]");
        desk.type("dialog input[type=date]", "2032-03-04");
        desk.click("dialog [data-do=make-up]");
        desk.at("dialog input[type=date]").last().fill("2032-03-06");
        desk.at("dialog tr[data-day] select").last().selectOption("friday");
        desk.click("dialog button.primary");
        assertThat(desk.row("4 Mar")).containsText("Day off");
        assertThat(desk.row("6 Mar")).containsText("09:00-12:00");
        assertThat(desk.axe()).isEmpty();
    }

    @Test
    void aNewPersonSignsInAndSeesOnlyWhatTheRoleMay(@As("admin") Desk admin) {
        String name = admin.world().fresh("noor");
        admin.open("people");
        admin.click("[data-do=new]");
        admin.type("dialog [name=username]", name);
        admin.type("dialog [name=password]", ConsoleWorld.PASSWORD);
        admin.at("dialog [name=role][value=agent]").check();
        admin.click("dialog button.primary");
        assertThat(admin.row(name)).containsText("Agent");

        try (Desk noor = Desk.vacant(admin.world())) {
            noor.complaints().expect("status of (401|403)");
            noor.open("queue");
            noor.type("[name=username]", name);
            noor.type("[name=password]", ConsoleWorld.PASSWORD);
            noor.click("form button.primary");
            noor.sees("nav.nav");
            assertThat(noor.at("nav a[href='#/people']")).hasCount(0);
            assertThat(noor.at("nav a[href='#/audit']")).hasCount(0);
            noor.open("audit");
            noor.sees(".fail");
        }

        admin.open("audit?object=user/" + name);
        assertThat(admin.row("Person created")).containsText(name);
        admin.click("[data-do=verify]");
        admin.reads("is whole");
        assertThat(admin.axe()).isEmpty();
    }
}
