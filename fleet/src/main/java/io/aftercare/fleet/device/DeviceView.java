package io.aftercare.fleet.device;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A device as the API shows it.
///
/// @param connected whether it has a connection now
/// @param faulty    whether it has an open fault; told in lists alone
record DeviceView(DeviceId id, String model, String hardware, String firmware, String customer,
        @Nullable LocalDate purchased, String region, String outlet, Map<String, String> tags,
        @Nullable String gateway, String state, boolean connected, @Nullable Instant lastSeen, int version,
        Instant createdAt, @Nullable Boolean faulty) {
    /// @param heard live news, later than what the database has
    static DeviceView of(Device device, boolean connected, Optional<Instant> heard) {
        Instant stored = device.lastSeen();
        Instant seen = heard.filter(at -> stored == null || at.isAfter(stored)).orElse(stored);
        return new DeviceView(device.id(), device.model(), device.hardware(), device.firmware(),
                device.customer(),
                device.purchased(), device.region(), device.outlet(), device.tags(),
                device.gateway().isEmpty() ? null : device.gateway(), device.state(),
                connected,
                seen, device.version(), device.created(), null);
    }

    DeviceView listed(boolean isFaulty) {
        return new DeviceView(id, model, hardware, firmware, customer, purchased, region, outlet, tags,
                gateway, state,
                connected, lastSeen, version, createdAt, isFaulty);
    }
}
