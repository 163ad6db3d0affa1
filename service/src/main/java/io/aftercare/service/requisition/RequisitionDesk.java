package io.aftercare.service.requisition;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Role;
import io.aftercare.service.DeskGround;
import io.aftercare.service.Room;
import io.aftercare.service.part.Part;
import io.aftercare.service.part.PartState;
import io.aftercare.service.part.Parts;
import io.aftercare.service.stock.Location;
import io.aftercare.service.stock.Locations;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Requisitions by HTTP (`openapi/service/requisition.yaml`), the fitting of their parts, and the field `parts` of a case. A
/// case with parts that were neither fitted nor given back cannot be solved. Thread-safe.
public final class RequisitionDesk implements Room {
    private final DeskGround ground;
    private final Cases cases;
    private final Requisitions requisitions;
    private final FittingGate gate;
    private final OrdersOfCases orders;

    public RequisitionDesk(DeskGround ground, Cases cases, FittingGate gate, OrdersOfCases orders) {
        this.ground = ground;
        this.cases = cases;
        this.requisitions = new Requisitions(cases);
        this.gate = gate;
        this.orders = orders;
        cases.require(RequisitionDesk::missing);
        cases.show("parts", (handle, ticket, _) -> Map.of("requisitions",
                RequisitionStore.ofTicket(handle, ticket.id()), "fitted",
                Fittings.ofTicket(handle, ticket.id())));
    }

    @Override
    public void bind(Operations operations) {
        operations.on("addRequisition", this::add).on("listRequisitions", this::list)
                .on("getRequisition", this::get).on("moveRequisition", this::move)
                .on("trackRequisition", this::track).on("fitRequisitionPart", this::fit)
                .on("returnRequisitionPart", this::giveBack).on("removeFitting", this::remove);
    }

    private Response add(Request request) {
        RequisitionBodies.Asking asking = request.body(RequisitionBodies.Asking.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.visible(handle, request.principal(), asking.ticket());
            requireWay(handle, asking);
            Instant now = ground.now();
            Requisition made = RequisitionStore.insert(handle, new Requisition(0, 1, ticket.id(),
                    order(handle, asking.workOrder(), ticket),
                    RequisitionState.DRAFT, asking.from(), asking.to(), request.principal().name(), null, "",
                    now, now,
                    asking.toLines(
                            (field, code) -> wanted(handle, field, code, model(ticket)).specification()),
                    null));
            audit(handle, request, "requisition.add", made, Json.tree(made.lines()));
            return Response.created("/api/v1/requisitions/" + made.id(), made).withVersion(made.version());
        });
    }

    private @Nullable String order(Handle handle, @Nullable String named, Ticket ticket) {
        return named == null
                ? null
                : orders.number(handle, named, ticket.id()).orElseThrow(() -> Problem.invalid("workOrder",
                        named + " is no work order of " + ticket.number()));
    }

    private static Part wanted(Handle handle, String field, String code, String model) {
        Part part = Parts.named(handle, field, code);
        if (part.state() == PartState.OBSOLETE) {
            throw Problem.conflict("Part " + code + " is obsolete; ask for the one in its place");
        }
        FittingGate.ofPart(handle, model, code).stream().findFirst().ifPresent(why -> {
            throw Problem.conflict(why);
        });
        return part;
    }

    private static void requireWay(Handle handle, RequisitionBodies.Asking asking) {
        if (asking.from().equals(asking.to())) {
            throw Problem.invalid("to", "parts are issued to another location");
        }
        Location from = Locations.named(handle, "from", asking.from());
        Location to = Locations.named(handle, "to", asking.to());
        if (!from.kind().isReady() || !to.kind().isReady()) {
            throw Problem.invalid(from.kind().isReady() ? "to" : "from",
                    "parts are issued from and to warehouses, outlets and vans");
        }
    }

    private Response list(Request request) {
        return Response
                .ok(ground.database().jdbi().withHandle(handle -> RequisitionStore.list(handle, request)));
    }

    private Response get(Request request) {
        Requisition seen = ground.database().inTransaction(handle -> visible(handle, request));
        return Response.versioned(seen, seen.version());
    }

    private Response move(Request request) {
        RequisitionEvent event = request.body(RequisitionBodies.Move.class).toEvent();
        boolean managers = !(event instanceof RequisitionEvent.Submit
                || event instanceof RequisitionEvent.Receive
                || event instanceof RequisitionEvent.Cancel);
        if (managers && !request.principal().has(Role.COORDINATOR) && !request.principal().has(Role.ADMIN)) {
            throw Problem.forbidden("A coordinator approves, rejects and issues requisitions");
        }
        return change(request,
                (handle, ticket, before) -> requisitions.apply(handle, before, event, actor(request),
                        ground.now()),
                "requisition.move");
    }

    private Response track(Request request) {
        RequisitionBodies.Tracking tracking = request.body(RequisitionBodies.Tracking.class);
        return change(request, (handle, ticket, before) -> requisitions.apply(handle, before,
                new RequisitionEvent.Ship(tracking.toShipment(ground.now())), actor(request), ground.now()),
                "requisition.track");
    }

    private Response fit(Request request) {
        RequisitionBodies.Use use = request.body(RequisitionBodies.Use.class);
        return change(request, (handle, ticket, before) -> {
            Instant now = ground.now();
            gate.missing(handle, ticket, model(ticket), use.part(), use.quantity()).ifPresent(why -> {
                throw Problem.conflict(why);
            });
            Requisition after = requisitions.apply(handle, before,
                    new RequisitionEvent.Use(use.part(), use.quantity()), actor(request), now);
            requisitions.fit(handle, ticket, before, use, actor(request), now);
            return after;
        }, "requisition.fit");
    }

    private Response giveBack(Request request) {
        RequisitionBodies.Back back = request.body(RequisitionBodies.Back.class);
        return change(request, (handle, ticket, before) -> {
            Instant now = ground.now();
            Requisition after = requisitions.apply(handle, before,
                    new RequisitionEvent.GiveBack(back.part(), back.quantity()), actor(request), now);
            requisitions.giveBack(handle, before, back.part(), back.quantity(), back.batch(), actor(request),
                    now);
            return after;
        }, "requisition.return");
    }

    private Response remove(Request request) {
        RequisitionBodies.Removal removal = request.body(RequisitionBodies.Removal.class);
        long id = Long.parseLong(request.path("id"));
        return ground.database().inTransaction(handle -> {
            Fitting fitting = Fittings.lock(handle, id)
                    .orElseThrow(() -> Problem.notFound("fitting", request.path("id")));
            cases.visible(handle, request.principal(), String.valueOf(fitting.ticket()));
            if (fitting.removedAt() != null) {
                throw Problem.conflict("Fitting " + id + " was taken out on " + fitting.removedAt());
            }
            Fittings.remove(handle, id, removal.reason(), removal.failed(), request.principal().name(),
                    ground.now());
            Audit.append(handle, new Audit.Entry(request.principal(), "fitting.remove", "fitting/" + id,
                    Json.tree(removal), request.address()));
            return Response.ok(Fittings.lock(handle, id).orElseThrow());
        });
    }

    @FunctionalInterface
    private interface Change {
        Requisition make(Handle handle, Ticket ticket, Requisition before);
    }

    private Response change(Request request, Change change, String action) {
        return ground.database().inTransaction(handle -> {
            Requisition seen = visible(handle, request);
            Ticket ticket = cases.lock(handle, seen.ticket()).orElseThrow();
            Requisition before = RequisitionStore.lock(handle, seen.id()).orElseThrow();
            request.ifMatchGiven().filter(version -> version != before.version()).ifPresent(_ -> {
                throw Problem.staleVersion("requisition", before.number(), before.version());
            });
            Requisition after = change.make(handle, ticket, before);
            audit(handle, request, action, after, request.json());
            return Response.versioned(after, after.version());
        });
    }

    private Requisition visible(Handle handle, Request request) {
        String id = request.path("id");
        Requisition found = RequisitionStore.find(handle, Long.parseLong(id))
                .orElseThrow(() -> Problem.notFound("requisition", id));
        cases.visible(handle, request.principal(), String.valueOf(found.ticket()));
        return found;
    }

    private String model(Ticket ticket) {
        DeviceId device = ticket.report().device();
        return device == null ? "" : ground.devices().find(device).map(Device::model).orElse("");
    }

    private static Optional<String> missing(Handle handle, Ticket ticket, TicketState to) {
        return to.isSolved()
                ? RequisitionStore.ofTicket(handle, ticket.id()).stream().filter(one -> one.state().isOpen())
                        .findFirst().map(one -> one.number() + " is " + one.state().text()
                                + "; fit its parts, give them back, or cancel it first")
                : Optional.empty();
    }

    private static void audit(Handle handle, Request request, String action, Requisition of,
            JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "requisition/" + of.id(), detail,
                request.address()));
    }

    private static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
