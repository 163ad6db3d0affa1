package io.aftercare.fleet.device;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A device as it stands at one moment; a change makes another one, with the next version.
///
/// @param number   short key of its rows of telemetry
/// @param model    its product
/// @param hardware hardware revision, as registered or reported
/// @param firmware firmware version that the device reported last, empty before
/// @param tags     free marks, for rules and campaigns
/// @param gateway  id of the device that it is connected through, empty for none
/// @param state    one of provisioned, active, suspended, in-repair, replaced, retired
public record Device(int number, DeviceId id, String model, String hardware, String firmware, String customer,
        @Nullable LocalDate purchased, String region, String outlet, Map<String, String> tags, String gateway,
        String state, int version, Instant created, @Nullable Instant lastSeen) {
    public Device {
        tags = Map.copyOf(tags);
    }

    /// One that hangs on no gateway.
    public Device(int number, DeviceId id, String model, String hardware, String firmware, String customer,
            @Nullable LocalDate purchased, String region, String outlet, Map<String, String> tags,
            String state,
            int version, Instant created, @Nullable Instant lastSeen) {
        this(number, id, model, hardware, firmware, customer, purchased, region, outlet, tags, "", state,
                version, created, lastSeen);
    }

    /// Whether it may connect: a suspended, replaced or retired one may not.
    public boolean mayConnect() {
        return switch (state) {
            case "suspended", "replaced", "retired" -> false;
            default -> true;
        };
    }
}
