package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What people arranged about a case, beside its state.
///
/// @param reopened     how often (R38)
/// @param recourse     what the customer was offered when it was reopened last
/// @param mergedInto   id of the case that this one duplicates; null where it stands by itself
/// @param snoozedUntil out of sight until then; its clocks go on
/// @param analysis     how the root cause was found; withdrawn with it
/// @param feedback     what the customer was told, and answered (R41)
/// @param improvement  what is done so that it does not happen again (R41)
/// @param tags         words by which people find it again, in their order
public record Handling(int reopened, @Nullable Recourse recourse, @Nullable Long mergedInto,
        @Nullable Instant snoozedUntil, @Nullable Escalation escalation, @Nullable Analysis analysis,
        @Nullable String feedback, @Nullable String improvement, List<String> tags) {
    public static final Handling NONE = new Handling(0, null, null, null, null, null, null, null, List.of());

    public Handling {
        // a case from before there were tags has none
        tags = tags == null ? List.of() : List.copyOf(tags);
    }

    /// What is offered to a customer for whom the case was not solved (R38).
    public enum Recourse {
        /// Somebody comes, or looks, again.
        REVISIT,
        /// Something else than what failed: an exchange, a refund, another device.
        ALTERNATIVE;

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        public static Recourse parse(String text) {
            return Kebab.parse(Recourse.class, text)
                    .orElseThrow(() -> new IllegalArgumentException("There is no recourse " + text));
        }
    }

    /// Was not solved after all.
    Handling again() {
        return new Handling(reopened + 1, null, null, null, escalation, null, null, null, tags);
    }

    Handling offered(Recourse other) {
        return new Handling(reopened, other, mergedInto, snoozedUntil, escalation, analysis, feedback,
                improvement, tags);
    }

    /// Stands by itself again; that it was a duplicate says nothing about how often it was unsolved.
    Handling apart() {
        return new Handling(reopened, recourse, null, null, escalation, analysis, feedback, improvement,
                tags);
    }

    Handling merged(long into) {
        return new Handling(reopened, recourse, into, null, escalation, analysis, feedback, improvement,
                tags);
    }

    Handling snoozed(@Nullable Instant until) {
        return new Handling(reopened, recourse, mergedInto, until, escalation, analysis, feedback,
                improvement, tags);
    }

    Handling escalated(Escalation to) {
        return new Handling(reopened, recourse, mergedInto, snoozedUntil, to, analysis, feedback,
                improvement, tags);
    }

    Handling tagged(List<String> other) {
        return new Handling(reopened, recourse, mergedInto, snoozedUntil, escalation, analysis, feedback,
                improvement, other);
    }

    /// With what the end of a case adds; what is null stays.
    Handling ended(@Nullable Analysis how, @Nullable String answer, @Nullable String lesson) {
        return new Handling(reopened, recourse, mergedInto, snoozedUntil, escalation,
                how == null ? analysis : how, answer == null ? feedback : answer,
                lesson == null ? improvement : lesson, tags);
    }
}
