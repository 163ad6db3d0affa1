package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.DeploymentState;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// `PUT configData`: what a device says of itself. The version among it is what confirms an update.
final class ConfigData {
    private static final int ATTRIBUTES_MAX = 100;
    private static final int LENGTH_MAX = 128;

    private final Database database;
    private final Devices devices;
    private final Campaigns campaigns;
    private final DeviceWord word;
    private final Quiet quiet;
    private final InstantSource clock;

    ConfigData(Database database, Devices devices, Campaigns campaigns, DeviceWord word, Quiet quiet,
            InstantSource clock) {
        this.database = database;
        this.devices = devices;
        this.campaigns = campaigns;
        this.word = word;
        this.quiet = quiet;
        this.clock = clock;
    }

    Reply put(Call call) {
        JsonNode body = call.json();
        Map<String, String> given = data(body.path("data"));
        String mode = body.path("mode").asText("merge");
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int number = call.device().number();
        Map<String, String> all = database.inTransaction(handle -> {
            Map<String, String> merged = merged(DeviceNotes.lock(handle, number).attributes(), given, mode);
            if (merged.size() > ATTRIBUTES_MAX) {
                throw Refusals.tooMany("At most " + ATTRIBUTES_MAX + " attributes are kept of a device");
            }
            DeviceNotes.attributes(handle, number, merged, now);
            return merged;
        });
        runs(call.device(), Stated.of(all));
        word.attributes(call.device(), Json.object().set("attributes", Json.tree(all)));
        quiet.forget(number);
        return Reply.done();
    }

    private void runs(Device before, Stated stated) {
        Device device = devices.reported(before.id(), stated.firmware(), stated.hardware());
        if (!stated.hasVersion()) {
            return;
        }
        Optional<Action> said = database.jdbi()
                .withHandle(handle -> ActionStore.said(handle, device.number()));
        if (said.isPresent() && said.get().version().equals(device.firmware())) {
            // it had said that it is done, and now that it runs the release: both words are there
            var _ = campaigns.reported(device, said.get().release(), new DeploymentEvent.Reported(
                    DeploymentState.CONFIRMED, 100, "", device.firmware()));
        } else {
            campaigns.runs(device);
        }
    }

    private static Map<String, String> merged(Map<String, String> before, Map<String, String> given,
            String mode) {
        Map<String, String> merged = new TreeMap<>(mode.equals("replace") ? Map.of() : before);
        switch (mode) {
            case "merge", "replace" -> merged.putAll(given);
            case "remove" -> merged.keySet().removeAll(given.keySet());
            default -> throw Problem.badRequest("mode is merge, replace or remove");
        }
        return merged;
    }

    private static Map<String, String> data(JsonNode data) {
        if (!data.isObject()) {
            throw Problem.badRequest("data is an object of names and texts");
        }
        Map<String, String> given = new TreeMap<>();
        data.properties().forEach(entry -> {
            String value = entry.getValue().asText("");
            if (entry.getKey().isEmpty() || entry.getKey().length() > LENGTH_MAX
                    || value.length() > LENGTH_MAX
                    || entry.getValue().isContainerNode()) {
                throw Problem.badRequest("An attribute has a name of 1 to " + LENGTH_MAX
                        + " characters and a text of at most as many");
            }
            given.put(entry.getKey(), value);
        });
        return given;
    }
}
