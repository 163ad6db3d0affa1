package io.aftercare.remote;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What fleet actions ask of other features. Blocks on the database with connections of its own.
public interface FleetFacts {
    /// The ids of a model's devices that a condition chooses and that may connect, at most `max`.
    ///
    /// @param target as campaigns have it; a [io.aftercare.fleet.http.Problem] 400 names the place where it is wrong
    List<String> chosen(String model, String target, int max);

    /// Whose open ticket this is.
    Optional<DeviceId> deviceOf(String ticket);

    /// The faults that these devices raised since a moment, the latest raise of each.
    List<Raised> raised(List<DeviceId> devices, Instant since);

    /// @param at when it was raised last
    record Raised(DeviceId device, String code, Instant at) {}
}
