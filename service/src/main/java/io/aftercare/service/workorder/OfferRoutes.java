package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.audit.Audit;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Outbox;
import io.aftercare.service.DeskGround;
import io.aftercare.service.money.Money;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Note;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.ticket.TicketState;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The customer chooses on-site, carry-in or return, and knows notes, time and cost before and after (R15); at pickup the customer checks
/// record and fees (R37). By staff, or by the customer's own link without a login. Each write is one transaction with its audit entry.
final class OfferRoutes {
    private static final Principal CUSTOMER = new Principal("customer", Set.of(), "", "");
    private final DeskGround ground;
    private final Cases cases;
    private final OrderDesk desk;
    private final CustomerLinks links;

    OfferRoutes(DeskGround ground, Cases cases, OrderDesk desk, CustomerLinks links) {
        this.ground = ground;
        this.cases = cases;
        this.desk = desk;
        this.links = links;
    }

    void bind(Operations operations) {
        operations.on("offerService", this::offer).on("listServiceOffers", this::list)
                .on("chooseService", this::choose).on("showCustomerService", this::show)
                .on("chooseCustomerService", this::customerChooses)
                .on("confirmCustomerPickup", this::customerPicksUp);
    }

    private record NewOption(String choice, String notes, Instant eta, BigDecimal cost) {}

    private record NewOffer(String remote, List<NewOption> options) {}

    private record Choose(String choice) {}

    private record Confirm(boolean recordChecked, boolean feesChecked) {}

    /// What a customer sees of the work on the device; no names of other people.
    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record Shown(@Nullable String remote, List<Offer.Option> options, List<ShownOrder> workOrders) {}

    @JsonInclude(JsonInclude.Include.ALWAYS)
    private record ShownOrder(String id, String number, WorkOrderType type, WorkOrderState state,
            @Nullable Slot slot, boolean confirmed, @Nullable String engineer, @Nullable String symptom,
            @Nullable String process, @Nullable String result, @Nullable Boolean tested,
            boolean awaitsPickup) {}

    private Response offer(Request request) {
        NewOffer asked = request.body(NewOffer.class);
        List<Offer.Option> options = asked.options().stream().map(one -> new Offer.Option(one.choice(),
                one.notes().strip(), one.eta(), Money.parse("cost", one.cost()))).toList();
        if (options.stream().map(Offer.Option::choice).distinct().count() != options.size()) {
            throw Problem.invalid("options", "each way once");
        }
        Actor actor = new Actor(request.principal(), request.address());
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            if (!ticket.state().isOpen()) {
                throw Problem.conflict(ticket.number() + " is " + ticket.state().text());
            }
            if (OfferStore.open(handle, ticket.id()).isPresent()) {
                throw Problem
                        .conflict(ticket.number() + " has an offer that waits for the customer's choice");
            }
            Instant now = ground.now();
            Offer made = OfferStore.insert(handle, ticket.id(), asked.remote().strip(), options, actor.name(),
                    now);
            note(handle, ticket, "Tried from afar: " + made.remote() + ". The customer is asked how to go on",
                    actor);
            if (ticket.state().mayBecome(TicketState.WAITING_CUSTOMER)) {
                cases.move(handle, ticket, TicketState.WAITING_CUSTOMER,
                        "The customer chooses the way of repair",
                        actor);
            }
            ArrayNode lines = Json.array();
            options.forEach(one -> lines
                    .add(one.choice() + ": " + one.notes() + " · " + one.eta() + " · " + one.cost()));
            tell(handle, made, "service-offered",
                    Json.object().put("remote", made.remote()).set("options", lines));
            audit(handle, request, "service.offer", ticket, Json.tree(asked));
            return Response.created("/api/v1/tickets/" + ticket.id() + "/service-offers", made)
                    .withVersion(made.version());
        });
    }

    private Response list(Request request) {
        return Response.ok(ground.database().inTransaction(handle -> Map.of("items",
                OfferStore.ofTicket(handle, cases.visible(handle, request).id()))));
    }

    private Response choose(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Actor actor = new Actor(request.principal(), request.address());
            Offer chosen = chosen(handle, ticket, request, actor, actor.name());
            audit(handle, request, "service.choose", ticket, Json.object().put("choice", choice(chosen)));
            return Response.versioned(chosen, chosen.version());
        });
    }

    private Response customerChooses(Request request) {
        return ground.database().inTransaction(handle -> {
            Ticket ticket = theirs(handle, request);
            Offer chosen = chosen(handle, ticket, request, Actor.SYSTEM, CUSTOMER.name());
            Audit.append(handle, CUSTOMER, "service.choose", "ticket/" + ticket.id(),
                    Json.object().put("choice", choice(chosen)));
            return Response.ok(shown(handle, ticket.id()));
        });
    }

    private Offer chosen(Handle handle, Ticket ticket, Request request, Actor actor, String by) {
        Offer offer = OfferStore.open(handle, ticket.id())
                .orElseThrow(() -> Problem.conflict("Nothing waits for a choice here"));
        Offer.Choice choice = Offer.Choice.parse(request.body(Choose.class).choice()).orElseThrow();
        Offer.Option option = offer.option(choice).orElseThrow(() -> Problem.conflict(choice.text()
                + " was not offered; "
                + String.join(", ", offer.options().stream().map(Offer.Option::choice).toList())
                + " were"));
        var device = desk.device(ticket);
        WorkOrder order = desk.open(handle, ticket, new Job(device.id(), device.model(), device.region(),
                device.outlet(), choice.type(), new Job.Detail(ticket.report().title(), null, null, List.of(),
                        choice.text())),
                actor);
        Offer after = OfferStore.choose(handle, offer, choice, by, order.id(), ground.now());
        note(handle, ticket,
                "The customer chose " + choice.text() + ": " + option.notes() + " · " + option.eta()
                        + " · " + option.cost(),
                actor);
        if (ticket.state() == TicketState.WAITING_CUSTOMER) {
            cases.move(handle, ticket, TicketState.IN_PROGRESS, "The customer chose " + choice.text(), actor);
        }
        tell(handle, after, "service-chosen",
                Json.object().put("choice", choice.text()).put("notes", option.notes())
                        .put("eta", option.eta().toString()).put("cost", option.cost().toPlainString()));
        return after;
    }

    private Response show(Request request) {
        return Response.ok(ground.database().inTransaction(
                handle -> shown(handle, links.caseOf(handle, request.path("token")))));
    }

    private Response customerPicksUp(Request request) {
        Confirm asked = request.body(Confirm.class);
        return ground.database().inTransaction(handle -> {
            Ticket ticket = theirs(handle, request);
            WorkOrder order = OrderReader.find(handle, request.path("id"))
                    .filter(found -> found.ticket() == ticket.id())
                    .flatMap(found -> OrderStore.lock(handle, found.id()))
                    .orElseThrow(() -> Problem.notFound("work order", request.path("id")));
            desk.apply(handle, order, new OrderEvent.HandBack(new Course.Pickup("picked-up",
                    asked.recordChecked(), asked.feesChecked(), null, null, CUSTOMER.name(), ground.now())),
                    Actor.SYSTEM);
            Audit.append(handle, CUSTOMER, "work-order.pickup", "work-order/" + order.id(), Json.tree(asked));
            return Response.ok(shown(handle, ticket.id()));
        });
    }

    private Ticket theirs(Handle handle, Request request) {
        return cases.lock(handle, links.caseOf(handle, request.path("token"))).orElseThrow();
    }

    private static Shown shown(Handle handle, long ticket) {
        var open = OfferStore.open(handle, ticket);
        return new Shown(open.map(Offer::remote).orElse(null), open.map(Offer::options).orElse(List.of()),
                OrderStore.ofTicket(handle, ticket).stream().map(OfferRoutes::shown).toList());
    }

    private static ShownOrder shown(WorkOrder order) {
        Assignment assignment = order.assignment();
        Course.Repair repair = order.course().repair();
        Course.TestReport test = order.course().test();
        boolean here = order.job().type() == WorkOrderType.DEPOT && order.state() == WorkOrderState.DONE
                && order.course().pickup() == null;
        boolean confirmed = assignment != null && assignment.confirmedAt() != null;
        return new ShownOrder(Long.toString(order.id()), order.number(), order.job().type(), order.state(),
                assignment == null ? null : assignment.slot(), confirmed,
                confirmed ? order.engineerName() : null, repair == null ? null : repair.symptom(),
                repair == null ? null : repair.process(), repair == null ? null : repair.result(),
                test == null ? null : (Boolean) test.passed(), here);
    }

    private static String choice(Offer offer) {
        Offer.Choice choice = offer.choice();
        return choice == null ? "" : choice.text();
    }

    private void note(Handle handle, Ticket ticket, String text, Actor actor) {
        cases.note(handle, ticket.id(), actor, new Note(ground.now(), "work-order", text, null));
    }

    private static void tell(Handle handle, Offer offer, String template, JsonNode params) {
        ObjectNode payload = Json.object().put("ticket", Long.toString(offer.ticket())).put("template",
                template);
        payload.set("params", params);
        Outbox.append(handle, "notice.customer", "service-offer/" + offer.id() + "/" + template, payload);
    }

    private static void audit(Handle handle, Request request, String action, Ticket ticket, JsonNode detail) {
        Audit.append(handle, new Audit.Entry(request.principal(), action, "ticket/" + ticket.id(), detail,
                request.address()));
    }
}
