package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Cases as the other rooms of the desk meet them. A room reads a case, writes into its timeline and moves it; it says what
/// it demands before a case may move ([Requirement]), hears of what happened ([CaseListener]) and shows its share on the
/// case's page ([CasePanel]). All of it works in the caller's transaction. Thread-safe; rooms introduce themselves before
/// the first request.
public final class Cases {
    private final Tickets tickets;
    private final TicketReader reader;
    private final Rooms rooms;
    private final NoteNews news;

    Cases(Tickets tickets, TicketReader reader, Rooms rooms, NoteNews news) {
        this.tickets = tickets;
        this.reader = reader;
        this.rooms = rooms;
        this.news = news;
    }

    public void require(Requirement requirement) {
        rooms.requirements().add(requirement);
    }

    public void listen(CaseListener listener) {
        rooms.listeners().add(listener);
    }

    /// @param name of the field on the case's page, such as `entitlement`; also described in the OpenAPI schema `Ticket`
    public void show(String name, CasePanel panel) {
        rooms.panels().put(name, panel);
    }

    /// The case that the path's `{id}` names by id or number; a 404 where there is none for this reader.
    public Ticket visible(Handle handle, Request request) {
        return reader.visible(handle, request);
    }

    /// The case of this id or number; a 404 where there is none for this reader.
    public Ticket visible(Handle handle, Principal reader, String name) {
        return this.reader.visible(handle, reader, name);
    }

    /// As [#visible(Handle, Request)], and nobody else changes the case before the end of the transaction.
    public Ticket locked(Handle handle, Request request) {
        return reader.locked(handle, request);
    }

    /// Whether this reader may see the case at all.
    public boolean sees(Principal reader, Ticket ticket) {
        return this.reader.sees(reader, ticket);
    }

    public Optional<Ticket> find(Handle handle, long id) {
        return TicketStore.find(handle, id);
    }

    /// As [#find], and nobody else changes the case before the end of the transaction.
    public Optional<Ticket> lock(Handle handle, long id) {
        return TicketStore.lock(handle, id);
    }

    /// What happened to a case, oldest first; the newest 1,000.
    public List<Happening> timeline(Handle handle, long id) {
        return Timeline.of(handle, id).stream()
                .map(entry -> new Happening(entry.at(), entry.kind(), entry.actor(),
                        entry.text(), entry.data()))
                .toList();
    }

    /// Adds entries to the timeline. The case itself, its version and its clocks stay.
    public void note(Handle handle, long id, Actor actor, Note... notes) {
        Timeline.add(handle, id, actor, List.of(notes));
        news.noted(handle, id, List.of(notes));
    }

    /// Opens a case that somebody reports, by whatever channel. A serial that nobody knows is no reason to refuse it.
    public Ticket open(Handle handle, NewCase asked, Actor actor) {
        return tickets.open(handle, asked, actor);
    }

    /// Tells a manager of a case that this transaction has locked (R32, R55): the coordinators hear of it, and it stands
    /// until one of them acknowledges it. A [Problem] 409 where the case is not open.
    ///
    /// @param code  as of [Escalation]
    /// @param clock as of [Escalation]
    public Ticket escalate(Handle handle, Ticket ticket, String reason, String code, @Nullable String clock,
            Actor actor) {
        return applied(handle, ticket, new TicketEvent.Escalated(reason, code, clock), actor);
    }

    /// Takes down what the customer answered by any channel: it wakes a case that waits out of sight, and one that waited
    /// for the customer goes on.
    public Ticket answered(Handle handle, Ticket ticket, String text, Actor actor) {
        return applied(handle, ticket, new TicketEvent.Answered(text), actor);
    }

    /// The faults that went to a case, by their ids.
    public List<String> faults(Handle handle, long id) {
        return TicketStore.faults(handle, id);
    }

    /// A runbook mended a case that this transaction has locked: telemetry is watched from `at` on, and solves it, or takes it back.
    ///
    /// @param run      its id
    /// @param name     of the runbook
    /// @param evidence why it is believed to be mended
    public record Mend(String run, String name, Instant at, Duration soak, String evidence) {}

    public Ticket mended(Handle handle, Ticket ticket, Mend mend) {
        return applied(handle, ticket, new TicketEvent.Mended(mend.run(), mend.name(), mend.at(), mend.soak(),
                mend.evidence()), Actor.SYSTEM);
    }

    /// Says of a case that this transaction has locked that somebody has to go there.
    public Ticket dispatch(Handle handle, Ticket ticket, String why) {
        return applied(handle, ticket, new TicketEvent.Sent(why), Actor.SYSTEM);
    }

    /// What the customer may read of the timeline, the oldest first.
    public List<Said> said(Handle handle, long id) {
        return Timeline.of(handle, id).stream()
                .filter(entry -> entry.data() != null
                        && entry.data().path("visibility").asText().equals("public"))
                .map(entry -> new Said(entry.at(), entry.kind().equals("answer"), entry.text())).toList();
    }

    /// The states that a case took on, the oldest first.
    public List<Moved> moves(Handle handle, long id) {
        return Timeline.of(handle, id).stream()
                .filter(entry -> entry.kind().equals("transition") && entry.data() != null)
                .flatMap(entry -> TicketState.parse(entry.data().path("to").asText()).stream()
                        .map(state -> new Moved(entry.at(), state)))
                .toList();
    }

    /// That a case took on a state.
    public record Moved(Instant at, TicketState to) {}

    /// A public entry.
    ///
    /// @param byCustomer whether the customer wrote it, and not the desk
    public record Said(Instant at, boolean byCustomer, String text) {}

    /// Moves a case that this transaction has locked; where the table, a guard or a requirement is against it, a
    /// [Problem] 409 says why. A case that is there already stays as it is.
    public Ticket move(Handle handle, Ticket ticket, TicketState to, @Nullable String reason, Actor actor) {
        if (ticket.state() == to) {
            return ticket;
        }
        TicketEvent event = new TicketEvent.Transition(to, reason, null, null);
        return applied(handle, ticket, event, actor);
    }

    /// Records that the customer was spoken with; stops the clock that waits for it.
    public Ticket spoken(Handle handle, Ticket ticket, String text, Actor actor) {
        return applied(handle, ticket, new TicketEvent.Comment(text, true), actor);
    }

    /// As the other `spoken`, in words of the backend.
    ///
    /// @param told what the text says, for who reads it in another language
    public Ticket spoken(Handle handle, Ticket ticket, String text, ObjectNode told, Actor actor) {
        return applied(handle, ticket, new TicketEvent.Comment(text, true, false, told), actor);
    }

    private Ticket applied(Handle handle, Ticket ticket, TicketEvent event, Actor actor) {
        return switch (tickets.apply(handle, ticket, event, actor)) {
            case Tickets.Result.Refused refused -> throw Problem.conflict(refused.why());
            case Tickets.Result.Applied applied -> applied.ticket();
        };
    }
}
