package io.aftercare.service.workorder;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.money.Money;
import io.aftercare.service.ticket.Actor;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// What an engineer does with a work order, from saying yes to the test (R30, R31, R35, R36). Only the one to whom it is dispatched, or a
/// coordinator, may. Each write is one transaction with its audit entry.
final class OrderActs {
    private final DeskGround ground;
    private final OrderDesk desk;
    private final PartsGate parts;

    OrderActs(DeskGround ground, OrderDesk desk, PartsGate parts) {
        this.ground = ground;
        this.desk = desk;
        this.parts = parts;
    }

    void bind(Operations operations) {
        operations.on("acceptWorkOrder", this::accept).on("confirmWorkOrderAppointment", this::appoint)
                .on("prepareWorkOrder", this::prepare).on("arriveWithWorkOrder", this::arrive)
                .on("recordWorkOrderRepair", this::repair).on("testWorkOrder", this::test)
                .on("moveWorkOrder", this::move).on("handBackWorkOrder", this::handBack);
    }

    private Response accept(Request request) {
        return act(request, "work-order.accept", (handle, order) -> {
            List<String> items = new ArrayList<>();
            if (order.job().type().travels()) {
                items.addAll(OrderSettings.SETTING.of(handle).preparation());
                order.job().detail().tools().forEach(serial -> items.add("tool " + serial));
            }
            return new OrderEvent.Accept(items);
        });
    }

    private Response appoint(Request request) {
        OrderBodies.Appointment asked = request.body(OrderBodies.Appointment.class);
        return act(request, "work-order.appointment", (_, order) -> {
            Instant start = asked.start();
            Instant end = asked.end();
            if (start != null && end != null) {
                return new OrderEvent.Appoint(DispatchRoutes.slot(start, end));
            }
            Assignment assignment = order.assignment();
            if (assignment == null) {
                throw Problem.conflict(order.number() + " is " + order.state().text()
                        + ": there is no time to confirm before it is dispatched");
            }
            return new OrderEvent.Appoint(assignment.slot());
        });
    }

    private Response prepare(Request request) {
        Map<String, Boolean> items = request.body(OrderBodies.Preparation.class).items();
        return act(request, "work-order.prepare", (_, _) -> new OrderEvent.Prepare(items));
    }

    private Response arrive(Request request) {
        Map<String, String> answers = request.body(OrderBodies.Arrival.class).answers();
        return act(request, "work-order.arrive",
                (handle, _) -> new OrderEvent.Arrive(OrderSettings.SETTING.of(handle).arrival(), answers));
    }

    private Response repair(Request request) {
        request.ifMatch();
        Course.Repair repair = request.body(OrderBodies.Repair.class).toRepair();
        return act(request, "work-order.repair", (handle, order) -> {
            List<String> missing = repair.parts().stream()
                    .flatMap(part -> parts.missingToFit(handle, order, part).stream()).toList();
            if (!missing.isEmpty()) {
                throw Problem.conflict(order.number() + ": " + String.join("; ", missing));
            }
            return new OrderEvent.Write(repair);
        });
    }

    private Response test(Request request) {
        List<Course.Check> checks = request.body(OrderBodies.Test.class).toChecks();
        return act(request, "work-order.test", (_, _) -> new OrderEvent.Test(
                new Course.TestReport(checks, request.principal().name(), ground.now())));
    }

    private Response move(Request request) {
        OrderBodies.Move asked = request.body(OrderBodies.Move.class);
        WorkOrderState to = WorkOrderState.parse(asked.to())
                .orElseThrow(() -> Problem.invalid("to", "there is no state " + asked.to()));
        return act(request, "work-order.move", (handle, order) -> switch (to) {
            case EN_ROUTE -> new OrderEvent.Depart();
            case REPAIRING -> {
                Optional<String> missing = parts.missingToRepair(handle, order);
                if (missing.isPresent()) {
                    throw Problem.conflict(order.number() + ": " + missing.get());
                }
                yield new OrderEvent.Begin();
            }
            case TESTING -> new OrderEvent.StartTest();
            case DONE -> new OrderEvent.Finish(
                    ground.devices().find(order.job().device()).map(Device::firmware).orElse(""));
            case FAILED -> new OrderEvent.Fail(asked.reason());
            case DRAFT, DISPATCHED, ACCEPTED, ON_SITE -> throw Problem.invalid("to", to.text()
                    + " has an operation of its own: withdraw, dispatch, accept or arrival");
        });
    }

    private Response handBack(Request request) {
        OrderBodies.HandBack asked = request.body(OrderBodies.HandBack.class);
        return act(request, "work-order.pickup",
                (_, _) -> new OrderEvent.HandBack(new Course.Pickup(asked.how(),
                        Boolean.TRUE.equals(asked.recordChecked()), Boolean.TRUE.equals(asked.feesChecked()),
                        asked.amount() == null ? null : Money.parse("amount", asked.amount()),
                        asked.tracking(),
                        request.principal().name(), ground.now())),
                false);
    }

    @FunctionalInterface
    private interface Decide {
        OrderEvent event(Handle handle, WorkOrder order);
    }

    private Response act(Request request, String action, Decide decide) {
        return act(request, action, decide, true);
    }

    private Response act(Request request, String action, Decide decide, boolean engineersOnly) {
        return ground.database().inTransaction(handle -> {
            WorkOrder before = desk.locked(handle, OrderReader.visible(handle, request));
            OrderReader.requireVersion(request, before);
            if (engineersOnly) {
                requireEngineer(request, before);
            }
            WorkOrder after = desk.apply(handle, before, decide.event(handle, before),
                    new Actor(request.principal(), request.address()));
            JsonNode detail = request.body().length == 0 ? null : request.json();
            Audit.append(handle, new Audit.Entry(request.principal(), action, "work-order/" + after.id(),
                    detail, request.address()));
            return Response.versioned(OrderView.of(after), after.version());
        });
    }

    /// The one to whom it is dispatched, or a coordinator.
    static void requireEngineer(Request request, WorkOrder order) {
        Assignment assignment = order.assignment();
        boolean own = assignment != null && assignment.engineer().equals(request.principal().name());
        if (!own && !request.principal().has(Role.COORDINATOR) && !request.principal().has(Role.ADMIN)) {
            throw Problem.forbidden(order.number() + " is "
                    + (assignment == null ? "nobody's yet" : assignment.engineer() + "'s")
                    + "; only they, or a coordinator, may do this");
        }
    }
}
