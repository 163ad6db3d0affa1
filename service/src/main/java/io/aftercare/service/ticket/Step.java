package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One decision of [TicketFlow] in the making: the case as it becomes, and what is to be written of it. Used once, by one
/// thread. Every change of state passes [#move], which knows the table.
final class Step {
    private final Instant now;
    private final Ticket before;
    private final List<Note> notes = new ArrayList<>();
    private Ticket ticket;

    Step(Ticket ticket, Instant now) {
        this.before = ticket;
        this.ticket = ticket;
        this.now = now;
    }

    Ticket ticket() {
        return ticket;
    }

    Instant now() {
        return now;
    }

    void become(Ticket other) {
        ticket = other;
    }

    void note(Instant at, String kind, String text, @Nullable JsonNode data) {
        notes.add(new Note(at, kind, text, data));
    }

    /// A person who touches a case that nobody owns owns it from then on (R16).
    void own(Actor actor) {
        if (actor.isPerson() && ticket.progress().owner() == null) {
            own(actor.name());
        }
    }

    void own(@Nullable String owner) {
        String before = ticket.progress().owner();
        ObjectNode data = Json.object().put("before", before).put("after", owner);
        note(now, "assignment", owner == null ? "Nobody owns it now" : "Owner: " + owner, data);
        ticket = ticket.with(ticket.progress().owned(owner));
    }

    /// Moves along the table; what is not given stays as it was.
    void move(TicketState to, @Nullable String reason, @Nullable String rootCause,
            @Nullable String verification) {
        move(to, reason, rootCause, verification, Json.object());
    }

    /// As the other `move`, with what the reason says.
    void move(TicketState to, @Nullable String reason, @Nullable String rootCause,
            @Nullable String verification, ObjectNode told) {
        Progress from = ticket.progress();
        if (!from.state().mayBecome(to)) {
            throw new IllegalStateException(
                    ticket.number() + " cannot become " + to.text() + " from " + from.state().text());
        }
        String cause = rootCause == null ? from.rootCause() : rootCause;
        String evidence = verification == null ? from.verification() : verification;
        ObjectNode data = told.deepCopy().put("from", from.state().text()).put("to", to.text());
        if (rootCause != null) {
            data.put("rootCause", rootCause);
        }
        if (verification != null) {
            data.put("verification", verification);
        }
        note(now, "transition", reason == null ? "" : reason, data);
        ticket = ticket.with(from.in(to, cause, evidence, now));
        if (to == TicketState.REOPENED && from.state().isSolved()) {
            ticket = ticket.with(ticket.handling().again());
        }
        if (!to.isOpen() && ticket.handling().snoozedUntil() != null) {
            ticket = ticket.with(ticket.handling().snoozed(null));
        }
    }

    /// Moves by itself.
    ///
    /// @param told what the reason says, for who reads it in another language
    void move(TicketState to, String reason, ObjectNode told) {
        move(to, reason, null, null, told);
    }

    void moveUnlessThere(TicketState to, String reason, ObjectNode told) {
        if (ticket.state() != to) {
            move(to, reason, told);
        }
    }

    /// A person who takes the case up needs nobody else to be sent.
    void taken(Actor actor) {
        if (actor.isPerson()) {
            ticket = ticket.withDispatch(null);
        }
    }

    Outcome.Done done(boolean responded, boolean contacted) {
        CareFlow.major(this, before);
        return new Outcome.Done(ticket, List.copyOf(notes), responded, contacted);
    }
}
