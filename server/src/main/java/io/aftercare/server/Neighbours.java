package io.aftercare.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.action.Surroundings;
import io.aftercare.diagnostics.backtest.ConfirmedCases;
import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.diagnostics.forecast.Rollups;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.store.StoredSamples;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ingest.store.TimeRange;
import io.aftercare.ota.Ota;
import io.aftercare.ota.campaign.OpenFaults;
import io.aftercare.service.ticket.Causes;
import io.aftercare.service.ticket.DeviceCases;
import io.aftercare.service.ticket.FaultHistory;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one feature wants to know of another, answered.
final class Neighbours implements Surroundings {
    private final Devices devices;
    private final StoredSamples samples;
    private final DeviceCases cases;
    private volatile @Nullable Ota ota;

    Neighbours(Database database, Devices devices, StoredSamples samples) {
        this.devices = devices;
        this.samples = samples;
        this.cases = new DeviceCases(database);
    }

    /// Who knows of updates; before the first request.
    void updates(Ota known) {
        ota = known;
    }

    @Override
    public boolean isOpenTicket(String ticket, DeviceId device) {
        return cases.isOpen(ticket, device);
    }

    @Override
    public boolean isUpdating(DeviceId id) {
        Ota known = Objects.requireNonNull(ota, "wired before the first request");
        return devices.find(id).map(known::isUpdating).orElse(false);
    }

    /// Faults as the desk asks for them, for the proof that a fix holds.
    FaultHistory faultHistory(Faults faults) {
        return (id, wanted) -> {
            List<Faults.Standing> standings = wanted.stream().map(faults::standing).flatMap(Optional::stream)
                    .toList();
            Instant raised = standings.stream().map(Faults.Standing::lastRaised).max(Instant::compareTo)
                    .orElse(null);
            boolean firing = standings.stream().anyMatch(Faults.Standing::open);
            Instant cleared = standings.stream().map(Faults.Standing::cleared).filter(Objects::nonNull)
                    .max(Instant::compareTo).orElse(null);
            Instant report = devices.find(id).flatMap((Device device) -> samples.newest(device)).orElse(null);
            return new FaultHistory.Sighting(raised, firing, cleared, report);
        };
    }

    /// What people found behind cases, as backtests ask for it.
    static ConfirmedCases confirmedCases(Causes causes) {
        return (code, from, to) -> causes.of(code, from, to, ConfirmedCases.CASES_MAX).stream()
                .map(found -> new ConfirmedCases.Case(found.ticket(), found.device(), found.confirmed(),
                        found.openedAt(), found.solvedAt()))
                .toList();
    }

    /// Stored averages, as forecasts ask for them.
    static Rollups rollups(TelemetryQuery telemetry) {
        return (device, metric, from, to, points) -> {
            var places = telemetry.places(device, List.of(metric));
            return telemetry.buckets(device, places, new TimeRange(from, to), points)
                    .getOrDefault(metric, List.of())
                    .stream().map(bucket -> new Rollups.Point(bucket.ts() * 1_000, bucket.avg())).toList();
        };
    }

    /// Faults as updates ask for them, to find the devices that a release mends.
    static OpenFaults openFaults(Faults faults) {
        return (model, codes) -> faults.open(model, codes).stream()
                .map(fault -> new OpenFaults.OpenFault(fault.fault(), new DeviceId(fault.device()),
                        fault.code(),
                        fault.firmware()))
                .toList();
    }

    /// An incident names what it suspects: where that is a firmware, nobody else is to get it.
    static void suspected(Ota ota, Handle transaction, JsonNode incident) {
        JsonNode suspect = incident.path("suspect");
        if (suspect.path("dimension").asText().equals("firmware")) {
            ota.halt(transaction, incident.path("model").asText(), suspect.path("value").asText(),
                    "incident " + incident.path("incident").asText() + ": " + incident.path("text").asText());
        }
    }
}
