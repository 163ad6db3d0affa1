package io.aftercare.service.requisition;

import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.requisition.Requisition.Line;
import io.aftercare.service.stock.Ledger;
import io.aftercare.service.stock.Movement;
import io.aftercare.service.stock.Posting;
import io.aftercare.service.stock.Reason;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Carries out what [RequisitionFlow] decides: reservations, movements, costs and the case's timeline. Works in the caller's
/// transaction, which has locked the case, then the requisition; shelves are locked last.
final class Requisitions {
    private final Cases cases;

    Requisitions(Cases cases) {
        this.cases = cases;
    }

    Requisition apply(Handle handle, Requisition before, RequisitionEvent event, Actor actor, Instant now) {
        Requisition after = switch (RequisitionFlow.next(before, event, actor.name(), now)) {
            case RequisitionFlow.Outcome.Refused refused -> throw Problem.conflict(refused.why());
            case RequisitionFlow.Outcome.Done done -> RequisitionStore.update(handle, done.after());
        };
        move(handle, before, event, actor.name(), now);
        if (after.state() != before.state()) {
            cases.note(handle, after.ticket(), actor, new Note(now, "requisition",
                    after.number() + " is " + after.state().text()
                            + (after.reason().isEmpty() ? "" : ": " + after.reason()),
                    Json.object().put("requisition", after.id()).put("number", after.number())
                            .put("state", after.state().text()).put("words", after.reason())));
        }
        return after;
    }

    private static void move(Handle handle, Requisition before, RequisitionEvent event, String actor,
            Instant now) {
        switch (event) {
            case RequisitionEvent.Approve _ -> sorted(before).forEach(
                    line -> Ledger.reserve(handle, line.part(), before.from(), line.quantity(), day(now)));
            case RequisitionEvent.Cancel _ -> {
                if (before.state() == RequisitionState.APPROVED) {
                    sorted(before).forEach(
                            line -> Ledger.release(handle, line.part(), before.from(), line.quantity()));
                }
            }
            case RequisitionEvent.Issue _ -> issue(handle, before, actor, now);
            case RequisitionEvent.GiveBack _, RequisitionEvent.Use _, RequisitionEvent.Submit _, RequisitionEvent.Reject _, RequisitionEvent.Receive _, RequisitionEvent.Ship _ ->
                {
                }
        }
    }

    /// The parts go over, and are kept for this case there too.
    private static void issue(Handle handle, Requisition before, String actor, Instant now) {
        Ledger.lock(handle, before.lines().stream().map(Line::part).toList(),
                List.of(before.from(), before.to()));
        for (Line line : before.lines()) {
            Ledger.release(handle, line.part(), before.from(), line.quantity());
            Ledger.post(handle,
                    List.of(new Posting(line.part(), null, before.from(), before.to(), line.quantity(),
                            Reason.ISSUE, before.number())),
                    actor, now);
            Ledger.reserve(handle, line.part(), before.to(), line.quantity(), day(now));
        }
    }

    /// Puts parts into the customer's device; they cost what they were bought for (R49).
    List<Movement> fit(Handle handle, Ticket ticket, Requisition of, RequisitionBodies.Use use, Actor actor,
            Instant now) {
        Ledger.release(handle, use.part(), of.to(), use.quantity());
        List<Movement> moved = Ledger.post(handle,
                List.of(new Posting(use.part(), use.batch(), of.to(), "customer",
                        use.quantity(), Reason.FIT, of.number())),
                actor.name(), now);
        for (Movement movement : moved) {
            Fittings.insert(handle, of, ticket.report().serial(), use.serial() == null ? "" : use.serial(),
                    movement);
            BigDecimal cost = movement.unitCost().multiply(BigDecimal.valueOf(movement.quantity()));
            Outbox.append(handle, "cost.posted", "stock-movement/" + movement.id(), Json.object()
                    .put("ticket", String.valueOf(ticket.id())).put("kind", "parts")
                    .put("amount", cost.toPlainString())
                    .put("text", movement.quantity() + " × " + movement.part())
                    .put("reference", "stock-movement/" + movement.id()).put("at", now.toString()));
        }
        cases.note(handle, ticket.id(), actor, new Note(now, "part-fitted",
                use.quantity() + " × " + use.part() + " fitted",
                Json.object().put("part", use.part()).put("quantity", use.quantity()).put("requisition",
                        of.id())));
        return moved;
    }

    void giveBack(Handle handle, Requisition of, String part, int quantity, @Nullable String batch,
            Actor actor,
            Instant now) {
        Ledger.lock(handle, List.of(part), List.of(of.from(), of.to()));
        Ledger.release(handle, part, of.to(), quantity);
        Ledger.post(handle, List.of(new Posting(part, batch, of.to(), of.from(), quantity, Reason.RETURN,
                of.number())), actor.name(), now);
    }

    private static List<Line> sorted(Requisition requisition) {
        return requisition.lines().stream().sorted(Comparator.comparing(Line::part)).toList();
    }

    private static LocalDate day(Instant now) {
        return LocalDate.ofInstant(now, ZoneOffset.UTC);
    }
}
