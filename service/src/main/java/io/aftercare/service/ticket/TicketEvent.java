package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What can happen to a case.
sealed interface TicketEvent {
    /// Somebody moves it.
    ///
    /// @param cause the code of the fault that people found behind the case, for [Causes]
    record Transition(TicketState to, @Nullable String reason, @Nullable String rootCause,
            @Nullable String verification, @Nullable String cause, Extras extras) implements TicketEvent {
        Transition(TicketState to, @Nullable String reason, @Nullable String rootCause,
                @Nullable String verification) {
            this(to, reason, rootCause, verification, null, Extras.NONE);
        }
    }

    /// What may be told with a step besides what its guard asks; null for what is not.
    ///
    /// @param classification judged with the step
    record Extras(Classification classification, @Nullable Analysis analysis, @Nullable String feedback,
            @Nullable String improvement, Handling.@Nullable Recourse recourse) {
        static final Extras NONE = new Extras(Classification.NONE, null, null, null, null);
    }

    /// Somebody writes something.
    ///
    /// @param contact  whether it records that the customer was spoken with
    /// @param isPublic whether the customer may read it
    /// @param told     what the text says, for who reads it in another language; null where a person wrote it
    record Comment(String text, boolean contact, boolean isPublic, @Nullable ObjectNode told)
            implements
                TicketEvent {
        Comment(String text, boolean contact) {
            this(text, contact, false, null);
        }
    }

    /// The customer answers, by whatever channel.
    record Answered(String text) implements TicketEvent {}

    /// Somebody corrects it; null leaves as it is.
    ///
    /// @param reason why, needed to revise what was judged before
    record Edit(@Nullable String title, @Nullable Priority priority, @Nullable Ownership ownership,
            Classification classification, @Nullable Retold retold, @Nullable String improvement,
            @Nullable String reason, Tagging tagging) implements TicketEvent {
        Edit(@Nullable String title, @Nullable Priority priority, @Nullable Ownership ownership) {
            this(title, priority, ownership, Classification.NONE, null, null, null, Tagging.NONE);
        }
    }

    /// What the customer tells later, or more exactly.
    record Retold(@Nullable String description, @Nullable String symptom, Intake intake) {}

    /// It is known now which device it is about.
    record Matched(DeviceId device) implements TicketEvent {}

    /// A manager has to know of it.
    ///
    /// @param code  as of [Escalation]
    /// @param clock as of [Escalation]
    record Escalated(String reason, @Nullable String code, @Nullable String clock) implements TicketEvent {
        Escalated(String reason) {
            this(reason, null, null);
        }
    }

    /// A manager knows of it.
    record Acknowledged() implements TicketEvent {}

    /// Out of sight until then.
    record Snoozed(Instant until, String reason) implements TicketEvent {}

    /// @param code why, for who reads it in another language: `time`, `hand`
    record Woken(String why, String code) implements TicketEvent {}

    /// It turned out to be the same matter as another case.
    record Merged(long into, String reason) implements TicketEvent {}

    /// It turned out to be a matter of its own.
    record Unmerged(String reason) implements TicketEvent {}

    /// A duplicate was merged into it, or taken apart from it again.
    record Absorbed(long other, boolean merged, String reason) implements TicketEvent {}

    /// Who shall own it; null for nobody.
    record Ownership(@Nullable String owner) {}

    /// The fault, or another one of the same code, was raised again.
    record RaisedAgain(String fault, String code, Instant at, JsonNode values) implements TicketEvent {}

    record Cleared(String fault, String code, Instant at) implements TicketEvent {}

    /// The fault is worse, or less bad, than it was.
    ///
    /// @param wanted the priority that this severity calls for
    record Weighed(String fault, String code, String severity, Priority wanted, Instant at,
            JsonNode values)
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

    /// A runbook was carried out, and its checks say that the fault is gone.
    ///
    /// @param at when the device did what mends it
    record Mended(String run, String name, Instant at, Duration soak, String evidence)
            implements
                TicketEvent {}

    /// Nothing from afar helps.
    record Sent(String why) implements TicketEvent {}

    /// The time of watching is over, or should be prolonged.
    record Soaked(Soak.Decision decision) implements TicketEvent {}
}
