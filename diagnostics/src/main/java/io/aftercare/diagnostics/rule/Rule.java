package io.aftercare.diagnostics.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.expression.Expression;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// A rule as its author wrote it, checked. Immutable. [RuleReader] makes it.
///
/// @param holds     how long `when` must hold before the fault is raised, in event time
/// @param clearWhen empty where the fault ends when `when` no longer holds
/// @param clears    how long the end must hold
/// @param tests     run before every activation
/// @param document  the whole document as JSON
public record Rule(String id, String title, AppliesTo appliesTo, Fault fault, Expression when, Duration holds,
        Optional<Expression> clearWhen, Duration clears, Optional<Quiet> quiet, Schedule schedule,
        Ticket ticket,
        JsonNode remedies, List<RuleTest> tests, JsonNode document) {
    public Rule {
        tests = List.copyOf(tests);
    }

    /// Which devices it judges.
    ///
    /// @param models empty for every model
    /// @param where  a condition over the device alone
    public record AppliesTo(List<String> models, Optional<Expression> where) {
        public AppliesTo {
            models = List.copyOf(models);
        }

        public boolean includes(String model) {
            return models.isEmpty() || models.contains(model);
        }
    }

    /// What it raises. A device has one open fault of a code at most, whichever rules raise it.
    public record Fault(String code, Severity severity) {}

    /// How bad a fault is.
    public enum Severity {
        CRITICAL, MAJOR, MINOR, WARNING, INFO;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /// Whether a ticket opens where the rule does not say: for what somebody has to act upon.
        boolean opensTicket() {
            return switch (this) {
                case CRITICAL, MAJOR, MINOR -> true;
                case WARNING, INFO -> false;
            };
        }

        /// The ticket's priority where the rule does not say.
        String priority() {
            return switch (this) {
                case CRITICAL -> "P1";
                case MAJOR -> "P2";
                case MINOR -> "P3";
                case WARNING, INFO -> "P4";
            };
        }
    }

    /// A fault that was raised `flaps` times within `within` stays open until it has kept calm for `hold`.
    public record Quiet(int flaps, Duration within, Duration hold) {}

    /// What kind of ticket the fault asks for.
    public record Ticket(boolean open, String priority, String skill) {}

    /// How far back a device's samples decide what the rule says now.
    public Duration memory() {
        Duration hold = quiet.map(Quiet::hold).orElse(Duration.ZERO);
        return Stream.of(holds, clears, hold).max(Comparator.naturalOrder()).orElseThrow();
    }
}
