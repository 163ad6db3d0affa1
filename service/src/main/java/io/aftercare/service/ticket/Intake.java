package io.aftercare.service.ticket;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What was taken down when the case was opened (R13), besides who reported what; each part may be missing.
///
/// @param serial     of the device as it was told, in whatever form; empty where none was
/// @param outlet     of the one who opened the case: whose it is while no device is known; empty for none
/// @param model      of the device as it was told
/// @param proof      of the purchase in words, such as an invoice's number; a picture of it is an attachment
/// @param damage     what can be seen from outside, "none" where somebody looked
/// @param occurredAt when it happened first
public record Intake(String serial, String outlet, @Nullable String model, @Nullable LocalDate purchased,
        @Nullable String proof, @Nullable String damage, @Nullable Instant occurredAt) {
    /// A device's own case, of which it is known what it is.
    public static final Intake NONE = new Intake("", "", null, null, null, null, null);

    public Intake {
        serial = Objects.requireNonNullElse(serial, "").strip();
        outlet = Objects.requireNonNullElse(outlet, "");
    }

    /// With what is told later; a part that is not told again stays.
    Intake retold(Intake later) {
        return new Intake(later.serial.isEmpty() ? serial : later.serial, outlet, or(later.model, model),
                or(later.purchased, purchased), or(later.proof, proof), or(later.damage, damage),
                or(later.occurredAt, occurredAt));
    }

    private static <T> @Nullable T or(@Nullable T one, @Nullable T other) {
        return one == null ? other : one;
    }
}
