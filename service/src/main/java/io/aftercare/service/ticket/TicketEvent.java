package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can happen to a case.
sealed interface TicketEvent {
    /// Somebody moves it.
    ///
    /// @param cause the code of the fault that people found behind the case, for [Causes]
    record Transition(TicketState to, @Nullable String reason, @Nullable String rootCause,
            @Nullable String verification, @Nullable String cause) implements TicketEvent {
        Transition(TicketState to, @Nullable String reason, @Nullable String rootCause,
                @Nullable String verification) {
            this(to, reason, rootCause, verification, null);
        }
    }

    /// Somebody writes something.
    ///
    /// @param contact whether it records that the customer was spoken with
    record Comment(String text, boolean contact) implements TicketEvent {}

    /// Somebody corrects it; null leaves as it is.
    record Edit(@Nullable String title, @Nullable Priority priority, @Nullable Ownership ownership)
            implements
                TicketEvent {}

    /// Who shall own it; null for nobody.
    record Ownership(@Nullable String owner) {}

    /// The fault, or another one of the same code, was raised again.
    record RaisedAgain(String fault, Instant at, JsonNode values) implements TicketEvent {}

    record Cleared(String fault, Instant at) implements TicketEvent {}

    /// The fault is worse, or less bad, than it was.
    ///
    /// @param wanted the priority that this severity calls for
    record Weighed(String fault, String severity, Priority wanted, Instant at, JsonNode values)
            implements
                TicketEvent {}

    /// A campaign with a firmware that mends the fault has taken the device in.
    record FixScheduled(FixMessage message) implements TicketEvent {}

    /// The device runs it.
    record FixInstalled(FixMessage message, Instant at, Duration soak) implements TicketEvent {}

    /// It does not come.
    ///
    /// @param withheld whether its campaign is only paused
    record FixMissing(FixMessage message, boolean withheld, String reason) implements TicketEvent {}

    /// The time of watching is over, or should be prolonged.
    record Soaked(Soak.Decision decision) implements TicketEvent {}
}
