package io.aftercare.service.ticket;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.sla.Clocks;
import io.aftercare.service.text.Grams;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Cases in the database. Works in the caller's transaction.
final class TicketStore {
    private static final String OPEN = "state NOT IN ('resolved', 'verified', 'closed', 'cancelled')";
    private static final String SOLVED = "state IN ('resolved', 'verified', 'closed')";

    private TicketStore() {}

    /// Adds a new case.
    ///
    /// @return the case with its id
    static Ticket insert(Handle handle, Report report, Progress progress, @Nullable Signal signal,
            Classification classification, Handling handling, Clocks clocks) {
        long id = handle.createQuery("SELECT nextval(pg_get_serial_sequence('service.ticket', 'id'))")
                .mapTo(Long.class).one();
        Ticket ticket = new Ticket(id, 1, report, progress, signal, null, null, null, classification,
                handling);
        var insert = handle.createUpdate(
                """
                        INSERT INTO service.ticket (id, device, title, description, symptom, origin, contact, opened_at,
                            state, state_since, priority, owner, fault, fault_code, signal, next_clock, next_due,
                            next_state, plain, grams, serial, outlet, intake, type, impact, urgency, follow_up, handling,
                            escalated_at, tags)
                        OVERRIDING SYSTEM VALUE
                        VALUES (:id, :device, :title, :description, :symptom, :origin, :contact, :opened, :state, :since,
                            :priority, :owner, :fault, :code, :signal::jsonb, :clock, :due, :clockState, :plain, :grams, :serial,
                            :outlet, :intake::jsonb, :type, :impact, :urgency, :followUp, :handling::jsonb, :escalated,
                            :tags)""")
                .bind("outlet", report.intake().outlet()).bind("origin", report.origin().text())
                .bind("contact", report.contact()).bind("opened", report.openedAt())
                .bind("fault", signal == null ? null : signal.fault())
                .bind("code", signal == null ? null : signal.code());
        bindChanging(insert, ticket, clocks).execute();
        return ticket;
    }

    /// Writes what became of a case, with its next version.
    static Ticket update(Handle handle, Ticket ticket, Clocks clocks) {
        Progress progress = ticket.progress();
        Fix fix = ticket.fix();
        var update = handle.createUpdate("""
                UPDATE service.ticket SET version = version + 1, device = :device, title = :title,
                    description = :description, symptom = :symptom, serial = :serial, intake = :intake::jsonb,
                    type = :type, impact = :impact, urgency = :urgency, follow_up = :followUp,
                    handling = :handling::jsonb, reopened = :reopened, merged_into = :mergedInto,
                    snoozed_until = :snoozed, escalated_at = :escalated, tags = :tags, state = :state,
                    state_since = :since, priority = :priority, owner = :owner, root_cause = :cause,
                    verification = :verification, resolved_at = :resolved, closed_at = :closed,
                    signal = :signal::jsonb, fix = :fix::jsonb, dispatch = :dispatch::jsonb,
                    soak_until = :soak, next_clock = :clock,
                    next_due = :due, next_state = :clockState, plain = :plain, grams = :grams
                WHERE id = :id""")
                .bind("reopened", ticket.handling().reopened())
                .bind("mergedInto", ticket.handling().mergedInto())
                .bind("snoozed", ticket.handling().snoozedUntil())
                .bind("cause", progress.rootCause()).bind("verification", progress.verification())
                .bind("resolved", progress.resolvedAt()).bind("closed", progress.closedAt())
                .bind("fix", TicketRow.json(fix))
                .bind("dispatch", TicketRow.json(ticket.dispatch()))
                .bind("soak", fix == null || progress.state() != TicketState.FIX_SCHEDULED
                        ? null
                        : fix.soakUntil());
        bindChanging(update, ticket, clocks).execute();
        return new Ticket(ticket.id(), ticket.version() + 1, ticket.report(), progress, ticket.signal(), fix,
                ticket.incident(), ticket.dispatch(), ticket.classification(), ticket.handling());
    }

    /// Writes which clock is due first, where nothing else changed.
    static void updateClock(Handle handle, long id, Clocks clocks) {
        bindClock(handle.createUpdate("""
                UPDATE service.ticket SET next_clock = :clock, next_due = :due, next_state = :clockState
                WHERE id = :id""").bind("id", id), clocks).execute();
    }

    static Optional<Ticket> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + TicketRow.COLUMNS + " FROM service.ticket t WHERE t.id = :id")
                .bind("id", id).map((row, _) -> TicketRow.ticket(row)).findOne();
    }

    /// The case, and nobody else changes it before the end of this transaction.
    static Optional<Ticket> lock(Handle handle, long id) {
        return handle
                .createQuery(
                        "SELECT " + TicketRow.COLUMNS + " FROM service.ticket t WHERE t.id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> TicketRow.ticket(row)).findOne();
    }

    /// Keeps everybody else from opening or reopening a case for this fault of the device until the transaction ends.
    static void lockFingerprint(Handle handle, DeviceId device, String code) {
        handle.createQuery("SELECT pg_advisory_xact_lock(hashtextextended(:fingerprint, 7))::text")
                .bind("fingerprint", device.value() + " " + code).mapTo(String.class).one();
    }

    static Optional<Long> openFor(Handle handle, DeviceId device, String code) {
        return handle.createQuery(
                "SELECT id FROM service.ticket WHERE device = :device AND fault_code = :code AND "
                        + OPEN)
                .bind("device", device).bind("code", code).mapTo(Long.class).findOne();
    }

    static List<Long> openFor(Handle handle, DeviceId device, List<String> codes) {
        return handle
                .createQuery(
                        "SELECT id FROM service.ticket WHERE device = :device AND fault_code = ANY(:codes)"
                                + " AND " + OPEN + " ORDER BY id")
                .bind("device", device)
                .bind("codes", codes.toArray(String[]::new)).mapTo(Long.class).list();
    }

    /// The case that a fault of this device and code belongs to: the open one, else the last solved; where that is a
    /// duplicate, the one that it was merged into.
    static Optional<FaultRouting.Candidate> candidate(Handle handle, DeviceId device, String code) {
        record Found(long id, boolean merged, FaultRouting.Candidate candidate) {}
        Optional<Found> found = handle
                .createQuery("SELECT id, state, opened_at, resolved_at, merged_into FROM service.ticket"
                        + " WHERE device = :device AND fault_code = :code AND (" + OPEN + " OR " + SOLVED
                        + " OR merged_into IS NOT NULL) ORDER BY (" + OPEN + ") DESC, id DESC LIMIT 1")
                .bind("device", device).bind("code", code)
                .map((row, _) -> new Found(row.getLong(1), row.getObject(5) != null,
                        new FaultRouting.Candidate(row.getLong(1),
                                TicketState.parse(row.getString(2)).orElseThrow(),
                                row.getTimestamp(3).toInstant(),
                                Optional.ofNullable(Columns.instant(row, "resolved_at")))))
                .findOne();
        return found.flatMap(one -> one.merged()
                ? MergeStore.heir(handle, one.id())
                : Optional.of(one.candidate()));
    }

    static Optional<Long> ofFault(Handle handle, String fault) {
        return handle.createQuery("SELECT ticket FROM service.ticket_fault WHERE fault = :fault")
                .bind("fault", fault).mapTo(Long.class).findOne();
    }

    static List<String> faults(Handle handle, long ticket) {
        return handle.createQuery("SELECT fault FROM service.ticket_fault WHERE ticket = :ticket")
                .bind("ticket", ticket).mapTo(String.class).list();
    }

    static void link(Handle handle, String fault, long ticket, Instant now) {
        handle.createUpdate("""
                INSERT INTO service.ticket_fault (fault, ticket, linked_at) VALUES (:fault, :ticket, :now)
                ON CONFLICT (fault) DO UPDATE SET ticket = excluded.ticket, linked_at = excluded.linked_at""")
                .bind("fault", fault).bind("ticket", ticket).bind("now", now).execute();
    }

    private static <S extends SqlStatement<S>> S bindChanging(S statement, Ticket ticket, Clocks clocks) {
        Report report = ticket.report();
        Progress progress = ticket.progress();
        Signal signal = ticket.signal();
        String plain = Grams.plain(String.join("\n", ticket.number(), report.serial(), report.title(),
                report.symptom(), signal == null ? "" : signal.code(),
                String.join("\n", ticket.handling().tags())));
        Classification judged = ticket.classification();
        Escalation escalation = ticket.handling().escalation();
        S bound = statement.bind("id", ticket.id()).bind("title", report.title())
                .bind("device", report.device() == null ? null : report.device().value())
                .bind("description", report.description()).bind("symptom", report.symptom())
                .bind("serial", report.intake().serial()).bind("intake", TicketRow.json(report.intake()))
                .bind("type", judged.type() == null ? null : judged.type().text())
                .bind("impact", judged.impact() == null ? null : judged.impact().text())
                .bind("urgency", judged.urgency() == null ? null : judged.urgency().text())
                .bind("followUp", judged.followUp())
                .bind("handling", TicketRow.json(ticket.handling()))
                .bind("escalated", escalation == null ? null : escalation.at())
                .bind("tags", ticket.handling().tags().toArray(String[]::new))
                .bind("state", progress.state().text()).bind("since", progress.since())
                .bind("priority", progress.priority().name()).bind("owner", progress.owner())
                .bind("signal", TicketRow.json(signal)).bind("plain", plain)
                .bind("grams", Grams.ofText(plain).toArray(String[]::new));
        return bindClock(bound, clocks);
    }

    private static <S extends SqlStatement<S>> S bindClock(S statement, Clocks clocks) {
        Optional<Clocks.Next> next = clocks.next();
        return statement.bind("clock", next.map(clock -> clock.type().text()).orElse(null))
                .bind("due", next.map(Clocks.Next::due).orElse(null))
                .bind("clockState", next.map(clock -> clock.state().text()).orElse(null));
    }
}
