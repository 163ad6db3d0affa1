package io.aftercare.diagnostics.rule;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.diagnostics.expression.Expression;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A rule as its author wrote it, checked. Immutable. [RuleReader] makes it.
///
/// @param titles    the title in other languages, by `en` or `zh`
/// @param holds     how long `when` must hold before the fault is raised, in event time
/// @param clearWhen empty where the fault ends when `when` no longer holds
/// @param clears    how long the end must hold
/// @param tests     run before every activation
/// @param document  the whole document as JSON
public record Rule(String id, String title, Map<String, String> titles, AppliesTo appliesTo, Fault fault,
        Expression when, Duration holds,
        Optional<Expression> clearWhen, Duration clears, Optional<Quiet> quiet, Schedule schedule,
        Ticket ticket, DependsOn dependsOn,
        JsonNode remedies, List<RuleTest> tests, JsonNode document) {
    public Rule {
        titles = Map.copyOf(titles);
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
    ///
    /// @param levels what makes it worse than `severity` says, while it is open
    public record Fault(String code, Severity severity, List<Level> levels) {
        public Fault {
            levels = List.copyOf(levels);
        }
    }

    /// While the fault is open and `when` has held for `holds`, it is as bad as `severity` at least.
    public record Level(Expression when, Severity severity, Duration holds) {}

    /// What explains the fault: while one of these is open, nobody is called for this one.
    ///
    /// @param device  codes of the same device
    /// @param gateway codes of the gateway that the device hangs on
    /// @param grace   how long this fault waits for such a one to show, and outlives its end, before it stands for itself
    public record DependsOn(List<String> device, List<String> gateway, Duration grace) {
        static final Duration USUAL_GRACE = Duration.ofSeconds(60);
        static final DependsOn NOTHING = new DependsOn(List.of(), List.of(), USUAL_GRACE);

        public DependsOn {
            device = List.copyOf(device);
            gateway = List.copyOf(gateway);
        }

        public boolean isNothing() {
            return device.isEmpty() && gateway.isEmpty();
        }
    }

    /// How bad a fault is.
    public enum Severity {
        CRITICAL, MAJOR, MINOR, WARNING, INFO;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Severity> parse(String text) {
            return Stream.of(values()).filter(severity -> severity.text().equals(text)).findFirst();
        }

        public boolean isWorseThan(Severity other) {
            return compareTo(other) < 0;
        }

        public static Severity worse(Severity one, Severity other) {
            return one.isWorseThan(other) ? one : other;
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

    /// The ticket that the fault asks for when it is as bad as this: what the author said, and where nothing is said, or the
    /// fault has become worse than its rule began with, what its severity calls for.
    public Ticket ticket(Severity now) {
        JsonNode said = document.path("ticket");
        boolean open = said.isMissingNode() ? ticket.open() || now.opensTicket() : ticket.open();
        boolean urgent = now.isWorseThan(fault.severity()) && now.priority().compareTo(ticket.priority()) < 0;
        return new Ticket(open, urgent ? now.priority() : ticket.priority(), ticket.skill());
    }

    /// How far back a device's samples decide what the rule says now.
    public Duration memory() {
        Duration hold = quiet.map(Quiet::hold).orElse(Duration.ZERO);
        Stream<Duration> levels = fault.levels().stream().map(Level::holds);
        return Stream.concat(Stream.of(holds, clears, hold), levels).max(Comparator.naturalOrder())
                .orElseThrow();
    }
}
