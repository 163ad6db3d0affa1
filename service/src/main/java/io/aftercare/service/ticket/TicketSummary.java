package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A case in a list.
@JsonInclude(JsonInclude.Include.ALWAYS)
record TicketSummary(String id, String number, String device, String title, TicketState state,
        Priority priority, Origin origin, @Nullable String owner, @Nullable String fault,
        @Nullable String faultCode, @Nullable String incident, Instant openedAt, Instant since,
        @Nullable NextClock nextClock,
        @Nullable Dispatch dispatch, int version) {
    static TicketSummary of(Ticket ticket, @Nullable NextClock nextClock) {
        Report report = ticket.report();
        Progress progress = ticket.progress();
        Signal signal = ticket.signal();
        return new TicketSummary(Long.toString(ticket.id()), ticket.number(), report.device().value(),
                report.title(), progress.state(), progress.priority(), report.origin(), progress.owner(),
                signal == null ? null : signal.fault(), signal == null ? null : signal.code(),
                ticket.incident(),
                report.openedAt(), progress.since(), nextClock, ticket.dispatch(), ticket.version());
    }
}
