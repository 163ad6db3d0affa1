package io.aftercare.service.workorder;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What follows for others when something happened to a work order: the case moves, people are told, costs are posted, the clock of the
/// visit stops. In the caller's transaction.
final class OrderEffects {
    private static final Set<TicketState> TAKEN_UP = EnumSet.of(TicketState.NEW, TicketState.ASSESSED,
            TicketState.REOPENED, TicketState.WAITING_CUSTOMER);
    private final Cases cases;
    private final VisitClock visit;

    OrderEffects(Cases cases, VisitClock visit) {
        this.cases = cases;
        this.visit = visit;
    }

    void follow(Handle handle, Ticket ticket, WorkOrder before, WorkOrder after, OrderEvent event,
            Actor actor,
            Instant now) {
        switch (event) {
            case OrderEvent.Ask ask -> {
                if (ticket.state().mayBecome(TicketState.WAITING_CUSTOMER)) {
                    cases.move(handle, ticket, TicketState.WAITING_CUSTOMER, ask.question(), actor);
                }
                customer(handle, after, "information-needed", Json.object().put("question", ask.question()));
            }
            case OrderEvent.Dispatch dispatch -> {
                if (TAKEN_UP.contains(ticket.state())) {
                    cases.move(handle, ticket, TicketState.IN_PROGRESS,
                            after.number() + ": Dispatched to " + dispatch.assignment().engineer(),
                            actor);
                }
                staff(handle, after, dispatch.assignment().engineer(), "work-order-dispatched",
                        slot(dispatch.assignment().slot()).put("task", after.job().task()));
            }
            case OrderEvent.Appoint appoint -> {
                cases.spoken(handle, ticket, "Appointment agreed: " + appoint.slot().start() + " to "
                        + appoint.slot().end(),
                        Json.object().put("says", "appointment")
                                .put("from", appoint.slot().start().toString())
                                .put("to", appoint.slot().end().toString()),
                        actor);
                if (after.job().type().travels()) {
                    customer(handle, after, "visit-confirmed",
                            slot(appoint.slot()).put("engineer", after.engineerName()));
                }
            }
            case OrderEvent.Depart _ ->
                customer(handle, after, "engineer-on-the-way",
                        Json.object().put("engineer", after.engineerName()));
            case OrderEvent.Arrive _ -> visit.arrived(handle, after.ticket(), now);
            case OrderEvent.Finish _ -> {
                post(handle, after, now);
                if (after.job().type() == WorkOrderType.DEPOT) {
                    Course.Repair repair = after.course().repair();
                    customer(handle, after, "ready-for-pickup",
                            Json.object().put("result", repair == null ? "" : repair.result()));
                }
            }
            case OrderEvent.Fail fail -> failed(handle, before, after, fail, now);
            case OrderEvent.Approve _, OrderEvent.Accept _, OrderEvent.Withdraw _, OrderEvent.Prepare _, OrderEvent.Begin _, OrderEvent.Write _, OrderEvent.StartTest _, OrderEvent.Test _, OrderEvent.HandBack _ ->
                {
                }
        }
    }

    // Who was there and could not mend it escalates (R32); what was called off before is nobody's trouble.
    private void failed(Handle handle, WorkOrder before, WorkOrder after, OrderEvent.Fail fail, Instant now) {
        if (before.job().type().travels() && after.course().arrivedAt() == null) {
            visit.calledOff(handle, after.ticket(), now);
        }
        if (before.state().isUnderWay()) {
            post(handle, after, now);
            ObjectNode params = Json.object().put("order", after.number())
                    .put("engineer", after.engineerName())
                    .put("reason", Objects.requireNonNullElse(fail.reason(), ""));
            tell(handle, after, "failed", null, "coordinator", "work-order-failed", params);
        }
    }

    private static void post(Handle handle, WorkOrder order, Instant now) {
        OrderSettings settings = OrderSettings.SETTING.of(handle);
        Course.Repair repair = order.course().repair();
        int minutes = repair == null ? 0 : repair.minutes();
        post(handle, order, "labour", Labour.work(settings, order), minutes + " min of work", now);
        post(handle, order, "travel", Labour.travel(settings, order),
                Labour.travelMinutes(order) + " min of travel", now);
    }

    private static void post(Handle handle, WorkOrder order, String kind, BigDecimal amount, String what,
            Instant now) {
        if (amount.signum() > 0) {
            Outbox.append(handle, "cost.posted", "work-order/" + order.id() + "/" + kind, Json.object()
                    .put("ticket", Long.toString(order.ticket())).put("kind", kind)
                    .put("amount", amount.setScale(2, RoundingMode.HALF_UP))
                    .put("text", order.number() + ": " + what).put("reference", order.number())
                    .put("at", now.toString()));
        }
    }

    private static ObjectNode slot(Slot slot) {
        return Json.object().put("start", slot.start().toString()).put("end", slot.end().toString());
    }

    private static void customer(Handle handle, WorkOrder order, String template, ObjectNode params) {
        ObjectNode payload = Json.object().put("ticket", Long.toString(order.ticket())).put("template",
                template);
        payload.set("params", params.put("order", order.number()));
        Outbox.append(handle, "notice.customer",
                "work-order/" + order.id() + "/" + template + "/" + order.version(), payload);
    }

    private static void staff(Handle handle, WorkOrder order, String user, String template,
            ObjectNode params) {
        tell(handle, order, template, user, null, template, params.put("order", order.number()));
    }

    private static void tell(Handle handle, WorkOrder order, String what, @Nullable String user,
            @Nullable String role, String template, ObjectNode params) {
        ObjectNode payload = Json.object().put("role", role).put("template", template)
                .put("ticket", Long.toString(order.ticket()));
        payload.set("users", user == null ? null : Json.array().add(user));
        payload.set("params", params);
        Outbox.append(handle, "notice.staff", "work-order/" + order.id() + "/" + what + "/" + order.version(),
                payload);
    }
}
