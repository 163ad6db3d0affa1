package io.aftercare.ota.delivery;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.OutboxRelay;
import io.aftercare.ota.campaign.Campaigns;
import io.aftercare.ota.release.ArtifactStore;
import io.aftercare.ota.release.Assignments;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// What devices see of updates. Thread-safe; calls block and belong on virtual threads.
public final class Delivery {
    private final Database database;
    private final Campaigns campaigns;
    private final Offers offers;
    private final StatusReports reports;
    private final Chunks chunks;
    private final ArtifactSender sender;
    private final ArtifactRoutes routes;
    private final MeterRegistry meters;
    private final Counter refusedChunks;
    private final Downlink downlink;

    /// @param publicUrl what devices put before the path of an artifact, empty for the address they know already
    public Delivery(Database database, Devices devices, Campaigns campaigns, ArtifactStore artifacts,
            Assignments assignments, Downlink downlink, String publicUrl, MeterRegistry meters,
            ExecutorService virtualThreads,
            InstantSource clock) {
        this.database = database;
        this.campaigns = campaigns;
        this.downlink = downlink;
        this.offers = new Offers(database, devices, downlink, assignments, publicUrl, clock);
        this.reports = new StatusReports(campaigns);
        Pace pace = new Pace(System::nanoTime);
        this.chunks = new Chunks(database, artifacts, assignments, pace, downlink);
        this.sender = new ArtifactSender(artifacts, pace);
        this.routes = new ArtifactRoutes(database, devices, sender, virtualThreads);
        this.meters = meters;
        this.refusedChunks = Counter.builder("aftercare_ota_chunks_refused_total").register(meters);
    }

    /// What sends artifacts over HTTP, at one pace for all ways to ask.
    public ArtifactSender sender() {
        return sender;
    }

    public void bind(Operations operations) {
        routes.bind(operations);
    }

    public void subscribe(OutboxRelay relay) {
        relay.on(Campaigns.OFFER, offers::decided).on(Campaigns.RETRACT, offers::retracted);
    }

    /// A device has connected and listens to `ota/offer`.
    public void connected(Device device) {
        offers.connected(device);
    }

    /// `devices/{id}/ota/status`. Returns when the report is committed, so that it may be acknowledged.
    ///
    /// @return why the report is of no use, for the device's quarantine; empty where it was taken
    public Optional<String> status(Device device, byte[] payload) {
        StatusReports.Taken taken = reports.take(device, payload);
        Counter.builder("aftercare_ota_reports_total").tag("outcome", taken.outcome()).register(meters)
                .increment();
        return Optional.of(taken.refusal()).filter(refusal -> !refusal.isEmpty());
    }

    /// The device's reported state says which version it runs.
    public void runs(Device device) {
        campaigns.runs(device);
    }

    /// `devices/{id}/ota/{release}/chunk/{n}`, with the chunk's size in bytes.
    ///
    /// A request that is refused is counted, and answered on `ota/error` for devices that listen there.
    ///
    /// @return why it is refused, where that is more than a mistake of the device's
    public Optional<String> chunk(Device device, String release, long chunk, int size) throws IOException {
        if (chunks.send(device, release, chunk, size)) {
            return Optional.empty();
        }
        refusedChunks.increment();
        Optional<String> withdrawn = Withdrawn.reason(database, device, release);
        String why = withdrawn
                .orElse("Chunk " + chunk + " of " + release + " is not for this device, or out of bounds");
        var _ = downlink.send(device.id(), "ota/error", why.getBytes(StandardCharsets.UTF_8));
        return withdrawn;
    }
}
