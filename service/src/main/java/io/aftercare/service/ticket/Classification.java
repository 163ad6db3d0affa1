package io.aftercare.service.ticket;

import io.aftercare.service.ticket.Priority.Level;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What kind of case it is and how much it weighs (R18); null for what nobody has judged yet.
///
/// @param followUp when somebody should look at it again
public record Classification(@Nullable CaseType type, @Nullable Level impact, @Nullable Level urgency,
        @Nullable LocalDate followUp) {
    public static final Classification NONE = new Classification(null, null, null, null);

    /// As a fault's severity says it.
    static Classification ofFault(String severity) {
        Level level = switch (severity) {
            case "critical" -> Level.HIGH;
            case "info" -> Level.LOW;
            default -> Level.MEDIUM;
        };
        return new Classification(CaseType.FAULT, level, level, null);
    }

    /// What the levels come to; medium where a level is not known.
    Priority priority() {
        return Priority.of(Objects.requireNonNullElse(impact, Level.MEDIUM),
                Objects.requireNonNullElse(urgency, Level.MEDIUM));
    }

    /// With what is judged anew; what is null there stays.
    Classification with(Classification other) {
        return new Classification(other.type == null ? type : other.type,
                other.impact == null ? impact : other.impact,
                other.urgency == null ? urgency : other.urgency,
                other.followUp == null ? followUp : other.followUp);
    }

    /// Whether it takes back something that was judged; a first judgement and another date to look do not.
    boolean revises(Classification before) {
        return differs(before.type, type) || differs(before.impact, impact)
                || differs(before.urgency, urgency);
    }

    private static boolean differs(@Nullable Object before, @Nullable Object after) {
        return before != null && after != null && !before.equals(after);
    }
}
