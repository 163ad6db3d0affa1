package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Firmware on its way to devices, watched and steered by people.
@ConsoleTest
class ConsoleFirmwareIT {
    private static final int FLEET = 30;
    private static final int CANARY = 3;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void aRegressionAtTheCanaryIsSeenInTheHealthGateAndLeadsToItsIncident(@As("release-approver") Desk desk,
            @As("engineer") Desk bench) throws Exception {
        ConsoleWorld world = desk.world();
        try (Firmware team = Firmware.team(world, folder, FLEET)) {
            team.watchHeat();
            team.release(230, "2.3.0");
            String release = team.release(240, "2.4.0");
            String campaign = team.campaign(release,
                    "{\"soak\":\"PT6S\",\"action\":\"rollback\",\"metrics\":[\"fuser_temp\"]}", 10, 100);
            desk.open("campaign/" + campaign);
            desk.click("[data-do=approve]");
            desk.click("dialog button.primary");
            desk.click("[data-do=start]");
            desk.click("dialog button.primary");
            assertThat(desk.at("ac-campaign-devices tbody tr")).hasCount(FLEET);
            assertThat(desk.axe()).isEmpty();
            List<String> canary = world.admin()
                    .await("/api/v1/campaigns/" + campaign + "/devices?state=offered",
                            list -> list.path("items").size() == CANARY)
                    .path("items").findValuesAsText("device");
            canary.forEach(id -> team.installed(team.device(id), release, "2.4.0"));
            desk.reads("3 of 3 confirmed");
            canary.forEach(id -> team.device(id).measure("fuser_temp", 220));
            desk.reads("The 3 updated devices do worse than the 27 waiting ones.");
            desk.sees("ac-campaign-health [data-metric=fuser_temp] canvas");
            assertThat(desk.at("ac-campaign .headline .badge").first()).hasText("Aborted");
            assertThat(desk.axe()).isEmpty();
            desk.dark(true);
            assertThat(desk.axe()).isEmpty();

            world.admin().await("/api/v1/incidents?state=open",
                    list -> list.path("items").findValuesAsText("model").contains(team.model));
            bench.open("incidents");
            bench.row(team.model).locator("a.title").click();
            assertThat(bench.at("ac-incident")).containsText("2.4.0");
            assertThat(bench.axe()).isEmpty();
            bench.click("ac-incident tbody a[href='#/device/" + canary.getFirst() + "']");
            bench.reads("Part of incident");
            assertThat(bench.axe()).isEmpty();
        }
    }

    @Test
    void oneDeviceOfACampaignIsGivenUpAndTriedAgain(@As("release-approver") Desk desk) throws Exception {
        try (Firmware team = Firmware.team(desk.world(), folder, 2)) {
            String campaign = team.campaign(team.release(240, "2.4.0"), "{\"soak\":\"PT1H\"}", 100);
            String device = team.devices.getFirst().id;
            desk.open("campaign/" + campaign);
            desk.click("[data-do=approve]");
            desk.click("dialog button.primary");
            desk.click("[data-do=start]");
            desk.click("dialog button.primary");
            desk.row(device).locator("[data-do=cancel]").click();
            desk.type("dialog [name=reason]", "scrapped");
            assertThat(desk.axe()).isEmpty();
            desk.click("dialog footer button.danger");
            desk.reads(device + " was given up");
            assertThat(desk.row(device)).containsText("scrapped");
            desk.row(device).locator("[data-do=retry]").click();
            desk.click("dialog footer button.primary");
            desk.reads(device + " is tried again");
            desk.row(device).locator("[data-do=cancel]").waitFor();
        }
    }

    @Test
    void aReleaseIsWithdrawnByWhoTypesItsVersion(@As("release-approver") Desk desk) throws Exception {
        try (Firmware team = Firmware.team(desk.world(), folder, 0)) {
            desk.open("release/" + team.release(240, "2.4.0"));
            desk.click("[data-do=withdraw]");
            desk.type("dialog [name=reason]", "Fans stop");
            desk.type("dialog [name=confirm]", "2.3.0");
            desk.click("dialog footer button.danger");
            desk.reads("What was typed is not 2.4.0.");
            desk.type("dialog [name=confirm]", "2.4.0");
            assertThat(desk.axe()).isEmpty();
            desk.click("dialog footer button.danger");
            desk.reads("The release was withdrawn");
            desk.sees("ac-release .badge.critical");
            desk.reads("Fans stop");
            assertThat(desk.at("[data-do=withdraw]")).hasCount(0);
        }
    }

    @Test
    void whomFirmwareDidNotMendHasAViewOfTheQueue(@As("coordinator") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        try (Firmware team = Firmware.team(world, folder, 1)) {
            team.watchHeat();
            TestDevice device = team.devices.getFirst();
            device.measure("fuser_temp", 220);
            String ticket = world.admin().await("/api/v1/tickets?device=" + device.id,
                    list -> !list.path("items").isEmpty()).path("items").path(0).path("id").asText();
            String release = team.release(240, "2.4.0", "TOO_HOT");
            String campaign = "/api/v1/campaigns/" + team.campaign(release, "{\"soak\":\"PT1H\"}", 100);
            world.admin().post(campaign + "/approve", Map.of()).expect(200);
            world.admin().post(campaign + "/start", Map.of()).expect(200);
            world.admin().await("/api/v1/tickets/" + ticket,
                    one -> one.path("state").asText().equals("fix-scheduled"));
            desk.open("queue/dispatch");
            desk.settled();
            team.installed(device, release, "2.4.0");
            device.measure("fuser_temp", 180);
            device.measure("fuser_temp", 221);
            world.admin().await("/api/v1/tickets/" + ticket, one -> one.has("dispatch"));
            desk.click(".news button");
            desk.row(device.id).waitFor();
        }
    }

    @Test
    void thePageOnKeysSaysWhoseSignaturesCount(@As("release-approver") Desk desk) throws Exception {
        try (Firmware _ = Firmware.team(desk.world(), folder, 0)) {
            desk.open("trust");
            desk.sees("[data-card=signing] code.print");
            desk.sees("[data-card=assignment] code.print");
            assertThat(desk.axe()).isEmpty();
            desk.dark(true);
            assertThat(desk.axe()).isEmpty();
        }
    }
}
