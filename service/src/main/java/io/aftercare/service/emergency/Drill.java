package io.aftercare.service.emergency;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.text.Kebab;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An exercise for emergencies (R82): planned, run on simulated faults, evaluated.
///
/// @param emergency  the emergency that running it declared, null before
/// @param evaluation the scores with their remarks, null before
/// @param score      mean of the scores, 0 to 100
@JsonInclude(JsonInclude.Include.ALWAYS)
record Drill(long id, int version, State state, Plan plan, Instant scheduledAt, boolean full,
        @Nullable Instant ranAt, @Nullable String ranBy, @Nullable Long emergency,
        @Nullable JsonNode evaluation, @Nullable BigDecimal score, @Nullable Instant evaluatedAt) {
    enum State {
        PLANNED, RUN, EVALUATED;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        static State parse(String text) {
            return Kebab.parse(State.class, text).orElseThrow();
        }
    }

    /// What is exercised.
    enum Kind {
        /// Devices report a fault.
        DEVICE_FAILURE,
        /// A customer complains.
        COMPLAINT,
        /// Many devices fail at once.
        OUTAGE;

        @JsonValue
        String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        static Kind parse(String text) {
            return Kebab.parse(Kind.class, text)
                    .orElseThrow(() -> new IllegalArgumentException("There is no kind " + text));
        }
    }

    /// What was planned.
    ///
    /// @param level    of the emergency that it exercises
    /// @param content  what happens
    /// @param people   who takes part
    /// @param criteria what it is judged by
    /// @param devices  serials on which faults are simulated
    record Plan(String title, Kind kind, int level, String content, List<String> people,
            List<String> criteria, List<String> devices) {
        Plan {
            people = List.copyOf(people);
            criteria = List.copyOf(criteria);
            devices = List.copyOf(devices);
        }
    }
}
