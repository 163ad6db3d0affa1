package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A campaign from its form to its end, by those who plan it and those who approve it.
@ConsoleTest
class ConsoleCampaignIT {
    private static final int FLEET = 20;
    private static final int CANARY = 4;

    @TempDir
    private Path folder = Path.of("");

    /// The devices that were offered the release at a stage.
    private static List<String> offered(ConsoleWorld world, String campaign, int many) throws Exception {
        return world.admin().await("/api/v1/campaigns/" + campaign + "/devices?state=offered",
                list -> list.path("items").size() == many).path("items").findValuesAsText("device");
    }

    @Test
    void aCampaignIsPlannedApprovedBySomebodyElseWatchedPausedAndAborted(@As("firmware") Desk planner,
            @As("release-approver") Desk approver) throws Exception {
        ConsoleWorld world = planner.world();
        try (Firmware team = Firmware.team(world, folder, FLEET)) {
            team.watchHeat();
            String release = team.release(240, "2.4.0");
            team.device(team.devices.getLast().id).say("state",
                    Map.of("firmware", "2.4.0", "hardware", "B1"));
            planner.open("campaign-new?release=" + release);
            planner.reads("left out: runs 2.4.0 already");
            assertThat(planner.at("[data-card=preview] .big b")).hasText(String.valueOf(FLEET));
            planner.type("[name=target]", "semver(device.firmware) < semver(\"2.4.0\")");
            assertThat(planner.at("[data-card=preview] .big b")).hasText(String.valueOf(FLEET - 1));
            planner.type("[name=name]", world.fresh("Fan curve"));
            planner.type(".stage-rows li:nth-child(1) input[type=number]", "4");
            planner.at(".stage-rows li:nth-child(1) select").selectOption("count");
            planner.type("[name=soak]", "60");
            planner.type("[name=metrics]", "fuser_temp");
            assertThat(planner.axe()).isEmpty();
            planner.click("[data-do=create]");
            planner.reads("Awaiting approval");
            String campaign = planner.page().url().replaceAll(".*/campaign/", "");

            approver.open("campaign/" + campaign);
            approver.sees("[data-do=approve]");
            approver.press("a");
            approver.click("dialog footer button.primary");
            approver.sees("[data-do=start]");
            approver.press("s");
            approver.click("dialog footer button.primary");
            List<String> canary = offered(world, campaign, CANARY);
            team.device(canary.getFirst()).say("ota/status",
                    Map.of("release", release, "state", "failed", "error", "flash: bad block"));
            canary.subList(1, CANARY).forEach(id -> team.installed(team.device(id), release, "2.4.0"));
            assertThat(approver.at("ac-campaign .stage").first()).containsText("3 of 4 confirmed");
            assertThat(planner.at("ac-campaign .stage").first()).containsText("3 of 4 confirmed");

            approver.press("s");
            approver.reads("No further device is offered the update.");
            approver.click("dialog footer button.primary");
            assertThat(approver.at("ac-campaign .headline .badge").first()).hasText("Paused");
            assertThat(approver.axe()).isEmpty();
            approver.press("x");
            approver.type("dialog [name=reason]", "The fan stops");
            approver.type("dialog [name=confirm]", "something else");
            approver.click("dialog footer button.danger");
            approver.reads("What was typed is not " + campaign + ".");
            approver.type("dialog [name=confirm]", campaign);
            approver.click("dialog footer button.danger");
            assertThat(approver.at("ac-campaign .headline .badge").first()).hasText("Aborted");
            assertThat(approver.at("ac-campaign .timeline"))
                    .containsText("Approved by release-approver-test");
        }
    }

    @Test
    void failuresAreGroupedAndLeadToTheirDevices(@As("release-approver") Desk desk) throws Exception {
        ConsoleWorld world = desk.world();
        try (Firmware team = Firmware.team(world, folder, 3)) {
            String release = team.release(240, "2.4.0");
            String campaign = team.campaign(release, "{\"soak\":\"PT1H\",\"error\":1,\"minimum\":3}", 100);
            world.admin().post("/api/v1/campaigns/" + campaign + "/approve", Map.of()).expect(200);
            world.admin().post("/api/v1/campaigns/" + campaign + "/start", Map.of()).expect(200);
            List<String> all = offered(world, campaign, 3);
            desk.open("campaign/" + campaign);
            for (String id : all.subList(0, 2)) {
                team.device(id).say("ota/status",
                        Map.of("release", release, "state", "rolled_back", "error", "self-test: fan"));
            }
            assertThat(desk.at("ac-campaign-failures tbody tr")).containsText("self-test: fan");
            desk.click("ac-campaign-failures tbody button");
            assertThat(desk.at("ac-campaign-devices tbody tr")).hasCount(2);
            assertThat(desk.page()).hasURL(Pattern.compile(".*error=self-test.*"));
            assertThat(desk.axe()).isEmpty();
            desk.click("ac-campaign-devices .chip");
            assertThat(desk.at("ac-campaign-devices tbody tr")).hasCount(3);
        }
    }
}
