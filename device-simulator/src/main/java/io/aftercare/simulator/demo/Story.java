package io.aftercare.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.staff.StaffApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// The loop, watched and helped along through the staff API alone: the fault and its ticket come by themselves, the
/// firmware team makes a fix, two people release it, and telemetry proves it.
final class Story {
    static final String MODEL = "LP-2000";
    static final String HARDWARE = "B2";
    static final String CODE = "FUSER_OVERHEAT";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> DONE = Set.of("resolved", "verified", "closed");
    private static final String VERSION = "2.4.0";

    private final StaffApi admin;
    private final StaffApi author;
    private final StaffApi approver;
    private final FirmwareTeam team;
    private final Narrator narrator;
    private final Duration longest;
    private final String device;
    private double deadlineSeconds;
    private String ticketState = "";
    private String campaignLine = "";

    /// Wires a story.
    ///
    /// @param device the printer that overheats
    /// @param longest from the devices' start; when the loop is not closed by then, it never will be
    Story(StaffApi admin, StaffApi author, StaffApi approver, FirmwareTeam team, Narrator narrator,
            Duration longest,
            String device) {
        this.admin = admin;
        this.author = author;
        this.approver = approver;
        this.team = team;
        this.narrator = narrator;
        this.longest = longest;
        this.device = device;
    }

    void play() throws IOException, InterruptedException, DemoException {
        deadlineSeconds = narrator.elapsedSeconds() + longest.toSeconds();
        JsonNode fault = await("a fault of " + device, () -> first("/faults?device=" + device,
                each -> each.path("code").asText().equals(CODE)
                        && each.path("state").asText().equals("firing")));
        narrator.milestone("fault", CODE + " on " + device);
        JsonNode ticket = await("a ticket for it", () -> first("/tickets?device=" + device, _ -> true));
        ticketState = ticket.path("state").asText();
        narrator.milestone("ticket", "number " + ticket.path("number").asText() + ", " + ticketState + ", "
                + ticket.path("priority").asText());
        String campaign = release();
        watch(fault.path("id").asText(), ticket.path("id").asText(), campaign);
    }

    /// Build, sign, upload, create, approve, start; returns the campaign's id.
    private String release() throws IOException, InterruptedException, DemoException {
        narrator.say("the firmware team builds and signs " + VERSION + " on its own machine");
        JsonNode release = author.postParts("/releases", team.release(MODEL, HARDWARE, VERSION, 240, CODE))
                .orFail();
        narrator.milestone("release",
                VERSION + ", counter " + release.path("counter").asText() + ", verified");
        JsonNode campaign = author.post("/campaigns", campaign(release.path("id").asText())).orFail();
        String id = campaign.path("id").asText();
        narrator.milestone("campaign", "half of the printers first, by author");
        int own = author.post("/campaigns/" + id + "/approve").status();
        narrator.say("the author tries to approve it alone: " + own + ", refused");
        approver.post("/campaigns/" + id + "/approve").orFail();
        narrator.milestone("approved", "by another person");
        author.post("/campaigns/" + id + "/start").orFail();
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
        await("the update of " + device, () -> {
            tellCampaign(campaign);
            tellTicket(ticket);
            JsonNode now = admin.get("/devices/" + device).orFail();
            return now.path("firmware").asText().equals(VERSION) ? Optional.of(now) : Optional.empty();
        });
        narrator.milestone("confirmed", device + " runs " + VERSION);
        await("the end of the fault", () -> {
            tellCampaign(campaign);
            tellTicket(ticket);
            return first("/faults?device=" + device, each -> each.path("id").asText().equals(fault)
                    && each.path("state").asText().equals("resolved"));
        });
        narrator.milestone("cleared", "telemetry shows the fuser cool");
        await("the end of the ticket", () -> {
            tellCampaign(campaign);
            tellTicket(ticket);
            return DONE.contains(ticketState) ? Optional.of(ticketState) : Optional.empty();
        });
        narrator.milestone("resolved", "the ticket closed itself with the evidence");
        await("the end of the campaign", () -> {
            tellCampaign(campaign);
            return campaignLine.startsWith("finished") ? Optional.of(campaignLine) : Optional.empty();
        });
        narrator.milestone("finished", "every printer runs " + VERSION);
    }

    private void tellTicket(String id) throws IOException, InterruptedException {
        String now = admin.get("/tickets/" + id).orFail().path("state").asText();
        if (!now.equals(ticketState)) {
            narrator.say("the ticket is now " + now);
            ticketState = now;
        }
    }

    private void tellCampaign(String id) throws IOException, InterruptedException, DemoException {
        JsonNode campaign = admin.get("/campaigns/" + id).orFail();
        String state = campaign.path("state").asText();
        StringBuilder line = new StringBuilder(state);
        for (JsonNode each : admin.get("/campaigns/" + id + "/devices").orFail().path("items")) {
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

    private Optional<JsonNode> first(String path, java.util.function.Predicate<JsonNode> wanted)
            throws IOException, InterruptedException {
        for (JsonNode each : admin.get(path).orFail().path("items")) {
            if (wanted.test(each)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    private interface Look<T> {
        Optional<T> look() throws IOException, InterruptedException, DemoException;
    }

    private <T> T await(String what, Look<T> look) throws IOException, InterruptedException, DemoException {
        while (true) {
            Optional<T> found = look.look();
            if (found.isPresent()) {
                return found.get();
            }
            if (narrator.elapsedSeconds() > deadlineSeconds) {
                throw new DemoException(
                        "the loop did not close within " + longest.toSeconds() + " s: still waiting for "
                                + what + "; the ticket is '" + ticketState + "', the campaign '"
                                + campaignLine + "'");
            }
            TimeUnit.MILLISECONDS.sleep(400);
        }
    }
}
