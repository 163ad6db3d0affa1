package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How soon a case wants hands, P1 first. A rule may say it; else it is impact × urgency, or the fault's severity.
public enum Priority {
    P1, P2, P3, P4;

    /// How many are hit, and how soon it hurts.
    public enum Level {
        HIGH, MEDIUM, LOW;

        private int steps() {
            return switch (this) {
                case HIGH -> 0;
                case MEDIUM -> 1;
                case LOW -> 2;
            };
        }

        @JsonValue
        public String text() {
            return Kebab.of(this);
        }

        @JsonCreator
        public static Level parse(String text) {
            return valueOf(text.toUpperCase(Locale.ROOT));
        }
    }

    /// High and high is P1, each step down on either side one less, low and low still P4.
    public static Priority of(Level impact, Level urgency) {
        return switch (impact.steps() + urgency.steps()) {
            case 0 -> P1;
            case 1 -> P2;
            case 2 -> P3;
            default -> P4;
        };
    }

    /// For a fault whose rule names no priority.
    public static Priority ofSeverity(String severity) {
        return switch (severity) {
            case "critical" -> P1;
            case "major" -> P2;
            case "info" -> P4;
            default -> P3; // minor, warning, and what later rules may say
        };
    }

    public static Optional<Priority> parse(String text) {
        return Stream.of(values()).filter(priority -> priority.name().equals(text)).findFirst();
    }
}
