package io.aftercare.ota.campaign;

import io.aftercare.ota.wording.Wording;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.ota.campaign.Steps.Assignment;
import io.aftercare.ota.release.Release;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Tells the desk of fixes, through the outbox. The messages about one device of one campaign are numbered (`n`, from 1), so
/// that the desk knows one that comes late or twice.
final class FixNews {
    private FixNews() {}

    /// A campaign brings the fix to a device.
    static void scheduled(Handle handle, CampaignRow campaign, Release release, FixStore.Waiting device,
            List<String> codes, List<String> faults, Instant now) {
        int n = FixStore.schedule(handle, campaign.number(), device.device(), faults, now);
        ObjectNode message = message(campaign, release, device.device(), codes)
                .put("stage", device.stage() + 1).put("stages", campaign.value().stages().size());
        send(handle, FixState.SCHEDULED, message, n);
    }

    /// A device runs the release, or has returned to it. Told of every device, since somebody may have opened a case meanwhile.
    static void installed(Handle handle, Assignment assignment, String device, Instant now) {
        Release release = assignment.release();
        CampaignRow campaign = assignment.campaign();
        if (campaign.value().plan().revert()) {
            undone(handle, release, device, now);
            return;
        }
        if (release.manifest().fixes().isEmpty()) {
            return;
        }
        int n = FixStore.follow(handle, campaign.number(), device, FixState.INSTALLED, "", now).orElse(1);
        Duration soak = campaign.value().plan().gate().soak();
        send(handle, FixState.INSTALLED, message(campaign, release, device, release.manifest().fixes())
                .put("at", now.toString()).put("soak", soak.toString()), n);
    }

    /// A fix that was scheduled does not come, or not now.
    static void missing(Handle handle, Assignment assignment, String device, FixState state, String reason,
            Instant now) {
        Release release = assignment.release();
        FixStore.follow(handle, assignment.campaign().number(), device, state, reason, now)
                .ifPresent(n -> send(handle, state, message(assignment.campaign(), release, device,
                        release.manifest().fixes()).put("reason", reason), n));
    }

    // the device has returned to a lower release: the fixes of higher ones are gone
    private static void undone(Handle handle, Release release, String device, Instant now) {
        for (String campaign : FixStore.above(handle, device, release.number())) {
            missing(handle, Assignment.of(handle, CampaignStore.find(handle, campaign).orElseThrow()), device,
                    FixState.FAILED, Wording.DEVICE_RETURNED.of(release.version()), now);
        }
    }

    private static ObjectNode message(CampaignRow campaign, Release release, String device,
            List<String> codes) {
        ObjectNode message = Json.object().put("device", device).put("release", release.id())
                .put("version", release.version()).put("campaign", campaign.value().id());
        codes.forEach(message.putArray("codes")::add);
        return message;
    }

    private static void send(Handle handle, FixState state, ObjectNode message, int n) {
        String key = message.path("campaign").asText() + "/" + message.path("device").asText() + "/" + n;
        Outbox.append(handle, state.topic(), key, message.put("n", n));
    }
}
