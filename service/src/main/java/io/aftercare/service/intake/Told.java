package io.aftercare.service.intake;

import io.aftercare.service.customer.Contact;
import io.aftercare.service.ticket.Origin;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What somebody reports of a device (R13); of the contact, phone or address is there.
///
/// @param channel null for a system with a key, whose channel the key says
/// @param website a field that no person sees: who fills it in is none
record Told(@Nullable String title, String symptom, @Nullable String serial, @Nullable String model,
        @Nullable LocalDate purchased, @Nullable String proof, @Nullable String damage, @Nullable String name,
        @Nullable String phone, @Nullable String email, @Nullable String channel, @Nullable String website) {
    private static final int TITLE_MAX = 80;

    Contact contact() {
        return new Contact(name, phone, email);
    }

    String serialTold() {
        return Objects.requireNonNullElse(serial, "").strip();
    }

    Origin origin() {
        return channel == null ? Origin.WEB : Origin.parse(channel);
    }

    /// The title, or the first words of the symptom.
    String headline() {
        if (title != null && !title.isBlank()) {
            return title.strip();
        }
        String line = symptom.strip().lines().findFirst().orElse("").strip();
        return line.codePointCount(0, line.length()) <= TITLE_MAX
                ? line
                : line.substring(0, line.offsetByCodePoints(0, TITLE_MAX)) + "…";
    }
}
