package io.aftercare.simulator.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.simulator.demo.FirmwareTeam.Build;
import io.aftercare.simulator.physics.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A release with a regression that no device notices of itself: it installs, reports success, and heats its fuser too much. Two
/// people let the campaign go, and from then on nobody does anything: telemetry stops it at the canary stage, and the devices
/// return to the release before, as the firmware team had signed and the approver had approved in advance.
final class BadFirmware {
    static final int PRINTERS = 30;
    private static final int CANARY_PERCENT = 20;
    private static final String GOOD = Kind.PRINTER.factoryFirmware();
    private static final long GOOD_COUNTER = 231;
    private static final String BAD = "2.5.0";
    private static final long BAD_COUNTER = 250;
    /// What the devices did before is the measure of what they do afterwards.
    private static final double BASELINE_SECONDS = 20;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cast cast;
    private final Watch watch;
    private final Narrator narrator;
    private String told = "";

    BadFirmware(Cast cast) {
        this.cast = cast;
        this.watch = new Watch(cast);
        this.narrator = cast.narrator();
    }

    void play() throws IOException, InterruptedException, DemoException {
        double begin = narrator.elapsedSeconds();
        publish(new Build(Story.MODEL, Story.HARDWARE, GOOD, GOOD_COUNTER, Map.of(), List.of(), 0));
        narrator.milestone("baseline", "all run " + GOOD + ", counter " + GOOD_COUNTER);
        String release = publish(new Build(Story.MODEL, Story.HARDWARE, BAD, BAD_COUNTER,
                Map.of("fuserControl", "overshoot"), List.of(), GOOD_COUNTER));
        narrator.milestone("release", BAD + ", signed with leave to return to " + GOOD_COUNTER);
        watch.await("the printers' usual telemetry", () -> running(GOOD).size() == PRINTERS
                && narrator.elapsedSeconds() > begin + BASELINE_SECONDS
                        ? Optional.of(true)
                        : Optional.empty());
        String campaign = start(release);
        narrator.say("from here on nobody does anything");
        List<String> canary = canary(campaign);
        caught(campaign);
        returned(campaign, canary);
        spared(campaign, canary);
    }

    private String publish(Build build) throws IOException, InterruptedException, DemoException {
        return cast.author().postParts("/releases", cast.team().release(build)).orFail().path("id").asText();
    }

    /// Two people let it go.
    private String start(String release) throws IOException, InterruptedException {
        ObjectNode plan = JSON.createObjectNode().put("name", "Faster warm-up " + BAD).put("release", release)
                .put("target", "device.model == \"" + Story.MODEL + "\"").put("mode", "forced");
        var stages = plan.putArray("stages");
        stages.addObject().put("percent", CANARY_PERCENT);
        stages.addObject().put("percent", 100);
        plan.putObject("gate").put("success", 0.95).put("error", 0.5).put("minimum", 3)
                .put("soak", "PT40S").put("action", "rollback");
        String id = cast.author().post("/campaigns", plan).orFail().path("id").asText();
        narrator.milestone("campaign", CANARY_PERCENT + " % first, watched for 40 s; if worse: rollback");
        cast.approver().post("/campaigns/" + id + "/approve").orFail();
        narrator.milestone("approved", "by another person, the rollback with it");
        cast.author().post("/campaigns/" + id + "/start").orFail();
        return id;
    }

    /// Waits until the first stage's devices run the bad release; returns them.
    private List<String> canary(String campaign) throws IOException, InterruptedException, DemoException {
        List<String> canary = watch.await("the canary stage", () -> {
            tell(campaign);
            List<String> devices = running(BAD);
            return devices.size() * 100 >= PRINTERS * CANARY_PERCENT
                    ? Optional.of(devices)
                    : Optional.empty();
        });
        narrator.milestone("canary",
                canary.size() + " of " + PRINTERS + " run " + BAD + ", all say that is well");
        return canary;
    }

    private void caught(String campaign) throws IOException, InterruptedException, DemoException {
        String reason = watch.await("telemetry to stop the campaign", () -> {
            tell(campaign);
            JsonNode now = watch.get("/campaigns/" + campaign);
            return now.path("state").asText().equals("aborted")
                    ? Optional.of(now.path("reason").asText())
                    : Optional.empty();
        });
        narrator.say("campaign " + campaign + " was aborted: " + reason);
        narrator.milestone("caught", "by telemetry, at the canary stage");
        JsonNode incident = watch.await("an incident", () -> watch.first("/incidents", _ -> true));
        narrator.milestone("incident", incident.path("id").asText() + " " + incident.path("title").asText());
    }

    private void returned(String campaign, List<String> canary)
            throws IOException, InterruptedException, DemoException {
        JsonNode back = watch.await("the campaign that returns the devices", () -> watch.first("/campaigns",
                each -> each.path("revertOf").asText().equals(campaign)));
        String id = back.path("id").asText();
        narrator.milestone("rollback", id + " by " + back.path("author").asText() + ": "
                + back.path("name").asText());
        watch.await("the devices' return", () -> {
            tell(id);
            return running(GOOD).containsAll(canary) ? Optional.of(true) : Optional.empty();
        });
        narrator.milestone("returned", "all run " + GOOD + " again");
        watch.await("the end of the last fault", () -> {
            tell(id);
            return watch.get("/faults?state=open&code=" + Story.CODE).path("items").isEmpty()
                    && watch.get("/campaigns/" + id).path("state").asText().equals("finished")
                            ? Optional.of(true)
                            : Optional.empty();
        });
        narrator.milestone("well again", "no fuser overheats any more");
    }

    /// Those outside the canary stage were never offered the release.
    private void spared(String campaign, List<String> canary)
            throws IOException, InterruptedException, DemoException {
        int spared = 0;
        for (JsonNode each : watch.get("/campaigns/" + campaign + "/devices?limit=100").path("items")) {
            if (canary.contains(each.path("device").asText())) {
                continue;
            }
            if (each.path("attempts").asInt() > 0) {
                throw new DemoException(
                        each.path("device").asText() + " was offered " + BAD + " all the same");
            }
            spared++;
        }
        narrator.milestone("spared", spared + " printers were never offered " + BAD);
    }

    private List<String> running(String version) throws IOException, InterruptedException {
        List<String> devices = new ArrayList<>();
        watch.get("/devices?limit=100&model=" + Story.MODEL + "&firmware=" + version).path("items")
                .forEach(each -> devices.add(each.path("id").asText()));
        return devices;
    }

    private void tell(String id) throws IOException, InterruptedException, DemoException {
        JsonNode campaign = watch.get("/campaigns/" + id);
        String line = id + " is " + campaign.path("state").asText() + ", its devices: "
                + campaign.path("counts");
        if (!line.equals(told)) {
            told = line;
            narrator.say("campaign " + line);
        }
        if (campaign.path("state").asText().equals("paused")) {
            throw new DemoException("campaign " + id + " is paused: " + campaign.path("reason").asText());
        }
    }
}
