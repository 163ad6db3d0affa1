package io.aftercare.ota;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Events;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Housekeeping;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.ota.campaign.CampaignRoutes;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.campaign.FixCases;
import io.aftercare.ota.campaign.FixCourse;
import io.aftercare.ota.campaign.OpenFaults;
import io.aftercare.ota.deployment.Terms;
import io.aftercare.ota.ddi.Ddi;
import io.aftercare.ota.ddi.DdiConfig;
import io.aftercare.ota.ddi.DeviceWord;
import io.aftercare.ota.delivery.Delivery;
import io.aftercare.ota.delivery.Downlink;
import io.aftercare.ota.health.HealthFacts;
import io.aftercare.ota.health.HealthRoutes;
import io.aftercare.ota.health.HealthWatch;
import io.aftercare.ota.release.ArtifactDigests;
import io.aftercare.ota.release.ArtifactStore;
import io.aftercare.ota.release.AssignmentKeys;
import io.aftercare.ota.release.Assignments;
import io.aftercare.ota.release.ObjectStorage;
import io.aftercare.ota.release.Release;
import io.aftercare.ota.release.ReleaseRoutes;
import io.aftercare.ota.release.Releases;
import io.aftercare.ota.release.RootRoutes;
import io.aftercare.ota.release.Roots;
import io.aftercare.ota.release.S3Storage;
import io.aftercare.ota.release.SigningKeys;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jdbi.v3.core.Handle;

/// Releases, campaigns and their delivery: the whole feature, wired.
///
/// The wiring: [#bind] and [#subscribe] before the start; [#onStatus], [#onReportedState], [#onChunkRequest] and
/// [#onConnected] from the device's endpoint, in order per device and on virtual threads; the outbox topics
/// `fix.scheduled`, `fix.withheld`, `fix.installed` and `fix.failed` are for somebody else to receive,
/// and so is [HealthWatch#UNHEALTHY].
public final class Ota implements AutoCloseable {
    /// Its schema, for the migrations.
    public static final String SCHEMA = "ota";

    private final ReleaseRoutes releases;
    private final RootRoutes roots;
    private final Campaigns campaigns;
    private final CampaignRoutes campaignRoutes;
    private final Delivery delivery;
    private final Optional<ObjectStorage> storage;
    private final LiveNotices notices;
    private final Needs needs;
    private final ArtifactStore artifacts;
    private final String publicUrl;
    private final HealthWatch health;
    private final HealthRoutes healthRoutes;

    /// What the feature needs of the rest.
    ///
    /// @param health   how devices fare, for the health gate
    /// @param downlink how a device is reached
    /// @param threads  virtual threads
    public record Needs(Database database, Devices devices, Events events, OutboxRelay outbox,
            OpenFaults faults, FixCases cases, HealthFacts health,
            Downlink downlink, MeterRegistry meters, ExecutorService threads, InstantSource clock) {}

    public Ota(OtaConfig config, Needs needs) throws IOException {
        Database database = needs.database();
        this.needs = needs;
        this.publicUrl = config.publicUrl();
        this.storage = config.storage().map(S3Storage::new);
        this.artifacts = new ArtifactStore(config.dataDir().resolve("artifacts"), storage);
        SigningKeys keys = new SigningKeys(database, needs.clock());
        this.notices = new LiveNotices(needs.events(), needs.outbox(),
                new DeploymentMeters(database, needs.meters()));
        AssignmentKeys assignmentKeys = new AssignmentKeys(config.dataDir().resolve("keys"));
        Roots known = new Roots(database, assignmentKeys, needs.clock());
        this.roots = new RootRoutes(known, assignmentKeys, needs.devices());
        this.campaigns = new Campaigns(database, needs.faults(), needs.cases(),
                release -> missing(artifacts, release), notices, Terms.Patience.USUAL, needs.clock());
        this.releases = new ReleaseRoutes(keys, known, new Releases(database, needs.clock()), artifacts,
                campaigns::fixing, needs.clock());
        this.campaignRoutes = new CampaignRoutes(campaigns);
        this.health = new HealthWatch(database, campaigns.soaks(), needs.health(), needs.clock());
        this.healthRoutes = new HealthRoutes(database);
        this.delivery = new Delivery(database, needs.devices(), campaigns, artifacts,
                new Assignments(assignmentKeys, known, needs.clock()), needs.downlink(),
                config.publicUrl(), needs.meters(), needs.threads(), needs.clock());
    }

    private static Optional<String> missing(ArtifactStore artifacts, Release release) {
        return release.manifest().artifacts().stream().filter(component -> !artifacts.has(component.sha256()))
                .findFirst().map(component -> "artifact " + component.name() + " of release " + release.id()
                        + " is not in the store; restore it, then resume");
    }

    /// Binds the operations of `openapi/ota.yaml`.
    public void bind(Operations operations) {
        releases.bind(operations);
        roots.bind(operations);
        campaignRoutes.bind(operations);
        campaigns.fixRoutes().bind(operations);
        healthRoutes.bind(operations);
        delivery.bind(operations);
    }

    /// Adds hawkBit's interface for devices that speak it; before the server listens.
    ///
    /// @param word who else wants to know what is heard of them
    public void mount(Router router, DdiConfig config, DeviceWord word) {
        Ddi ddi = new Ddi(config, new Ddi.Parts(needs.database(), needs.devices(), campaigns,
                new ArtifactDigests(needs.database(), artifacts), delivery.sender(), word, publicUrl,
                needs.threads(), needs.clock()));
        notices.onDevice(ddi::changed);
        ddi.mount(router);
    }

    /// Has what devices told of long ended actions removed, and the actions after it.
    public static void sweep(Housekeeping housekeeping) {
        Ddi.sweep(housekeeping);
    }

    /// Names the receivers of this feature's own outbox topics.
    public void subscribe(OutboxRelay relay) {
        campaigns.subscribe(relay);
        delivery.subscribe(relay);
    }

    /// Begins to move campaigns on.
    public void start() {
        releases.start();
        campaigns.start();
        health.start();
    }

    @Override
    public void close() {
        releases.close();
        health.close();
        campaigns.close();
        storage.ifPresent(ObjectStorage::close);
    }

    /// A device has connected and subscribed: it gets the offer that is meant for it, again if need be.
    public void onConnected(Device device) {
        delivery.connected(device);
    }

    /// A report on `ota/status`; returns after the commit.
    ///
    /// @return why the report is of no use, for the device's quarantine; empty where it was taken
    public Optional<String> onStatus(Device device, byte[] payload) {
        // a version that the device stated in the same breath counts
        return delivery.status(needs.devices().find(device.id()).orElse(device), payload);
    }

    /// The device reported its state; `device` is as it stands after that report.
    public void onReportedState(Device device) {
        delivery.runs(device);
    }

    /// A request for a chunk of firmware; the answer goes to the device.
    ///
    /// @return why there is no answer, for the device's quarantine; empty where there is one, or the request was only counted
    public Optional<String> onChunkRequest(Device device, String release, long chunk, int size)
            throws IOException {
        return delivery.chunk(device, release, chunk, size);
    }

    /// Whether the device is at work on an update now.
    public boolean isUpdating(Device device) {
        return campaigns.isUpdating(device);
    }

    /// A fault was raised, or a case opened: devices that wait for a fix are looked for anew. Cheap, from any thread.
    public void faultsChanged() {
        campaigns.faultsChanged();
    }

    /// Where a device is within a campaign that brings it a fix; empty where it is in no such campaign.
    public Optional<FixCourse> course(String campaign, Device device) {
        return campaigns.course(campaign, device);
    }

    /// A firmware is under suspicion: every running campaign that brings it to the model's devices stops as its plan says, in
    /// the caller's transaction. Twice is as once.
    public void halt(Handle handle, String model, String version, String reason) {
        campaigns.halt(handle, model, version, reason);
    }

    /// The steps of a device's updates, newest first: `at`, `campaign`, `release`, `version`, `state`, `reason`.
    public List<JsonNode> history(Device device, int limit) {
        return campaigns.history(device, limit);
    }
}
