package io.aftercare.server.desk;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.server.process.StaffClient;
import java.io.IOException;

/// A device that comes back for a new one, with what is refused on the way (R39).
final class Exchange {
    private final CaseStory story;
    private final Desk desk;
    private final String path;

    private Exchange(CaseStory story, JsonNode rma) {
        this.story = story;
        this.desk = story.desk;
        this.path = "/rmas/" + rma.get("number").asText();
    }

    /// The coordinator asks for it, for a defect of ours: the customer pays nothing.
    static Exchange requested(CaseStory story) throws IOException, InterruptedException {
        JsonNode rma = story.done(story.desk.coordinator, "rma",
                "{\"type\":\"exchange\",\"reason\":\"Dead on arrival\",\"quality\":true}");
        assertThat(rma.get("payer").asText()).isEqualTo("company");
        return new Exchange(story, rma);
    }

    /// Nobody approves what they asked for themselves.
    void approvedBySomebodyElse() throws IOException, InterruptedException {
        String approval = "{\"advance\":true,\"compensation\":50.00}";
        story.refused(desk.coordinator, path + "/approve", approval, "somebody else than cora");
        story.refused(desk.coordinator, path + "/shipments", outbound("PRN-301"), "requested");
        StaffClient other = desk.person("chen", "coordinator");
        becomes("approved", story.done(other, path + "/approve", approval));
    }

    /// The new device goes out in advance.
    void shipped(String serial) throws IOException, InterruptedException {
        story.refused(desk.engineer, path + "/inspection", "{\"findings\":\"x\",\"verdict\":\"quality\"}",
                "approved");
        becomes("shipped", story.done(desk.agent, path + "/shipments", outbound(serial)));
    }

    void oldOneReceivedAndInspected(String serial) throws IOException, InterruptedException {
        becomes("received", story.done(desk.engineer, path + "/receipts",
                "{\"serial\":\"" + serial + "\",\"condition\":\"as new\"}"));
        assertThat(story.clock("inspection")).isEqualTo("running");
        story.refused(desk.coordinator, path + "/outcome", "{\"outcome\":\"replaced\"}",
                "somebody else than cora");
        becomes("inspected", story.done(desk.engineer, path + "/inspection",
                "{\"findings\":\"Board dead\",\"photos\":[\"board.jpg\"],\"verdict\":\"quality\"}"));
        assertThat(story.clock("inspection")).isEqualTo("met");
    }

    /// The customer has checked record and fees (R37); only then, and once it is decided, the return is over.
    void replaced() throws IOException, InterruptedException {
        story.refused(desk.agent, path + "/close", "{}", "inspected");
        becomes("replaced", story.done(desk.engineer, path + "/outcome", "{\"outcome\":\"replaced\"}"));
        String page = story.link() + "/returns";
        String handover = page + "/" + story.read(story.customer, page).at("/items/0/id").asText()
                + "/handover";
        story.refused(story.customer, handover, "{\"recordChecked\":true,\"feesChecked\":false}",
                "checks the record and the fees");
        story.done(story.customer, handover, "{\"recordChecked\":true,\"feesChecked\":true}");
        becomes("closed", story.done(desk.agent, path + "/close", "{}"));
    }

    private static String outbound(String serial) {
        return """
                {"direction":"outbound","device":"%s","carrier":"SF","tracking":"SF-100","cost":18.50}"""
                .formatted(serial);
    }

    private static void becomes(String state, JsonNode rma) {
        assertThat(rma.get("state").asText()).isEqualTo(state);
    }
}
