package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A case in a list.
@JsonInclude(JsonInclude.Include.ALWAYS)
record TicketSummary(String id, String number, String device, boolean matched, String title,
        TicketState state,
        Priority priority, Origin origin, @Nullable String owner, @Nullable String fault,
        @Nullable String faultCode, @Nullable String incident, Instant openedAt, Instant since,
        @Nullable NextClock nextClock,
        @Nullable Dispatch dispatch, int version, @Nullable CaseType type, Priority.@Nullable Level impact,
        Priority.@Nullable Level urgency, @Nullable LocalDate followUp, Stage stage, int reopened,
        @Nullable Escalation escalation, @Nullable Instant snoozedUntil, @Nullable String mergedInto,
        List<String> tags) {
    static TicketSummary of(Ticket ticket, @Nullable NextClock nextClock) {
        Report report = ticket.report();
        Progress progress = ticket.progress();
        Signal signal = ticket.signal();
        Classification judged = ticket.classification();
        Handling handling = ticket.handling();
        return new TicketSummary(Long.toString(ticket.id()), ticket.number(), report.serial(),
                report.device() != null,
                report.title(), progress.state(), progress.priority(), report.origin(), progress.owner(),
                signal == null ? null : signal.fault(), signal == null ? null : signal.code(),
                ticket.incident(),
                report.openedAt(), progress.since(), nextClock, ticket.dispatch(), ticket.version(),
                judged.type(),
                judged.impact(), judged.urgency(), judged.followUp(), Stage.of(progress.state()),
                handling.reopened(), handling.escalation(), handling.snoozedUntil(),
                handling.mergedInto() == null ? null : Long.toString(handling.mergedInto()),
                handling.tags());
    }
}
