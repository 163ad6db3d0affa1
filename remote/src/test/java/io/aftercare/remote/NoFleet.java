package io.aftercare.remote;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A world in which no fleet action finds anything, for tests of something else.
public class NoFleet implements FleetFacts {
    @Override
    public List<String> chosen(String model, String target, int max) {
        return List.of();
    }

    @Override
    public Optional<DeviceId> deviceOf(String ticket) {
        return Optional.empty();
    }

    @Override
    public List<Raised> raised(List<DeviceId> devices, Instant since) {
        return List.of();
    }
}
