package io.aftercare.service.ticket;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.service.customer.Contact;
import io.aftercare.service.customer.Contacts;
import io.aftercare.service.sla.CaseFacts;
import io.aftercare.service.sla.ClockPlans;
import io.aftercare.service.sla.ClockStore;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.sla.Situation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Opens cases and carries out on them what [TicketFlow] decides: the case, its timeline, its clocks and the audit entry
/// in the caller's transaction, the live event after its commit. Thread-safe: a case is locked while it is changed.
final class Tickets {
    private final ClockPlans plans;
    private final TicketNews news;
    private final Rooms rooms;
    private final InstantSource clock;

    Tickets(ClockPlans plans, TicketNews news, Rooms rooms, InstantSource clock) {
        this.plans = plans;
        this.news = news;
        this.rooms = rooms;
        this.clock = clock;
    }

    /// The time now, as fine as the database keeps it.
    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    /// Opens a case that a person reports. Whoever takes it in a conversation owns it.
    Ticket open(Handle handle, NewCase asked, Actor actor) {
        Instant now = now();
        Contact contact = asked.contact();
        String pseudonym = contact == null || contact.isEmpty()
                ? null
                : Contacts.add(handle, contact, actor.name(), now);
        Report report = new Report(asked.device(), asked.title(), asked.description(), asked.symptom(),
                asked.origin(), pseudonym, now, asked.intake());
        boolean conversation = asked.origin().isConversation();
        Progress progress = Progress.fresh(asked.classification().priority(),
                conversation ? actor.name() : null, now);
        Note opened = new Note(now, "opened", "Reported by " + asked.origin().text(), null);
        Ticket ticket = insert(handle, report, progress, null, asked.classification(), List.of(opened), actor,
                conversation);
        Audit.append(handle, new Audit.Entry(actor.principal(), "ticket.open", object(ticket),
                Json.object().put("device", report.serial()).put("matched", report.device() != null)
                        .put("title", report.title())
                        .put("origin", report.origin().text()),
                actor.address()));
        return ticket;
    }

    /// Opens a case for a fault that was raised.
    Ticket open(Handle handle, FaultNotice notice) {
        Instant now = now();
        Report report = new Report(notice.device(), notice.caseTitle(), notice.description(), "",
                Origin.PROACTIVE, null, now, Intake.NONE);
        ObjectNode data = Json.object().put("fault", notice.fault()).put("code", notice.code())
                .put("severity", notice.severity()).put("rule", notice.rule())
                .put("ruleVersion", notice.ruleVersion());
        data.set("values", notice.values());
        List<Note> notes = List.of(new Note(notice.at(), "fault", notice.description(), data),
                new Note(now, "opened", "Opened by the device's own telemetry", null));
        return insert(handle, report, Progress.fresh(notice.priority(), null, now), notice.signal(),
                Classification.ofFault(notice.severity()), notes, Actor.SYSTEM, false);
    }

    /// Lets an event happen to a case.
    ///
    /// @return the case afterwards, or why it may not; empty where there is no such case
    Optional<Result> apply(Handle handle, long id, TicketEvent event, Actor actor) {
        return TicketStore.lock(handle, id).map(ticket -> apply(handle, ticket, event, actor));
    }

    /// What came of an event.
    sealed interface Result {
        record Applied(Ticket ticket) implements Result {}

        record Refused(String why) implements Result {}
    }

    /// As [#apply], for a case that this transaction has locked.
    Result apply(Handle handle, Ticket before, TicketEvent event, Actor actor) {
        Instant now = now();
        return switch (TicketFlow.next(before, event, actor, now)) {
            case Outcome.Refused refused -> new Result.Refused(refused.why());
            case Outcome.Done done -> {
                if (event instanceof TicketEvent.Transition asked) {
                    Optional<String> missing = rooms.missing(handle, before, asked.to());
                    if (missing.isPresent()) {
                        yield new Result.Refused(missing.get());
                    }
                }
                Clocks clocks = ClockStore.find(handle, before.id());
                Clocks then = clocks(clocks, before, done, now);
                Ticket after = write(handle, before, done, clocks, then);
                Timeline.add(handle, before.id(), actor, done.notes());
                Causes.note(handle, after, event, actor, now);
                Notices.escalated(handle, before, after);
                Notices.commented(handle, after, event, actor, now);
                rooms.changed(handle, before, after, actor);
                news.changed(handle, after);
                yield new Result.Applied(after);
            }
        };
    }

    /// What becomes of a case's clocks by what was decided. A duplicate that is taken apart goes on with what its merging
    /// voided.
    static Clocks clocks(Clocks clocks, Ticket before, Outcome.Done done, Instant now) {
        TicketState to = done.ticket().state();
        boolean apart = before.state() == TicketState.CANCELLED && to != TicketState.CANCELLED;
        Clocks standing = apart ? clocks.revived(before.progress().since(), now) : clocks;
        return standing.after(situation(to, done.responded(), done.contacted()), now);
    }

    /// Notes the clocks of a case that have run out.
    void breach(Handle handle, long id) {
        Optional<Ticket> ticket = TicketStore.lock(handle, id);
        if (ticket.isEmpty()) {
            return;
        }
        Clocks before = ClockStore.find(handle, id);
        Clocks after = before.tick(now());
        List<Note> notes = after.all().stream().filter(one -> one.isBreached() && !before.all().contains(one))
                .map(one -> new Note(one.events().getLast().at(), "clock-breached",
                        one.type().text() + " was due", Json.object().put("clock", one.type().text())))
                .toList();
        ClockStore.update(handle, id, before, after);
        TicketStore.updateClock(handle, id, after);
        Timeline.add(handle, id, Actor.SYSTEM, notes);
        news.changed(handle, ticket.get());
    }

    private Ticket insert(Handle handle, Report report, Progress progress, @Nullable Signal signal,
            Classification classification, List<Note> notes, Actor actor, boolean spoken) {
        Outcome.Done begun = CareFlow.opened(new Ticket(0, 0, report, progress, signal, null, null, null,
                classification, Handling.NONE));
        CaseFacts facts = new CaseFacts(report.serial(), progress.priority().name(),
                report.origin().text(), report.contact());
        Clocks clocks = plans.start(handle, facts, report.origin().isCustomer(), report.openedAt())
                .after(situation(progress.state(), spoken, spoken), report.openedAt());
        Ticket ticket = TicketStore.insert(handle, report, progress, signal, classification,
                begun.ticket().handling(), clocks);
        ClockStore.insert(handle, ticket.id(), clocks);
        Timeline.add(handle, ticket.id(), actor, notes);
        Timeline.add(handle, ticket.id(), Actor.SYSTEM, begun.notes());
        Notices.escalated(handle, null, ticket);
        rooms.changed(handle, null, ticket, actor);
        news.changed(handle, ticket);
        return ticket;
    }

    private static Ticket write(Handle handle, Ticket before, Outcome.Done done, Clocks clocks, Clocks then) {
        Ticket after = done.ticket();
        if (!after.equals(before)) {
            after = TicketStore.update(handle, after, then);
        } else if (!then.equals(clocks)) {
            TicketStore.updateClock(handle, before.id(), then);
        }
        ClockStore.update(handle, before.id(), clocks, then);
        return after;
    }

    private static Situation situation(TicketState state, boolean responded, boolean contacted) {
        return new Situation(state.pausesClocks(), state.isAssessed(), state.isHandled(), state.isSolved(),
                state == TicketState.CANCELLED, responded, contacted);
    }

    static String object(Ticket ticket) {
        return "ticket/" + ticket.id();
    }
}
