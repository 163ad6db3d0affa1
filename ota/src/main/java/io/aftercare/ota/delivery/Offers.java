package io.aftercare.ota.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ota.campaign.CampaignState;
import io.aftercare.ota.deployment.DeploymentState;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.release.Assignments;
import io.aftercare.ota.release.Manifest;
import io.aftercare.ota.release.Release;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Offers over MQTT: sent when they are decided, and again whenever the device connects, until it has begun to install.
/// An offer repeated is the same offer; a device knows it by campaign and release.
final class Offers {
    // a device that is only to download is never told to install
    private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

    private final Database database;
    private final Devices devices;
    private final Downlink downlink;
    private final Assignments assignments;
    private final String publicUrl;
    private final InstantSource clock;

    Offers(Database database, Devices devices, Downlink downlink, Assignments assignments,
            String publicUrl, InstantSource clock) {
        this.assignments = assignments;
        this.database = database;
        this.devices = devices;
        this.downlink = downlink;
        this.publicUrl = publicUrl;
        this.clock = clock;
    }

    /// Receiver of the outbox: an offer was decided. A device that is away gets it when it connects.
    void decided(Handle handle, String key, JsonNode payload) {
        devices.find(new DeviceId(payload.path("device").asText())).ifPresent(device -> {
            Assigned assigned = Assigned.find(handle, device.number()).orElse(null);
            if (assigned != null && assigned.campaign() == payload.path("campaign").asInt()) {
                send(device, assigned);
            }
        });
    }

    /// Receiver of the outbox: an offer no longer holds. A device that is away is told when it connects, and one that is here
    /// once more then: what was on its way when a connection broke is lost.
    void retracted(Handle handle, String key, JsonNode payload) {
        devices.find(new DeviceId(payload.path("device").asText()))
                .ifPresent(device -> Retraction.untold(handle, device.number()).stream()
                        .filter(each -> each.number() == payload.path("campaign").asInt())
                        .forEach(each -> retract(device, each)));
    }

    private boolean retract(Device device, Retraction retraction) {
        return downlink.send(device.id(), "ota/offer",
                Json.text(retraction.message()).getBytes(StandardCharsets.UTF_8));
    }

    /// The device has connected and listens.
    void connected(Device device) {
        List<Retraction> untold = database.jdbi()
                .withHandle(handle -> Retraction.untold(handle, device.number()));
        List<Retraction> told = untold.stream().filter(each -> retract(device, each)).toList();
        if (!told.isEmpty()) {
            database.useTransaction(handle -> Retraction.told(handle, device.number(), told));
        }
        Assigned assigned = Assigned.of(database, device);
        if (assigned != null) {
            send(device, assigned);
        }
    }

    private void send(Device device, Assigned assigned) {
        boolean now = assigned.campaignState() == CampaignState.RUNNING && assigned.state().wantsOffer()
                && clock.instant().isBefore(assigned.release().manifest().expires())
                && (assigned.state() != DeploymentState.OFFERED || isOpen(assigned.plan(), device));
        // signing costs more than the rest: most of a large fleet is away, and gets its offer when it comes
        if (now && downlink.reaches(device.id())) {
            byte[] payload = Json.text(offer(device.id(), assigned)).getBytes(StandardCharsets.UTF_8);
            var _ = downlink.send(device.id(), "ota/offer", payload);
        }
    }

    private boolean isOpen(Plan plan, Device device) {
        Instant now = clock.instant();
        return plan.window() == null
                || plan.window().isOpen(now, device.tags().getOrDefault("timezone", ""));
    }

    private ObjectNode offer(DeviceId device, Assigned assigned) {
        Release release = assigned.release();
        Plan plan = assigned.plan();
        Manifest.Component first = release.manifest().artifacts().getFirst();
        ObjectNode offer = Json.object().put("campaign", assigned.campaignId()).put("release", release.id())
                .put("version", release.version()).put("size", first.size()).put("sha256", first.sha256())
                .put("url", url(device, first));
        offer.set("envelope", Json.parse(new String(release.envelope(), StandardCharsets.UTF_8)));
        offer.put("force", plan.isForced(clock.instant()));
        if (plan.revert()) {
            offer.put("revert", true);
        }
        offer.put("mode", plan.mode().text());
        time(offer, "installAfter", plan.mode() == Plan.Mode.DOWNLOAD_ONLY ? NEVER : plan.installAfter());
        time(offer, "deadline", plan.deadline());
        if (plan.confirm()) {
            offer.put("confirm", true);
        }
        assignments.into(offer, device, release, assigned.campaignId(), plan.revert());
        List<Manifest.Component> artifacts = release.manifest().artifacts();
        if (artifacts.size() > 1) {
            ArrayNode list = offer.putArray("artifacts");
            artifacts.forEach(component -> list.addObject().put("name", component.name())
                    .put("size", component.size()).put("sha256", component.sha256())
                    .put("url", url(device, component)));
        }
        return offer;
    }

    private String url(DeviceId device, Manifest.Component component) {
        return publicUrl + "/device/v1/" + device + "/artifacts/" + component.sha256();
    }

    private static void time(ObjectNode offer, String field, @Nullable Instant at) {
        if (at != null) {
            offer.put(field, at.toString());
        }
    }
}
