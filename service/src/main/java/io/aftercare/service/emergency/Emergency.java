package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Something that the desk cannot handle in its everyday way (R79, R80). Immutable.
///
/// @param level     1 (major) to 4 (general)
/// @param commander who leads it (R81), a user's name
/// @param incident  the incident that it is about, as the diagnosis names it
/// @param devices   serials of the devices that are hit
/// @param outcome   what became of it, once it is over
/// @param review    what was learned from it
/// @param drill     the drill that it belongs to, null where it is real
@JsonInclude(JsonInclude.Include.ALWAYS)
record Emergency(long id, int version, int level, String title, String description, EmergencyState state,
        Instant since, @Nullable String commander, @Nullable String incident, List<String> devices,
        @Nullable String outcome, @Nullable String review, @Nullable Long drill, Instant openedAt,
        String openedBy, @Nullable Instant closedAt) {
    Emergency {
        devices = List.copyOf(devices);
    }

    /// The number that people say, such as `E-12`.
    String number() {
        return "E-" + id;
    }

    Emergency in(EmergencyState to, @Nullable String newOutcome, @Nullable String newReview, Instant now) {
        return new Emergency(id, version, level, title, description, to, now, commander, incident, devices,
                newOutcome == null ? outcome : newOutcome, newReview == null ? review : newReview, drill,
                openedAt,
                openedBy, to == EmergencyState.CLOSED ? now : null);
    }

    Emergency edited(int newLevel, String newTitle, @Nullable String newCommander,
            @Nullable String newIncident, List<String> newDevices) {
        return new Emergency(id, version, newLevel, newTitle, description, state, since, newCommander,
                newIncident, newDevices, outcome, review, drill, openedAt, openedBy, closedAt);
    }
}
