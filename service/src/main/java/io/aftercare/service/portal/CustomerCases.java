package io.aftercare.service.portal;

import io.aftercare.service.sla.ClockStore;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.text.Catalogue;
import io.aftercare.service.text.Language;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Stage;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Reads a case for its customer. Works in the caller's transaction.
final class CustomerCases {
    private static final List<Stage> STAGES = List.of(Stage.ACCEPT, Stage.ANALYSE, Stage.SOLVE, Stage.VERIFY,
            Stage.FEEDBACK);

    private final Cases cases;
    private final Catalogue catalogue;
    private final Languages languages;
    private final Appointments appointments;

    CustomerCases(Cases cases, Catalogue catalogue, Languages languages, Appointments appointments) {
        this.cases = cases;
        this.catalogue = catalogue;
        this.languages = languages;
        this.appointments = appointments;
    }

    CustomerView view(Handle handle, Ticket ticket) {
        Language language = languages.of(handle, ticket);
        TicketState state = ticket.state();
        Stage stage = Stage.of(state);
        boolean solved = state.isSolved();
        return new CustomerView(ticket.number(), ticket.report().title(), ticket.report().serial(), language,
                state.text(), stage, steps(handle, ticket, stage),
                catalogue.text(language, "portal.next." + state.text()), expected(handle, ticket),
                ticket.report().openedAt(), ticket.progress().resolvedAt(),
                solved ? ticket.progress().rootCause() : null,
                solved ? catalogue.text(language, "advice.general") : null,
                appointments.of(handle, ticket.id()), cases.said(handle, ticket.id()), state.isOpen());
    }

    /// When the case reached each stage, by the states that its timeline tells; one that was skipped was reached with the
    /// next, and one that a reopened case has to reach again is not reached.
    private List<CustomerView.Step> steps(Handle handle, Ticket ticket, Stage current) {
        Map<Stage, Instant> reached = new EnumMap<>(Stage.class);
        reached.put(Stage.ACCEPT, ticket.report().openedAt());
        for (Cases.Moved moved : cases.moves(handle, ticket.id())) {
            reached.putIfAbsent(Stage.of(moved.to()), moved.at());
        }
        List<CustomerView.Step> steps = new ArrayList<>();
        @Nullable
        Instant later = reached.get(Stage.DONE);
        int now = current == Stage.DONE ? STAGES.size() : STAGES.indexOf(current);
        for (int i = STAGES.size() - 1; i >= 0; i--) {
            Instant at = i > now ? null : reached.getOrDefault(STAGES.get(i), later);
            later = at == null ? later : at;
            steps.addFirst(new CustomerView.Step(STAGES.get(i), at, i == now));
        }
        return steps;
    }

    private static @Nullable Instant expected(Handle handle, Ticket ticket) {
        return ticket.state().isOpen()
                ? ClockStore.find(handle, ticket.id()).next().map(Clocks.Next::due).orElse(null)
                : null;
    }
}
