package io.aftercare.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.remote.Surroundings;
import io.aftercare.diagnostics.backtest.ConfirmedCases;
import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.diagnostics.forecast.Rollups;
import io.aftercare.diagnostics.incident.Group;
import io.aftercare.diagnostics.incident.IncidentFeature;
import io.aftercare.diagnostics.incident.Reported;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.store.StoredSamples;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ingest.store.TimeRange;
import io.aftercare.ota.Ota;
import io.aftercare.ota.campaign.FixCases;
import io.aftercare.ota.campaign.OpenFaults;
import io.aftercare.ota.campaign.OpenFaults.OpenFault;
import io.aftercare.ota.health.HealthFacts;
import io.aftercare.ota.release.Releases;
import io.aftercare.ota.release.Version;
import io.aftercare.service.consent.ConsentPurpose;
import io.aftercare.service.consent.ConsentState;
import io.aftercare.service.consent.RemoteConsents;
import io.aftercare.service.quality.FaultStatistics;
import io.aftercare.service.ticket.Causes;
import io.aftercare.service.ticket.DeviceCases;
import io.aftercare.service.ticket.FaultHistory;
import io.aftercare.service.ticket.FixProgress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What one feature wants to know of another, answered.
final class Neighbours implements Surroundings {
    private final Database database;
    private final Devices devices;
    private final StoredSamples samples;
    private final DeviceCases cases;
    private final RemoteConsents consents;
    private final FleetNeighbours fleet;
    private final TelemetryQuery telemetry;
    private volatile @Nullable Ota ota;

    Neighbours(Database database, Devices devices, StoredSamples samples, TelemetryQuery telemetry) {
        this.database = database;
        this.devices = devices;
        this.samples = samples;
        this.telemetry = telemetry;
        this.cases = new DeviceCases(database);
        this.consents = new RemoteConsents(database, InstantSource.system());
        this.fleet = new FleetNeighbours(database, new Faults(database));
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
    public Consent consent(DeviceId device, @Nullable String ticket, Purpose purpose) {
        ConsentState state = consents.of(device, ticket, switch (purpose) {
            case ACTION -> ConsentPurpose.ACTION;
            case DATA -> ConsentPurpose.DATA;
            case SHELL -> ConsentPurpose.SHELL;
        });
        return switch (state) {
            case NOT_ASKED -> Consent.NOT_ASKED;
            case ASKED -> Consent.ASKED;
            case GIVEN -> Consent.GIVEN;
            case REFUSED -> Consent.REFUSED;
            case EXPIRED -> Consent.EXPIRED;
            case WITHDRAWN -> Consent.WITHDRAWN;
        };
    }

    @Override
    public boolean isUpdating(DeviceId id) {
        Ota known = Objects.requireNonNull(ota, "wired before the first request");
        return devices.find(id).map(known::isUpdating).orElse(false);
    }

    @Override
    public boolean isBelow(String firmware, String other) {
        return Version.below(firmware, other);
    }

    @Override
    public Optional<Build> release(String id) {
        return database.jdbi().withHandle(handle -> Releases.find(handle, id))
                .map(release -> new Build(release.product(), release.version()));
    }

    @Override
    public List<String> chosen(String model, String target, int max) {
        return fleet.chosen(model, target, max);
    }

    @Override
    public Optional<DeviceId> deviceOf(String ticket) {
        return cases.deviceOf(ticket);
    }

    @Override
    public List<Raised> raised(List<DeviceId> of, Instant since) {
        return fleet.raised(of, since);
    }

    /// Faults and telemetry as the desk asks for them, for the proof that a fix holds.
    FaultHistory faultHistory(Faults faults) {
        return new DeviceEvidence(faults, devices, samples, telemetry);
    }

    /// How often devices failed, as the desk's reports ask for it.
    static FaultStatistics faultStatistics(Faults faults) {
        return (from, to) -> faults.counts(from, to).stream().map(one -> new FaultStatistics.Count(one.code(),
                one.model(), one.firmware(), one.batch(), one.region(), one.faults(), one.devices()))
                .toList();
    }

    /// What people found behind cases, as backtests ask for it.
    static ConfirmedCases confirmedCases(Causes causes) {
        return (code, from, to) -> causes.of(code, from, to, ConfirmedCases.CASES_MAX).stream()
                .map(found -> new ConfirmedCases.Case(found.ticket(), found.device(), found.confirmed(),
                        found.openedAt(), found.solvedAt()))
                .toList();
    }

    /// Stored averages, as forecasts ask for them.
    Rollups rollups() {
        return (device, metric, from, to, points) -> {
            var places = telemetry.places(device, List.of(metric));
            return telemetry.buckets(device, places, new TimeRange(from, to), points)
                    .getOrDefault(metric, List.of())
                    .stream().map(bucket -> new Rollups.Point(bucket.ts() * 1_000, bucket.avg())).toList();
        };
    }

    /// What waits for a fix, as updates ask for it: open faults, and those that have ended while their case has not.
    OpenFaults openFaults(Faults faults) {
        return (model, codes) -> {
            Map<String, OpenFault> waiting = new TreeMap<>();
            faults.open(model, codes).forEach(fault -> waiting.put(fault.fault(), new OpenFault(fault.fault(),
                    new DeviceId(fault.device()), fault.code(), fault.firmware())));
            cases.openOf(model, codes).forEach(known -> waiting.putIfAbsent(known.fault(),
                    new OpenFault(known.fault(), known.device(), known.code(), known.firmware())));
            return List.copyOf(waiting.values());
        };
    }

    /// The cases that faults went to, as updates ask for them.
    FixCases fixCases() {
        return wanted -> {
            Map<String, FixCases.Case> known = new TreeMap<>();
            cases.ofFaults(wanted).forEach((fault, one) -> known.put(fault,
                    new FixCases.Case(one.id(), one.number(), one.state())));
            return known;
        };
    }

    /// Where a device is on its way to a fix, as the desk asks for it.
    FixProgress fixProgress() {
        return (id, campaign) -> devices.find(id)
                .flatMap(device -> Objects.requireNonNull(ota, "wired before the first request")
                        .course(campaign, device))
                .map(course -> new FixProgress.Course(course.name(), course.state().text(), course.reason(),
                        course.stage(), course.stages(), course.opened(), course.step().text(),
                        course.turn()));
    }

    /// How devices fare, as campaigns' health gates ask.
    HealthFacts health(Faults faults, Function<Instant, Map<Integer, Instant>> connections) {
        return new CampaignHealth(faults, devices, telemetry, connections);
    }

    /// A campaign's updated devices do worse: an incident of its firmware, with the numbers.
    static void unhealthy(IncidentFeature incidents, Handle transaction, JsonNode told) {
        String version = told.path("version").asText();
        Optional<Group> group = told.path("kind").asText().equals("fault")
                ? Optional.of(new Group("firmware", version, told.path("affected").asInt(),
                        told.path("exposed").asInt(), told.path("affectedOthers").asInt(),
                        told.path("exposedOthers").asInt()))
                : Optional.empty();
        incidents.report(transaction,
                new Reported(told.path("code").asText(), told.path("product").asText(), version,
                        "campaign " + told.path("campaign").asText() + ": " + told.path("text").asText(),
                        Instant.parse(told.path("since").asText()), group));
    }

    /// Whoever mends firmware hears of a new kind of crash.
    static void newCrash(Handle transaction, String key, JsonNode told) {
        ObjectNode notice = Json.object().put("role", "firmware").put("template", "crash-group-new");
        notice.set("params", told);
        Outbox.append(transaction, "notice.staff", "crash-group/" + key, notice);
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
