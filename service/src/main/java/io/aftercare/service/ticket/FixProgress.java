package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks up where a device is on its way to a fix, for the page of its case. May block on the database.
@FunctionalInterface
public interface FixProgress {
    /// @param name   of the campaign
    /// @param state  of the campaign, and the reason for it
    /// @param stage  of the device, from 1
    /// @param opened the stage that is open, from 1
    /// @param step   how far the device is
    /// @param turn   when it has its turn at the earliest; null where it has it, or where that cannot be said yet
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Course(String name, String state, String reason, int stage, int stages, int opened, String step,
            @Nullable Instant turn) {}

    Optional<Course> of(DeviceId device, String campaign);
}
