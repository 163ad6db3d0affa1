package io.aftercare.service.engineer;

import io.aftercare.service.text.Cause;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A measuring tool or an instrument (R76).
///
/// @param holder         who has it, null for the store
/// @param calibrationDue null for what is not calibrated
/// @param retired        whether nobody may use it any more
record Tool(String serial, int version, String name, @Nullable String holder,
        @Nullable LocalDate calibrationDue,
        @Nullable LocalDate maintenanceDue, boolean retired) {
    /// The day on which it is due for one or the other, null for never.
    @Nullable
    LocalDate due() {
        if (calibrationDue == null || maintenanceDue == null) {
            return calibrationDue == null ? maintenanceDue : calibrationDue;
        }
        return calibrationDue.isBefore(maintenanceDue) ? calibrationDue : maintenanceDue;
    }

    /// Why nobody should measure with it on that day; empty where it is in order.
    Optional<Cause> trouble(LocalDate on) {
        if (retired) {
            return Optional.of(Cause.of("tool-retired", "tool " + serial + " (" + name + ") is retired")
                    .with("tool", serial).with("name", name));
        }
        if (calibrationDue != null && on.isAfter(calibrationDue)) {
            return Optional.of(Cause.of("calibration-overdue", "the calibration of tool " + serial + " ("
                    + name + ") is overdue since " + calibrationDue).with("tool", serial).with("name", name)
                    .with("on", calibrationDue));
        }
        return Optional.empty();
    }
}
