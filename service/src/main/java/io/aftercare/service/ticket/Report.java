package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a case is about, as it was reported.
///
/// @param device      null while nobody knows which one it is (see [Intake#serial])
/// @param description what the backend knew when it opened the case, empty for a person's
/// @param symptom     what the customer sees, empty for the backend's
/// @param contact     pseudonym of the one who reported it
public record Report(@Nullable DeviceId device, String title, String description, String symptom,
        Origin origin, @Nullable String contact, Instant openedAt, Intake intake) {
    /// The device's serial, as it was told where no device of that serial is known; empty where none was told.
    public String serial() {
        return device == null ? intake.serial() : device.value();
    }

    Report titled(String other) {
        return new Report(device, other, description, symptom, origin, contact, openedAt, intake);
    }

    Report matched(DeviceId with) {
        return new Report(with, title, description, symptom, origin, contact, openedAt, intake);
    }

    Report retold(@Nullable String otherDescription, @Nullable String otherSymptom, Intake later) {
        return new Report(device, title, otherDescription == null ? description : otherDescription,
                otherSymptom == null ? symptom : otherSymptom, origin, contact, openedAt,
                intake.retold(later));
    }
}
