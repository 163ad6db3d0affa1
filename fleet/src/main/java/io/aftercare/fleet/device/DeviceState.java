package io.aftercare.fleet.device;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Where a device is in its life. It becomes active by itself when it first reports; people set the rest.
public enum DeviceState {
    PROVISIONED, ACTIVE, SUSPENDED, IN_REPAIR, REPLACED, RETIRED;

    /// The name outside, such as `in-repair`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<DeviceState> parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }
}
