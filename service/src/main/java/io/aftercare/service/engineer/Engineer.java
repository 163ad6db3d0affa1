package io.aftercare.service.engineer;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Somebody who is sent to devices.
///
/// @param name   of the user
/// @param number short key, never used twice
/// @param outlet of the partner that they work for, empty for our own people
/// @param off    whether they are away until somebody says otherwise
/// @param trainingDue by when they must be trained next
public record Engineer(String name, long number, int version, String outlet, Profile profile, boolean off,
        @Nullable LocalDate trainingDue) {
    /// What people say about somebody.
    ///
    /// @param skills models that they know (R57)
    /// @param home   where they set out from, null where that is not known
    public record Profile(Level level, List<String> skills, String region, @Nullable Home home, Shift shift) {
        public Profile {
            skills = List.copyOf(skills);
        }
    }

    /// Degrees, WGS 84.
    public record Home(double lat, double lon) {}

    Engineer with(Profile other, boolean away) {
        return new Engineer(name, number, version, outlet, other, away, trainingDue);
    }

    Engineer next() {
        return new Engineer(name, number, version + 1, outlet, profile, off, trainingDue);
    }
}
