package io.aftercare.ota.campaign;

import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.plan.Target;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.ota.campaign.OpenFaults.OpenFault;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import io.aftercare.ota.wording.Wording;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Proposes campaigns for the devices whose faults a release fixes and that no campaign of it reaches. A proposal that nobody
/// has approved yet takes in devices that fall ill later; afterwards such devices get a proposal of their own. Where the
/// release's last campaign that somebody decided about was aborted, nothing is proposed again, and a proposal that waits is withdrawn.
final class FixProposals {
    /// Outbox topic: a campaign was proposed.
    static final String PROPOSED = "ota.campaign.proposed";
    private static final Logger LOG = LoggerFactory.getLogger(FixProposals.class);
    private static final int LISTED_MAX = 1000;

    private final Database database;
    private final OpenFaults faults;
    private final Plan usual;
    private final Notices notices;
    private final InstantSource clock;

    /// @param usual the plan of a proposal
    FixProposals(Database database, OpenFaults faults, Plan usual, Notices notices, InstantSource clock) {
        this.database = database;
        this.faults = faults;
        this.usual = usual;
        this.notices = notices;
        this.clock = clock;
    }

    /// A release was published.
    void published(Handle handle, String key, JsonNode payload) {
        propose(handle, payload.path("release").asText(), clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    /// A proposal is there, or has changed, to be looked at.
    void proposed(Handle handle, String key, JsonNode payload) {
        String id = payload.path("campaign").asText();
        CampaignStore.find(handle, id).ifPresent(row -> notices.campaign(id, row.value().state()));
    }

    /// Looks at every release that fixes something and that no newer one replaces.
    void renew(Instant now) {
        List<String> releases = database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT r.id FROM ota.release r
                                        WHERE cardinality(r.fixes) > 0 AND r.expires_at > :now AND r.withdrawn_at IS NULL
                                            AND NOT EXISTS (SELECT FROM ota.release newer WHERE newer.product = r.product
                                                AND newer.counter > r.counter AND newer.fixes @> r.fixes AND newer.withdrawn_at IS NULL)
                                        ORDER BY r.number""")
                        .bind("now", now).mapTo(String.class).list());
        for (String release : releases) {
            database.useTransaction(handle -> propose(handle, release, now));
        }
    }

    private void propose(Handle handle, String releaseId, Instant now) {
        Release release = Releases.find(handle, releaseId).orElseThrow();
        if (release.withdrawal() != null) {
            return;
        }
        // the release's row is the lock: one proposal of it at a time
        var _ = handle.createQuery("SELECT number FROM ota.release WHERE id = :id FOR NO KEY UPDATE")
                .bind("id", releaseId).mapTo(Integer.class).one();
        List<CampaignRow> campaigns = CampaignStore.ofRelease(handle, release.number());
        Optional<CampaignRow> open = campaigns.stream().filter(FixProposals::isOpenProposal).findFirst();
        Optional<CampaignRow> decided = campaigns.stream().filter(row -> !isOpenProposal(row)).findFirst();
        if (decided.isPresent() && decided.get().value().state() == CampaignState.ABORTED) {
            open.ifPresent(row -> withdraw(handle, row, decided.get(), now));
            return;
        }
        Map<String, List<OpenFault>> affected = Fixes.affected(faults, release);
        if (affected.isEmpty()) {
            return;
        }
        Set<String> devices = new TreeSet<>(affected.keySet());
        devices.removeAll(FixStore.reached(handle, release.number(), devices));
        campaigns.stream().filter(row -> !isOpenProposal(row) && !row.value().state().next().isEmpty())
                .forEach(row -> devices.removeAll(within(handle, row, devices)));
        if (devices.isEmpty()
                || open.isPresent() && within(handle, open.get(), devices).containsAll(devices)) {
            return;
        }
        String codes = devices.stream().flatMap(device -> affected.getOrDefault(device, List.of()).stream())
                .map(OpenFault::code).distinct().sorted().collect(Collectors.joining(", "));
        String name = Wording.FIX.of(codes, release.version());
        String target = target(release, devices);
        int matched = Enrolment.count(handle, release.product(), Target.parse(target));
        CampaignRow row = open.map(known -> CampaignStore.retarget(handle, known, name, target, matched))
                .orElseGet(() -> CampaignStore.insert(handle, new CampaignStore.New(name, release, target,
                        usual, CampaignState.AWAITING_APPROVAL, release.uploadedBy(), true, null, matched),
                        now));
        LOG.info("Campaign {} proposed: {} devices have faults that release {} fixes", row.value().id(),
                devices.size(), release.id());
        // told by an entry of its own, which is received after this one's commit
        Outbox.append(handle, PROPOSED, row.value().id() + "/" + now.toEpochMilli(),
                Json.object().put("campaign", row.value().id()));
    }

    private static void withdraw(Handle handle, CampaignRow open, CampaignRow aborted, Instant now) {
        CampaignRow proposal = CampaignStore.lock(handle, open.value().id());
        if (!isOpenProposal(proposal)) {
            return; // approved meanwhile
        }
        end(handle, proposal, Principal.SYSTEM, Wording.DECIDED_AGAINST.of(aborted.value().id()), now);
        Outbox.append(handle, PROPOSED, proposal.value().id() + "/" + now.toEpochMilli(),
                Json.object().put("campaign", proposal.value().id()));
    }

    /// Ends a proposal that nobody has approved.
    static void end(Handle handle, CampaignRow proposal, Principal by, String reason, Instant now) {
        Campaign ended = proposal.value().next(new CampaignEvent.Abort(by.name(), reason), now).next();
        CampaignStore.update(handle, proposal.number(), ended, now);
        Audit.append(handle, by, "campaign.abort", "campaign/" + ended.id(),
                Json.object().put("reason", reason));
    }

    private static boolean isOpenProposal(CampaignRow row) {
        CampaignState state = row.value().state();
        return row.proposed() && (state == CampaignState.AWAITING_APPROVAL || state == CampaignState.DRAFT);
    }

    private static Set<String> within(Handle handle, CampaignRow campaign, Set<String> devices) {
        return Enrolment.among(handle, campaign.product(), Target.parse(campaign.target()), devices);
    }

    // the very devices where they can be listed, else all that are on a lower version
    private static String target(Release release, Set<String> devices) {
        return devices.size() <= LISTED_MAX
                ? "device.id in [\"" + String.join("\", \"", devices) + "\"]"
                : "semver(device.firmware) < semver(\"" + release.version() + "\")";
    }
}
