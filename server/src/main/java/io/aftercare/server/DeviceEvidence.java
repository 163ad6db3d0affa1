package io.aftercare.server;

import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.ingest.store.StoredSamples;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ingest.store.TelemetryQuery.Bucket;
import io.aftercare.ingest.store.TimeRange;
import io.aftercare.service.ticket.FaultHistory;
import io.aftercare.service.ticket.Numbers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/// What a device's faults and telemetry show, as the desk asks for it to judge a fix. Thread-safe; blocks.
final class DeviceEvidence implements FaultHistory {
    /// Long spans are read from rollups of at most so many parts, so that what is read stays bounded.
    private static final int PARTS = 200;

    private final Faults faults;
    private final Devices devices;
    private final StoredSamples samples;
    private final TelemetryQuery telemetry;

    DeviceEvidence(Faults faults, Devices devices, StoredSamples samples, TelemetryQuery telemetry) {
        this.faults = faults;
        this.devices = devices;
        this.samples = samples;
        this.telemetry = telemetry;
    }

    @Override
    public Sighting of(DeviceId id, List<String> wanted) {
        List<Faults.Standing> standings = wanted.stream().map(faults::standing).flatMap(Optional::stream)
                .toList();
        Instant raised = standings.stream().map(Faults.Standing::lastRaised).max(Instant::compareTo)
                .orElse(null);
        boolean firing = standings.stream().anyMatch(Faults.Standing::open);
        Instant cleared = standings.stream().map(Faults.Standing::cleared).filter(Objects::nonNull)
                .max(Instant::compareTo).orElse(null);
        Instant report = devices.find(id).flatMap((Device device) -> samples.newest(device)).orElse(null);
        return new Sighting(raised, firing, cleared, report);
    }

    @Override
    public Map<String, Numbers> numbers(DeviceId id, List<String> metrics, Instant from, Instant to) {
        Map<String, Numbers> numbers = new TreeMap<>();
        if (!from.isBefore(to)) {
            return numbers;
        }
        devices.find(id).ifPresent(device -> telemetry
                .buckets(device, telemetry.places(device, metrics), new TimeRange(from, to), PARTS)
                .forEach((metric, parts) -> {
                    if (!parts.isEmpty()) {
                        numbers.put(metric, together(parts));
                    }
                }));
        return numbers;
    }

    private static Numbers together(List<Bucket> parts) {
        long count = parts.stream().mapToLong(Bucket::count).sum();
        double sum = parts.stream().mapToDouble(part -> part.avg() * part.count()).sum();
        return new Numbers(sum / count, parts.stream().mapToDouble(Bucket::min).min().orElseThrow(),
                parts.stream().mapToDouble(Bucket::max).max().orElseThrow(), count);
    }
}
