package io.aftercare.ota.campaign;

import io.aftercare.ota.wording.Wording;
import io.aftercare.ota.deployment.DeploymentEvent;
import io.aftercare.ota.deployment.Reception;
import io.aftercare.ota.deployment.Terms;
import io.aftercare.ota.plan.NewCampaign;
import io.aftercare.ota.plan.Plan;
import io.aftercare.ota.plan.Target;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.Releases;
import io.aftercare.ota.release.Roots;
import io.aftercare.ota.release.SigningKeys;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Campaigns: made, approved, started and stopped by people, moved on by [Engine] and by what devices report. Each
/// method is one transaction and tells those who watch after its commit. Thread-safe; calls block.
public final class Campaigns implements AutoCloseable {
    /// Outbox topic of offers; the delivery receives it.
    public static final String OFFER = Steps.OFFER;
    /// Outbox topic of the word that an offer no longer holds; the delivery receives it.
    public static final String RETRACT = Steps.RETRACT;

    private final Database database;
    private final InstantSource clock;
    private final Notices notices;
    private final Steps steps;
    private final Engine engine;
    private final Fixes fixes;
    private final FixProposals proposals;
    private final FixViews views;

    public Campaigns(Database database, OpenFaults faults, FixCases cases, Stock stock, Notices notices,
            Terms.Patience patience, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.notices = notices;
        this.steps = new Steps(patience);
        this.proposals = new FixProposals(database, faults, NewCampaign.USUAL, notices, clock);
        this.fixes = new Fixes(database, faults, proposals, clock);
        this.views = new FixViews(database, faults, cases);
        this.engine = new Engine(database, steps, fixes, stock, notices, clock);
    }

    public void subscribe(OutboxRelay relay) {
        relay.on(Roots.REPLACED, this::rootReplaced).on(SigningKeys.REVOKED, this::keyRevoked);
        relay.on(Releases.PUBLISHED, proposals::published).on(FixProposals.PROPOSED, proposals::proposed);
    }

    public void start() {
        engine.start();
    }

    @Override
    public void close() {
        engine.close();
    }

    /// A fault was raised or has ended: fixes are matched anew within a second or so. From any thread.
    public void faultsChanged() {
        fixes.faultsChanged();
        engine.wake();
    }

    /// The operations that show what releases and campaigns fix.
    public FixRoutes fixRoutes() {
        return new FixRoutes(views);
    }

    /// What a release is for: how many devices, faults and cases.
    public JsonNode fixing(String release) {
        return Json.tree(views.sum(release));
    }

    /// Where a device is within a campaign; empty where it is not in it.
    public Optional<FixCourse> course(String campaign, Device device) {
        return database.jdbi().withHandle(handle -> FixCourse.of(handle, campaign, device));
    }

    /// The stages that soak, for the health gate.
    public Soaks soaks() {
        return new Soaks(database, steps, notices, fixes, clock);
    }

    Engine engine() {
        return engine;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Makes a campaign; unapproved proposals for the same release are withdrawn in its favour.
    CampaignRow create(Principal by, NewCampaign request) {
        Plan plan = request.plan();
        CampaignState state = Boolean.TRUE.equals(request.draft())
                ? CampaignState.DRAFT
                : CampaignState.AWAITING_APPROVAL;
        Instant now = now();
        List<String> withdrawn = new ArrayList<>();
        CampaignRow made = database.inTransaction(handle -> {
            Release release = Releases.find(handle, request.release()).orElseThrow(() -> Problem.invalid(
                    "release",
                    "there is no release " + request.release() + "; GET /api/v1/releases lists them"));
            release.refuseWithdrawn();
            if (plan.revert()) {
                Reverts.check(handle, release);
            }
            Target target = Target
                    .parse(request.target() == null ? everyDevice(release, plan) : request.target());
            Metrics.check(handle, release.product(), plan.gate().metrics());
            int matched = Enrolment.count(handle, release.product(), target);
            if (matched == 0) {
                throw Problem.invalid("target", "no device of " + release.product()
                        + " matches; POST /api/v1/campaigns/preview counts them");
            }
            CampaignRow row = CampaignStore.insert(handle, new CampaignStore.New(request.name(), release,
                    target.cel(), plan, state, by.name(), false, null, matched), now);
            for (CampaignRow proposal : CampaignStore.proposals(handle, release.number(), plan.revert())) {
                FixProposals.end(handle, proposal, by, Wording.SUPERSEDED.of(row.value().id()), now);
                withdrawn.add(proposal.value().id());
            }
            Audit.append(handle, by, "campaign.create", "campaign/" + row.value().id(), Json.tree(request));
            return row;
        });
        withdrawn.forEach(id -> notices.campaign(id, CampaignState.ABORTED));
        notices.campaign(made.value().id(), made.value().state());
        return made;
    }

    private static String everyDevice(Release release, Plan plan) {
        return plan.revert() ? "semver(device.firmware) > semver(\"" + release.version() + "\")" : "true";
    }

    /// Does what somebody asks for: `event` is made of the campaign as it stands, under its lock.
    ///
    /// @param seen the revision that they have seen; a [Problem] 412 where it is another by now
    CampaignRow act(Principal by, String id, String verb, Optional<Integer> seen,
            Function<CampaignRow, CampaignEvent> event) {
        Instant now = now();
        CampaignRow row = database.inTransaction(handle -> {
            CampaignRow before = CampaignStore.lock(handle, id);
            before.requireRevision(seen);
            Campaign.Decision decision = before.value().next(event.apply(before), now);
            if (decision.next().state() == CampaignState.RUNNING) {
                // also where the release was withdrawn while this campaign was being made
                Releases.find(handle, before.releaseId()).orElseThrow().refuseWithdrawn();
            }
            Effects.decided(handle, steps, before, decision, now);
            Audit.append(handle, by, "campaign." + verb, "campaign/" + id, Json.object()
                    .put("from", before.value().state().text()).put("to", decision.next().state().text())
                    .put("reason", decision.next().reason()));
            return CampaignStore.find(handle, id).orElseThrow();
        });
        notices.campaign(id, row.value().state());
        fixes.faultsChanged(); // what is proposed of its release follows from how it stands; a revert ends what it reverts
        engine.wake();
        return row;
    }

    /// Takes a release back: all of its campaigns that have not ended are aborted with the reason, in the same transaction.
    Release withdraw(Principal by, String id, String reason) {
        return database.inTransaction(handle -> withdraw(handle, by, id, reason));
    }

    private Release withdraw(Handle handle, Principal by, String id, String reason) {
        Instant now = now();
        Release withdrawn = Releases.withdraw(handle, by, id, reason, now);
        for (CampaignRow row : CampaignStore.open(handle, withdrawn.number())) {
            Campaign.Decision decision = row.value().next(
                    new CampaignEvent.Abort(by.name(), Wording.WITHDRAWN.of(id, reason)), now);
            Effects.decided(handle, steps, row, decision, now);
            handle.afterCommit(() -> notices.campaign(row.value().id(), CampaignState.ABORTED));
        }
        handle.afterCommit(engine::wake);
        return withdrawn;
    }

    // A root took another's place: what it does not cover, every device would refuse.
    private void rootReplaced(Handle handle, String key, JsonNode payload) {
        for (String id : Roots.uncovered(handle, now())) {
            withdraw(handle, Principal.SYSTEM, id,
                    "too few of its signatures are by release keys of root version "
                            + payload.path("version").asLong());
        }
    }

    // A key was ended: what only it has signed is no longer anybody's word.
    private void keyRevoked(Handle handle, String key, JsonNode payload) {
        for (String id : SigningKeys.uncovered(handle, now())) {
            withdraw(handle, Principal.SYSTEM, id,
                    "signed by " + payload.path("key").asText() + ", which was revoked");
        }
    }

    /// Stops every running campaign that brings a version to a product's devices, as its plan says, in the caller's
    /// transaction. One that is paused already stays as it is.
    ///
    /// @param reason shown with the campaign
    public void halt(Handle handle, String product, String version, String reason) {
        Instant now = now();
        for (String id : CampaignStore.running(handle, product, version)) {
            CampaignRow before = CampaignStore.lock(handle, id);
            Campaign.Decision decision = before.value().next(new CampaignEvent.Halt(reason), now);
            if (decision.next().state() == before.value().state()) {
                continue;
            }
            Effects.decided(handle, steps, before, decision, now);
            Audit.append(handle, Principal.SYSTEM, "campaign.halt", "campaign/" + id,
                    Json.object().put("reason", reason));
            handle.afterCommit(() -> {
                notices.campaign(id, decision.next().state());
                fixes.faultsChanged();
            });
        }
    }

    /// How the devices of a campaign do, counted now.
    List<CampaignEvent.Tally> tallies(CampaignRow row) {
        return database.jdbi().withHandle(handle -> DeploymentStore
                .census(handle, row.number(), row.value().stages().size()).stages());
    }

    CampaignView view(String id) {
        return database.inTransaction(handle -> view(handle, CampaignStore.find(handle, id)
                .orElseThrow(() -> Problem.notFound("campaign", id))));
    }

    List<CampaignView> list(CampaignStore.Filter filter, @Nullable Long cursor, int limit) {
        return database.inTransaction(handle -> CampaignStore.list(handle, filter, cursor, limit).stream()
                .map(row -> view(handle, row)).toList());
    }

    private static CampaignView view(Handle handle, CampaignRow row) {
        DeploymentStore.Census census = DeploymentStore.census(handle, row.number(),
                row.value().stages().size());
        return CampaignView.of(row, census.stages(), census.states());
    }

    List<DeploymentView> devices(String id, DeploymentView.Filter filter, long after, int limit) {
        return database.jdbi().withHandle(handle -> {
            CampaignRow row = CampaignStore.find(handle, id)
                    .orElseThrow(() -> Problem.notFound("campaign", id));
            return DeploymentView.list(handle, row.number(), filter, after, limit);
        });
    }

    /// Does with one device of a campaign what somebody asks for.
    DeploymentView act(Principal by, String id, String device, String verb, DeploymentEvent event) {
        Instant now = now();
        List<Notices.Change> changes = new ArrayList<>();
        DeploymentView view = database.inTransaction(handle -> {
            CampaignRow row = CampaignStore.lock(handle, id);
            DeploymentStore.Row found = DeploymentStore.lock(handle, row.number(), device)
                    .orElseThrow(() -> Problem.notFound("device of campaign " + id, device));
            changes.addAll(steps.apply(handle, List.of(found), _ -> event, now));
            Audit.append(handle, by, "campaign.device." + verb, "campaign/" + id,
                    Json.object().put("device", device).put("from", found.value().state().text()));
            return DeploymentView
                    .list(handle, row.number(), DeploymentView.Filter.NONE, found.device() - 1, 1)
                    .getFirst();
        });
        notices.deployments(changes);
        engine.wake();
        return view;
    }

    /// What a campaign of this release for this target would meet.
    Preview preview(String release, String target) {
        Target parsed = Target.parse(target);
        return database.jdbi().withHandle(handle -> Preview.of(handle, Releases.find(handle, release)
                .orElseThrow(() -> Problem.notFound("release", release)), parsed, now()));
    }

    /// Why devices of a campaign failed, what befell most of them first.
    List<DeploymentView.Failures> failures(String id) {
        return database.jdbi().withHandle(handle -> DeploymentView.failures(handle,
                CampaignStore.find(handle, id).orElseThrow(() -> Problem.notFound("campaign", id)).number()));
    }

    /// The device's updates, step by step, newest first.
    public List<JsonNode> history(Device device, int limit) {
        return database.jdbi().withHandle(handle -> DeploymentView.history(handle, device.number(), limit))
                .stream()
                .map(Json::tree).toList();
    }

    /// Whether the device is at work on an update now, so that nothing should disturb it.
    public boolean isUpdating(Device device) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT count(*) FROM ota.deployment WHERE device = :device AND outcome IS NULL
                    AND state IN ('downloading', 'downloaded', 'verifying', 'installing', 'rebooting')""")
                .bind("device", device.number()).mapTo(Integer.class).one()) > 0;
    }

    /// The device told how far it is with a release; returns after the commit.
    public Reception reported(Device device, String release, DeploymentEvent.Reported report) {
        Reception[] how = {Reception.FOREIGN};
        settle(handle -> DeploymentStore.of(handle, device.number(), release), row -> {
            how[0] = row.value().receive(report.state());
            return report;
        });
        return how[0];
    }

    /// The device reported the version it runs.
    public void runs(Device device) {
        settle(handle -> DeploymentStore.atWork(handle, device.number()),
                _ -> new DeploymentEvent.Runs(device.firmware()));
    }

    private void settle(Function<Handle, Optional<DeploymentStore.Row>> find,
            Function<DeploymentStore.Row, DeploymentEvent> event) {
        Instant now = now();
        List<Notices.Change> changes = database.inTransaction(
                handle -> steps.apply(handle, find.apply(handle).stream().toList(), event, now));
        if (!changes.isEmpty()) {
            notices.deployments(changes);
            engine.wake();
        }
    }
}
