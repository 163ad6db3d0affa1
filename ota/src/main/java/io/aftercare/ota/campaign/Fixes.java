package io.aftercare.ota.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.ota.campaign.OpenFaults.OpenFault;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import io.aftercare.ota.release.Version;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A fix finds its devices: a release that names fault codes is matched with the open faults, proposes a campaign, and,
/// when a campaign with it runs, tells the desk which devices' fix is on its way. Proposals are made as receiver of the
/// outbox, so that it is repeated until it has succeeded.
final class Fixes {
    /// Outbox topic: a campaign was proposed.
    static final String PROPOSED = "ota.campaign.proposed";
    private static final Logger LOG = LoggerFactory.getLogger(Fixes.class);
    private static final int LISTED_MAX = 1000;

    private final OpenFaults faults;
    private final Plan usual;
    private final Notices notices;
    private final InstantSource clock;

    /// @param usual the plan of a proposal
    Fixes(OpenFaults faults, Plan usual, Notices notices, InstantSource clock) {
        this.faults = faults;
        this.usual = usual;
        this.notices = notices;
        this.clock = clock;
    }

    /// A release was published: proposes a campaign for the devices that have a fault which it fixes. A campaign that
    /// somebody made meanwhile makes the proposal needless.
    void published(Handle handle, String key, JsonNode payload) {
        Release release = Releases.find(handle, payload.path("release").asText()).orElseThrow();
        Map<String, List<OpenFault>> affected = affected(release);
        if (affected.isEmpty() || release.withdrawal() != null
                || CampaignStore.exists(handle, release.number())) {
            return;
        }
        String codes = affected.values().stream().flatMap(List::stream).map(OpenFault::code).distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        String target = target(release, affected.keySet());
        int matched = Enrolment.count(handle, release.product(), Target.parse(target));
        CampaignRow row = CampaignStore.insert(handle,
                new CampaignStore.New("Fix " + codes + " with " + release.version(), release, target, usual,
                        CampaignState.AWAITING_APPROVAL, release.uploadedBy(), true, null, matched),
                clock.instant().truncatedTo(ChronoUnit.MICROS));
        LOG.info("Campaign {} proposed: {} devices have faults that release {} fixes", row.value().id(),
                affected.size(), release.id());
        // told by an entry of its own, which is received after this one's commit
        Outbox.append(handle, PROPOSED, row.value().id(), Json.object().put("campaign", row.value().id()));
    }

    /// A proposal is there to be looked at.
    void proposed(Handle handle, String key, JsonNode payload) {
        CampaignStore.find(handle, key).ifPresent(row -> notices.campaign(key, row.value().state()));
    }

    /// A campaign runs: schedules the fix of each device in it that has a fault. Before the first offer, in the same
    /// transaction, so that no device is done before its ticket knows; then from time to time, for faults raised since.
    void match(Handle handle, CampaignRow campaign) {
        Release release = Releases.find(handle, campaign.releaseId()).orElseThrow();
        Map<String, List<OpenFault>> affected = affected(release);
        if (affected.isEmpty()) {
            return;
        }
        for (String device : DeploymentStore.markFix(handle, campaign.number(),
                List.copyOf(affected.keySet()))) {
            schedule(handle, campaign, release, device, affected.getOrDefault(device, List.of()));
        }
    }

    private static void schedule(Handle handle, CampaignRow campaign, Release release, String device,
            List<OpenFault> open) {
        ObjectNode payload = Json.object().put("device", device).put("release", release.id())
                .put("version", release.version()).put("campaign", campaign.value().id());
        open.stream().map(OpenFault::code).distinct().sorted().forEach(payload.putArray("codes")::add);
        // the newest fault is in the key: a fault raised later is scheduled too, the same ones only once
        String newest = open.stream().map(OpenFault::fault).max(java.util.Comparator
                .comparingInt(String::length).thenComparing(java.util.Comparator.naturalOrder())).orElse("");
        Outbox.append(handle, "fix.scheduled", campaign.value().id() + "/" + device + "/" + newest, payload);
    }

    private Map<String, List<OpenFault>> affected(Release release) {
        if (release.manifest().fixes().isEmpty()) {
            return Map.of();
        }
        return faults.of(release.product(), release.manifest().fixes()).stream()
                .filter(fault -> Version.below(fault.firmware(), release.version()))
                .collect(Collectors.groupingBy(fault -> fault.device().value(), TreeMap::new,
                        Collectors.toList()));
    }

    // the very devices where they can be listed, else all that are on a lower version
    private static String target(Release release, Set<String> devices) {
        return devices.size() <= LISTED_MAX
                ? "device.id in [\"" + String.join("\", \"", devices) + "\"]"
                : "semver(device.firmware) < semver(\"" + release.version() + "\")";
    }
}
