package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// Where and what for.
public enum WorkOrderType {
    /// Setting a device up, or bringing software onto it, at the customer's (R42).
    INSTALL,
    /// A repair at the customer's.
    ON_SITE,
    /// A repair in the workshop, of a device that was carried in or sent.
    DEPOT;

    /// Whether somebody travels to the device.
    public boolean travels() {
        return this != DEPOT;
    }

    /// The name outside, such as `on-site`.
    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<WorkOrderType> parse(String text) {
        return Kebab.parse(WorkOrderType.class, text);
    }
}
