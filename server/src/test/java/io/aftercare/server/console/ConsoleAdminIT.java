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
        assertThat(admin.row("user.create")).containsText(name);
        admin.click("[data-do=verify]");
        admin.reads("is whole");
        assertThat(admin.axe()).isEmpty();
    }
}
