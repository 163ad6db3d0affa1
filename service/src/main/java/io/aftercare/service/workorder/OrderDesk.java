package io.aftercare.service.workorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Problem;
import io.aftercare.service.DeskGround;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;

/// Opens work orders and carries out on them what [OrderFlow] decides: the order, the case's timeline and what follows from it, in the
/// caller's transaction. Thread-safe: the case is locked, then the order.
final class OrderDesk {
    /// https://www.postgresql.org/docs/current/errcodes-appendix.html: exclusion_violation
    private static final String EXCLUSION = "23P01";
    private final DeskGround ground;
    private final Cases cases;
    private final OrderEffects effects;
    private final VisitClock visit;

    OrderDesk(DeskGround ground, Cases cases, VisitClock visit) {
        this.ground = ground;
        this.cases = cases;
        this.visit = visit;
        this.effects = new OrderEffects(cases, visit);
    }

    /// Makes an order for a case that is open and locked.
    WorkOrder open(Handle handle, Ticket ticket, Job job, Actor actor) {
        if (!ticket.state().isOpen()) {
            throw Problem.conflict(ticket.number() + " is " + ticket.state().text()
                    + "; reopen it before somebody works on it");
        }
        Instant now = ground.now();
        WorkOrder order = OrderStore.insert(handle, ticket.id(), job, actor.name(), now);
        note(handle, order, order.number() + " (" + job.type().text() + "): " + job.task(),
                Json.object().put("says", "made").put("type", job.type().text()).put("words", job.task()),
                actor, now);
        if (job.type().travels()) {
            visit.ordered(handle, ticket.id(), now);
        }
        return order;
    }

    /// The device that a case is about; a 409 where it is not known yet.
    Device device(Ticket ticket) {
        DeviceId id = ticket.report().device();
        return Optional.ofNullable(id).flatMap(ground.devices()::find)
                .orElseThrow(() -> Problem.conflict("The device of " + ticket.number() + " is not known ("
                        + ticket.report().serial()
                        + "); register it, or match the case to one, before somebody is sent"));
    }

    /// Locks the case of an order, then the order.
    WorkOrder locked(Handle handle, WorkOrder seen) {
        ticket(handle, seen);
        return OrderStore.lock(handle, seen.id()).orElseThrow();
    }

    /// The case of an order, locked.
    Ticket ticket(Handle handle, WorkOrder order) {
        return cases.lock(handle, order.ticket()).orElseThrow();
    }

    /// Lets an event happen to an order that is locked; a [Problem] 409 says why it may not.
    WorkOrder apply(Handle handle, WorkOrder before, OrderEvent event, Actor actor) {
        Instant now = ground.now();
        return switch (OrderFlow.next(before, event, now)) {
            case OrderOutcome.Refused refused -> throw Problem.conflict(refused.why());
            case OrderOutcome.Done done -> {
                WorkOrder after = write(handle, done.order());
                note(handle, after, after.number() + ": " + done.note(),
                        OrderWords.told(event), actor, now);
                effects.follow(handle, ticket(handle, after), before, after, event, actor, now);
                yield after;
            }
        };
    }

    private static WorkOrder write(Handle handle, WorkOrder order) {
        try {
            return OrderStore.update(handle, order);
        } catch (JdbiException e) {
            Assignment assignment = order.assignment();
            if (assignment != null && e.getCause() instanceof SQLException refused
                    && EXCLUSION.equals(refused.getSQLState())) {
                throw Problem.conflict(assignment.engineer() + " has another work order from "
                        + assignment.slot().start() + " until " + assignment.slot().end());
            }
            throw e;
        }
    }

    private void note(Handle handle, WorkOrder order, String text, ObjectNode told, Actor actor,
            Instant now) {
        cases.note(handle, order.ticket(), actor, new Note(now, "work-order", text,
                told.put("order", Long.toString(order.id())).put("workOrder", order.number())
                        .put("state", order.state().text())));
    }
}
