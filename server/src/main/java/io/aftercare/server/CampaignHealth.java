package io.aftercare.server;

import io.aftercare.diagnostics.fault.Faults;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.ingest.store.TelemetryQuery;
import io.aftercare.ingest.store.TimeRange;
import io.aftercare.ota.health.HealthFacts;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// How devices fare, as the health gate of campaigns asks: faults from the diagnosis, means from what is stored.
///
/// @param connections when each device was last heard of, by its number, of those that were since a moment
record CampaignHealth(Faults faults, Devices devices, TelemetryQuery telemetry,
        Function<Instant, Map<Integer, Instant>> connections) implements HealthFacts {
    @Override
    public List<Raised> raised(List<DeviceId> of, Instant since) {
        return faults.raised(of, since).stream()
                .map(fault -> new Raised(fault.device(), fault.code(), fault.at(), fault.open())).toList();
    }

    @Override
    public Set<DeviceId> heard(List<DeviceId> of, Instant since) {
        Map<Integer, Instant> connected = connections.apply(since);
        Set<DeviceId> heard = new HashSet<>();
        for (DeviceId id : of) {
            devices.find(id)
                    .filter(device -> connected.containsKey(device.number()) || wasSeen(device, since))
                    .ifPresent(device -> heard.add(device.id()));
        }
        return heard;
    }

    private static boolean wasSeen(Device device, Instant since) {
        return Optional.ofNullable(device.lastSeen()).filter(at -> !at.isBefore(since)).isPresent();
    }

    @Override
    public Map<String, List<Mean>> means(DeviceId id, List<String> metrics, Instant from, Instant to,
            int points) {
        Map<String, List<Mean>> means = new HashMap<>();
        devices.find(id).ifPresent(device -> telemetry
                .buckets(device, telemetry.places(device, metrics), new TimeRange(from, to), points)
                .forEach((metric, buckets) -> means.put(metric, buckets.stream()
                        .map(bucket -> new Mean(Instant.ofEpochMilli(bucket.ts()), bucket.avg(),
                                bucket.count()))
                        .toList())));
        return means;
    }
}
