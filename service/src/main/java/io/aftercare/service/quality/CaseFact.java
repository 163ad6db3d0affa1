package io.aftercare.service.quality;

import io.aftercare.service.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What figures know of a case. It counts in the period in which it was opened.
///
/// @param person       who owns it, empty for nobody
/// @param responded    when a person, or a fix by itself, first took it up; null before
/// @param moves        when it was solved, closed and reopened, oldest first
/// @param paused       how long its resolution clock stood still because it waited for the customer or a device
/// @param met          how many of its clocks were stopped in time
/// @param breached     how many were not
/// @param visits       how often somebody was sent
/// @param satisfaction the customer's mean score from 1 to 5, null where none was given
record CaseFact(long ticket, String model, String region, String outlet, String person, Instant opened,
        @Nullable Instant responded, List<Move> moves, Duration paused, int met, int breached, int visits,
        @Nullable Double satisfaction) {
    /// @param to resolved, closed or reopened
    record Move(TicketState to, Instant at) {}

    /// The group that it counts in.
    String group(By by) {
        return switch (by) {
            case ALL -> "";
            case PERSON -> person;
            case REGION -> region;
            case OUTLET -> outlet;
            case MODEL -> model;
        };
    }

    /// What figures are told apart by: people are persons, teams are regions and outlets (R60).
    enum By {
        ALL, PERSON, REGION, OUTLET, MODEL
    }
}
