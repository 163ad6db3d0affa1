package io.aftercare.server.console;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// A device comes back and another goes out; parts are asked for and given out.
@ConsoleTest
class ConsoleReturnsIT {
    private static final String GO = "dialog footer button:last-child";

    @Test
    void anExchangeIsApprovedBySomebodyElseReceivedInspectedReplacedSentAndClosed(@As("agent") Desk agent,
            @As("coordinator") Desk boss, @As("engineer") Desk bench) throws Exception {
        ConsoleWorld world = agent.world();
        String model = world.fresh("RX");
        String old = world.device(model).id;
        String fresh = world.device(model).id;
        String ticket = world.ticket(old, "Dead on arrival");
        agent.open("returns");
        agent.click("[data-do=new]");
        agent.type("dialog [name=ticket]", ticket);
        agent.at("dialog [name=type]").selectOption("exchange");
        agent.type("dialog [name=reason]", "No light, no sound");
        agent.at("dialog [name=quality]").check();
        assertThat(agent.axe()).isEmpty();
        agent.click(GO);
        agent.reads("We pay");
        String number = agent.at(".crumb .mono").textContent();

        boss.open("return/" + number);
        boss.click("[data-do=approve]");
        boss.click(GO);
        assertThat(agent.at(".headline .badge").first()).hasText("Approved");
        agent.click("[data-do=inbound]");
        parcel(agent, "SF-1");
        assertThat(agent.at("ac-return tbody")).containsText("SF-1");

        bench.open("return/" + number);
        bench.click("[data-do=receive]");
        bench.type("dialog [name=condition]", "As new");
        bench.click(GO);
        bench.reads("As new");
        bench.click("[data-do=inspect]");
        bench.type("dialog [name=findings]", "The board is dead");
        bench.at("dialog [name=verdict]").selectOption("quality");
        bench.click(GO);
        bench.reads("The board is dead");
        assertThat(bench.axe()).isEmpty();
        boss.click("[data-do=outcome]");
        boss.at("dialog [name=outcome]").selectOption("replaced");
        boss.type("dialog [name=newDevice]", fresh);
        boss.click(GO);
        assertThat(agent.at(".headline .badge").first()).hasText("Replaced");
        agent.click("[data-do=outbound]");
        assertThat(agent.at("dialog [name=device]")).hasValue(fresh);
        parcel(agent, "SF-2");
        assertThat(agent.at("ac-return")).containsText("SF-2");
        agent.click("[data-do=close]");
        assertThat(agent.at(".headline .badge").first()).hasText("Closed");
        assertThat(agent.axe()).isEmpty();
    }

    private static void parcel(Desk desk, String tracking) {
        desk.type("dialog [name=carrier]", "SF Express");
        desk.type("dialog [name=tracking]", tracking);
        desk.type("dialog [name=cost]", "18.5");
        desk.click(GO);
        desk.reads("Parcel noted");
    }

    @Test
    void aRequisitionIsApprovedByAnotherAndIssuedAndACountIsDecidedByAnother(@As("coordinator") Desk own,
            @As("engineer") Desk bench, @As("admin") Desk other) throws Exception {
        Workshop shop = Workshop.open(own.world());
        String ticket = shop.ticket("Streaks on every page");
        own.open("requisitions");
        own.click("[data-do=new]");
        own.type("dialog [name=ticket]", ticket);
        own.at("dialog [name=from]").selectOption(shop.store);
        own.at("dialog [name=to]").selectOption(shop.van);
        own.at("dialog [name=part0]").selectOption(shop.part);
        own.type("dialog [name=quantity0]", "2");
        assertThat(own.axe()).isEmpty();
        own.click(GO);
        own.reads("another coordinator approves");
        assertThat(own.at("[data-do=approve]")).hasCount(0);
        String id = own.at(".crumb .mono").textContent();
        other.open("requisition/" + id);
        other.click("[data-do=approve]");
        other.click("[data-do=issue]");
        bench.open("requisition/" + id);
        bench.click("[data-do=receive]");
        assertThat(own.at(".headline .badge").first()).hasText("Received");
        assertThat(own.axe()).isEmpty();

        JsonNode count = own.world().admin().post("/api/v1/stock-counts",
                Map.of("location", shop.store)).expect(201);
        bench.open("count/" + count.path("id").asText());
        bench.type("ac-count [name=line0]", "2");
        bench.click("[data-do=enter]");
        bench.reads("You counted yourself");
        assertThat(bench.axe()).isEmpty();
        other.open("count/" + count.path("id").asText());
        assertThat(other.row(shop.part)).containsText("−1");
        other.click("[data-do=approve]");
        other.click(GO);
        other.open("part/" + shop.part);
        assertThat(other.row("Count")).containsText("1");
    }
}
