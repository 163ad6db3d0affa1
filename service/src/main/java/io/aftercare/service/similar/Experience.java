package io.aftercare.service.similar;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.Room;
import io.aftercare.service.similar.Remedies.Remedy;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Signal;
import io.aftercare.service.ticket.Ticket;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Shows on a case, from its first second, what held in similar ones, what to try first, and what happened before.
public final class Experience implements Room {
    public Experience(Cases cases) {
        cases.show("similar", (handle, ticket, reader) -> ranked(handle, ticket, reader));
        cases.show("suggested", Experience::suggested);
        cases.show("history", PastCases::history);
    }

    /// What to try first.
    ///
    /// @param source `experience` where it held before, `rule` where the fault's rule says so
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Suggestion(String source, @Nullable Remedy remedy, @Nullable JsonNode rule) {}

    @Override
    public void bind(Operations operations) {
        // shows, and is asked nothing
    }

    private static List<Remedy> ranked(Handle handle, Ticket ticket, Principal reader) {
        return Remedies.ranked(PastCases.attempts(handle, ticket, reader));
    }

    private static @Nullable Suggestion suggested(Handle handle, Ticket ticket, Principal reader) {
        Signal signal = ticket.signal();
        JsonNode rule = signal == null || signal.remedies() == null ? null : signal.remedies().get(0);
        return ranked(handle, ticket, reader).stream().filter(remedy -> remedy.worked() > 0).findFirst()
                .map(best -> new Suggestion("experience", best, rule))
                .orElse(rule == null ? null : new Suggestion("rule", null, rule));
    }
}
