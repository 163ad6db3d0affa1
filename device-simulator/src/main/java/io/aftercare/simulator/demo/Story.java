package io.aftercare.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The loop, watched and helped along through the staff API alone: the fault and its ticket come by themselves, the
/// firmware team makes a fix, two people release it, and telemetry proves it.
final class Story {
    static final String MODEL = "LP-2000";
    static final String HARDWARE = "B2";
    /// The printer that overheats.
    static final String SICK = MODEL + "-0001";
    static final String CODE = "FUSER_OVERHEAT";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> DONE = Set.of("resolved", "verified", "closed");
    private static final String VERSION = "2.4.0";

    private final Cast cast;
    private final Watch watch;
    private final Narrator narrator;
    private String ticketState = "";
    private String campaignLine = "";

    Story(Cast cast) {
        this.cast = cast;
        this.watch = new Watch(cast);
        this.narrator = cast.narrator();
    }

    void play() throws IOException, InterruptedException, DemoException {
        JsonNode fault = watch.await("a fault of " + SICK, () -> watch.first("/faults?device=" + SICK,
                each -> each.path("code").asText().equals(CODE)
                        && each.path("state").asText().equals("firing")));
        narrator.milestone("fault", CODE + " on " + SICK);
        JsonNode ticket = watch.await("a ticket for it",
                () -> watch.first("/tickets?device=" + SICK, _ -> true));
        ticketState = ticket.path("state").asText();
        narrator.milestone("ticket", "number " + ticket.path("number").asText() + ", " + ticketState + ", "
                + ticket.path("priority").asText());
        String campaign = release();
        watch(fault.path("id").asText(), ticket.path("id").asText(), campaign);
    }

    /// Build, sign, upload, create, approve, start; returns the campaign's id.
    private String release() throws IOException, InterruptedException, DemoException {
        narrator.say("the firmware team builds and signs " + VERSION + " on its own machine");
        JsonNode release = cast.author()
                .postParts("/releases", cast.team().release(new FirmwareTeam.Build(MODEL,
                        HARDWARE, VERSION, 240, Map.of("fuserControl", "fixed"), List.of(CODE), 0)))
                .orFail();
        narrator.milestone("release",
                VERSION + ", counter " + release.path("counter").asText() + ", verified");
        JsonNode campaign = cast.author().post("/campaigns", campaign(release.path("id").asText())).orFail();
        String id = campaign.path("id").asText();
        narrator.milestone("campaign", "half of the printers first, by author");
        int own = cast.author().post("/campaigns/" + id + "/approve").status();
        narrator.say("the author tries to approve it alone: " + own + ", refused");
        cast.approver().post("/campaigns/" + id + "/approve").orFail();
        narrator.milestone("approved", "by another person");
        cast.author().post("/campaigns/" + id + "/start").orFail();
        return id;
    }

    private static ObjectNode campaign(String release) {
        ObjectNode campaign = JSON.createObjectNode().put("name", "Fuser control " + VERSION)
                .put("release", release)
                .put("target", "device.model == \"" + MODEL + "\"").put("mode", "forced");
        var stages = campaign.putArray("stages");
        stages.addObject().put("percent", 50);
        stages.addObject().put("percent", 100);
        campaign.putObject("gate").put("success", 0.95).put("error", 0.5).put("minimum", 1).put("soak",
                "PT15S");
        return campaign;
    }

    private void watch(String fault, String ticket, String campaign)
            throws IOException, InterruptedException, DemoException {
        watch.await("the update of " + SICK, () -> {
            tellCampaign(campaign);
            tellTicket(ticket);
            JsonNode now = watch.get("/devices/" + SICK);
            return now.path("firmware").asText().equals(VERSION) ? Optional.of(now) : Optional.empty();
        });
        narrator.milestone("confirmed", SICK + " runs " + VERSION);
        watch.await("the end of the fault", () -> {
            tellCampaign(campaign);
            tellTicket(ticket);
            return watch.first("/faults?device=" + SICK, each -> each.path("id").asText().equals(fault)
                    && each.path("state").asText().equals("resolved"));
        });
        narrator.milestone("cleared", "telemetry shows the fuser cool");
        watch.await("the end of the ticket", () -> {
            tellCampaign(campaign);
            tellTicket(ticket);
            return DONE.contains(ticketState) ? Optional.of(ticketState) : Optional.empty();
        });
        narrator.milestone("resolved", "the ticket closed itself with the evidence");
        watch.await("the end of the campaign", () -> {
            tellCampaign(campaign);
            return campaignLine.startsWith("finished") ? Optional.of(campaignLine) : Optional.empty();
        });
        narrator.milestone("finished", "every printer runs " + VERSION);
    }

    private void tellTicket(String id) throws IOException, InterruptedException {
        String now = watch.get("/tickets/" + id).path("state").asText();
        if (!now.equals(ticketState)) {
            narrator.say("the ticket is now " + now);
            ticketState = now;
        }
    }

    private void tellCampaign(String id) throws IOException, InterruptedException, DemoException {
        JsonNode campaign = watch.get("/campaigns/" + id);
        String state = campaign.path("state").asText();
        StringBuilder line = new StringBuilder(state);
        for (JsonNode each : watch.get("/campaigns/" + id + "/devices").path("items")) {
            line.append(", ").append(each.path("device").asText()).append(' ')
                    .append(each.path("state").asText());
        }
        if (!line.toString().equals(campaignLine)) {
            campaignLine = line.toString();
            narrator.say("campaign " + campaignLine);
        }
        if (state.equals("paused") || state.equals("aborted")) {
            throw new DemoException("the campaign is " + state + ": " + campaign.path("reason").asText());
        }
    }
}
