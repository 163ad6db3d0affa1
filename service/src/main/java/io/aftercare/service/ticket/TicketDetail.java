package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.service.customer.Contact;
import io.aftercare.service.sla.ClockState;
import io.aftercare.service.sla.ClockType;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.sla.ServiceClock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A case with all that belongs to it, as its page shows it.
///
/// @param contact     null where there is none, it was erased, or the reader may not see it
/// @param transitions the states that the table allows next
/// @param dueBy       by when somebody must act, where the fault is one that a trend foresees
/// @param fixCourse   how far the campaign of the fix is with the device, null where there is none
/// @param panels      what the other rooms show of it, each by the name of its field
/// @param evidence    what to draw: the metrics of the fault, null for a case that a person opened
@JsonInclude(JsonInclude.Include.ALWAYS)
record TicketDetail(@JsonUnwrapped TicketSummary summary, String serial, String description, String symptom,
        @Nullable String model, @Nullable LocalDate purchased, @Nullable String proof,
        @Nullable String damage, @Nullable Instant occurredAt, Analysis.@Nullable Method rootCauseMethod,
        @Nullable JsonNode causes, @Nullable String feedback, @Nullable String improvement,
        Handling.@Nullable Recourse recourse,
        @Nullable Contact contact, @Nullable String rootCause, @Nullable String verification,
        @Nullable Instant resolvedAt, @Nullable Instant closedAt, List<TicketState> transitions,
        List<ClockView> clocks, @Nullable Evidence evidence, @Nullable JsonNode remedies, @Nullable Fix fix,
        FixProgress.@Nullable Course fixCourse,
        @Nullable Instant dueBy,
        List<Timeline.Entry> timeline, @JsonAnyGetter Map<String, @Nullable Object> panels) {

    /// How one clock stands.
    ///
    /// @param counted how much time counted so far
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record ClockView(ClockType type, ClockState state, Duration target, Duration counted,
            @Nullable Instant due) {}

    /// What the telemetry shows of the fault.
    ///
    /// @param from when the fault was raised last
    /// @param to   when it was cleared, null while it fires
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Evidence(List<String> metrics, Instant from, @Nullable Instant to, @Nullable JsonNode threshold,
            JsonNode values) {
        static @Nullable Evidence of(@Nullable Signal signal) {
            if (signal == null) {
                return null;
            }
            return new Evidence(signal.metrics(), signal.raisedAt(), signal.clearedAt(), signal.threshold(),
                    signal.values());
        }
    }

    static TicketDetail of(Ticket ticket, Clocks clocks, List<Timeline.Entry> timeline,
            FixProgress.@Nullable Course course, Map<String, @Nullable Object> panels,
            @Nullable Contact contact, Instant now) {
        Progress progress = ticket.progress();
        Signal signal = ticket.signal();
        Intake intake = ticket.report().intake();
        Handling handling = ticket.handling();
        Analysis analysis = handling.analysis();
        NextClock next = clocks.next()
                .map(clock -> new NextClock(clock.type().text(), clock.due(), clock.state().text()))
                .orElse(null);
        return new TicketDetail(TicketSummary.of(ticket, next), intake.serial(),
                ticket.report().description(), ticket.report().symptom(), intake.model(), intake.purchased(),
                intake.proof(), intake.damage(), intake.occurredAt(),
                analysis == null ? null : analysis.method(), analysis == null ? null : analysis.causes(),
                handling.feedback(), handling.improvement(), handling.recourse(), contact,
                progress.rootCause(), progress.verification(),
                progress.resolvedAt(), progress.closedAt(), transitions(progress.state()),
                clocks.all().stream().map(clock -> view(clock, now)).toList(), Evidence.of(signal),
                signal == null ? null : signal.remedies(), ticket.fix(), course,
                signal == null ? null : signal.actBy(), timeline, panels);
    }

    // out of cancelled leads only the taking apart of a duplicate, which is an operation of its own
    private static List<TicketState> transitions(TicketState from) {
        return from == TicketState.CANCELLED ? List.of() : List.copyOf(from.next());
    }

    private static ClockView view(ServiceClock clock, Instant now) {
        return new ClockView(clock.type(), clock.state(), clock.target(),
                clock.counted(now), clock.due().orElse(null));
    }
}
