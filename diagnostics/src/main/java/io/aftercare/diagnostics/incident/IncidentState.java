package io.aftercare.diagnostics.incident;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// How far an incident is. All its transitions stand in [#next].
public enum IncidentState {
    /// Devices have the fault.
    OPEN,
    /// Somebody has dealt with the cause, and watches.
    MONITORING,
    /// No member has the fault any more.
    RESOLVED,
    /// Its members and those to come belong to another one.
    MERGED;

    /// How long a resolved incident is opened again by a member's fault that returns.
    static final Duration REOPENED_WITHIN = Duration.ofHours(24);

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<IncidentState> parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst();
    }

    boolean isLive() {
        return this == OPEN || this == MONITORING;
    }

    /// What happens to an incident.
    sealed interface Event {
        /// Members joined, left, or their faults began or ended.
        ///
        /// @param open  members whose fault is open now
        /// @param risen whether one of them opened
        record Members(int open, boolean risen) implements Event {}

        /// A person says that the cause is dealt with.
        record Watch() implements Event {}

        /// A person says that it is not.
        record Reopen() implements Event {}

        record Merge() implements Event {}

        record Unmerge(int open) implements Event {}
    }

    /// What becomes of it; empty where the event is refused. Every transition there is:
    ///
    /// | from | event | to |
    /// |---|---|---|
    /// | open, monitoring | no member is open | resolved |
    /// | monitoring | a member opened | open |
    /// | resolved | a member opened, within [#REOPENED_WITHIN] | open |
    /// | open | watch | monitoring |
    /// | monitoring, resolved | reopen | open |
    /// | open, monitoring | merge | merged |
    /// | merged | unmerge | open, or resolved where no member is |
    ///
    /// @param resolvedAt when it was resolved, where it is
    Optional<IncidentState> next(Event event, Optional<Instant> resolvedAt, Instant now) {
        return switch (event) {
            case Event.Members members -> Optional.of(counted(members, resolvedAt, now));
            case Event.Watch _ -> this == OPEN ? Optional.of(MONITORING) : Optional.empty();
            case Event.Reopen _ ->
                this == MONITORING || this == RESOLVED ? Optional.of(OPEN) : Optional.empty();
            case Event.Merge _ -> isLive() ? Optional.of(MERGED) : Optional.empty();
            case Event.Unmerge unmerge -> this != MERGED
                    ? Optional.empty()
                    : Optional.of(unmerge.open() > 0 ? OPEN : RESOLVED);
        };
    }

    private IncidentState counted(Event.Members members, Optional<Instant> resolvedAt, Instant now) {
        return switch (this) {
            case OPEN -> members.open() == 0 ? RESOLVED : OPEN;
            case MONITORING -> members.open() == 0 ? RESOLVED : members.risen() ? OPEN : MONITORING;
            case RESOLVED -> members.risen() && members.open() > 0
                    && resolvedAt.filter(at -> now.isBefore(at.plus(REOPENED_WITHIN))).isPresent()
                            ? OPEN
                            : RESOLVED;
            case MERGED -> MERGED;
        };
    }
}
