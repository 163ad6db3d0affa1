package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.service.DeskGround;
import io.aftercare.service.money.Money;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Returns by HTTP (`openapi/service/rma.yaml`). Each write is one transaction with its audit entry; a partner reaches those of
/// its outlet's devices alone.
final class RmaRoutes {
    private static final Pattern NAME = Pattern.compile("(?:[Rr]-)?0*([0-9]{1,18})");

    private final DeskGround ground;
    private final Database database;
    private final Cases cases;
    private final RmaDesk desk;

    RmaRoutes(DeskGround ground, Cases cases, RmaDesk desk) {
        this.ground = ground;
        this.database = ground.database();
        this.cases = cases;
        this.desk = desk;
    }

    record OpenBody(String type, String reason, @Nullable Boolean quality, @Nullable Boolean unused,
            @Nullable Boolean packIntact, @Nullable DeviceId newDevice) {}

    record ApproveBody(@Nullable Boolean advance, @Nullable BigDecimal compensation) {}

    record ReasonBody(String reason) {}

    record WayBody(String way) {}

    record ShipBody(String direction, @Nullable DeviceId device, String carrier, String tracking,
            @Nullable BigDecimal cost) {}

    record ReceiveBody(String serial, String condition) {}

    record InspectBody(String findings, @Nullable List<String> photos, String verdict) {}

    record OutcomeBody(String outcome, @Nullable String work, @Nullable DeviceId newDevice,
            @Nullable BigDecimal refund) {}

    record HandOverBody(boolean recordChecked, boolean feesChecked) {}

    void bind(Operations operations) {
        operations.on("openRma", this::open).on("listTicketRmas", this::listOfTicket)
                .on("listRmas", this::list).on("getRma", this::get).on("approveRma", this::approve)
                .on("rejectRma", this::reject).on("cancelRma", this::cancel).on("chooseRmaWay", this::choose)
                .on("shipRma", this::ship).on("receiveRma", this::receive).on("inspectRma", this::inspect)
                .on("decideRma", this::decide).on("handOverRma", this::handOver)
                .on("closeRma", this::close);
    }

    private Response open(Request request) {
        OpenBody body = request.body(OpenBody.class);
        RmaType type = RmaType.parse(body.type())
                .orElseThrow(() -> Problem.invalid("type", "there is no type " + body.type()));
        return database.inTransaction(handle -> {
            Ticket ticket = cases.locked(handle, request);
            Rma rma = desk.open(handle, ticket, new RmaDesk.Request(type, body.reason().strip(),
                    Boolean.TRUE.equals(body.quality()), Boolean.TRUE.equals(body.unused()),
                    Boolean.TRUE.equals(body.packIntact()), body.newDevice()), actor(request));
            return Response.created("/api/v1/rmas/" + rma.id(), RmaView.of(rma)).withVersion(rma.version());
        });
    }

    private Response listOfTicket(Request request) {
        return database.inTransaction(handle -> page(handle, request,
                new RmaStore.Wanted(cases.visible(handle, request).id(), null, null, null)));
    }

    private Response list(Request request) {
        Principal reader = request.principal();
        List<String> states = request.query("state").map(RmaRoutes::states).orElse(null);
        RmaStore.Wanted wanted = new RmaStore.Wanted(null, states, request.query("type").orElse(null),
                reader.has(Role.PARTNER) ? reader.outlet() : null);
        return database.inTransaction(handle -> page(handle, request, wanted));
    }

    private Response get(Request request) {
        return database.inTransaction(handle -> {
            Rma rma = visible(handle, request);
            return Response.versioned(RmaView.of(rma), rma.version());
        });
    }

    private Response approve(Request request) {
        ApproveBody body = request.body(ApproveBody.class);
        BigDecimal amount = Money.parse("compensation",
                Objects.requireNonNullElse(body.compensation(), Money.ZERO));
        return change(request,
                (_, _) -> new RmaEvent.Approve(Boolean.TRUE.equals(body.advance()), amount));
    }

    private Response reject(Request request) {
        String reason = request.body(ReasonBody.class).reason().strip();
        return change(request, (_, _) -> new RmaEvent.Reject(reason));
    }

    private Response cancel(Request request) {
        String reason = request.body(ReasonBody.class).reason().strip();
        return change(request, (_, _) -> new RmaEvent.Cancel(reason));
    }

    private Response choose(Request request) {
        Way way = way(request.body(WayBody.class).way());
        return change(request, (_, _) -> new RmaEvent.Choose(way));
    }

    private Response ship(Request request) {
        ShipBody body = request.body(ShipBody.class);
        BigDecimal cost = Money.parse("cost", Objects.requireNonNullElse(body.cost(), Money.ZERO));
        boolean inbound = body.direction().equals("inbound");
        return change(request,
                (rma, actor) -> new RmaEvent.Ship(new Shipment(inbound,
                        Objects.requireNonNullElse(body.device(), rma.ask().device()), body.carrier().strip(),
                        body.tracking().strip(), cost, rma.terms().burden().payer(), actor.name(),
                        ground.now())));
    }

    private Response receive(Request request) {
        ReceiveBody body = request.body(ReceiveBody.class);
        String serial = body.serial().strip();
        return change(request, (rma, actor) -> new RmaEvent.Receive(new Receipt(serial,
                serial.equals(rma.ask().device().value()), body.condition().strip(), actor.name(),
                ground.now())));
    }

    private Response inspect(Request request) {
        InspectBody body = request.body(InspectBody.class);
        Verdict verdict = Verdict.parse(body.verdict())
                .orElseThrow(() -> Problem.invalid("verdict", "there is no verdict " + body.verdict()));
        return change(request,
                (_, actor) -> new RmaEvent.Inspect(new Inspection(body.findings().strip(),
                        Objects.requireNonNullElse(body.photos(), List.of()), verdict, actor.name(),
                        ground.now())));
    }

    private Response decide(Request request) {
        OutcomeBody body = request.body(OutcomeBody.class);
        String work = Objects.requireNonNullElse(body.work(), "").strip();
        RmaEvent event = switch (RmaState.parse(body.outcome()).orElse(RmaState.REQUESTED)) {
            case REPAIRED -> new RmaEvent.Repair(needed("work", work));
            case REPLACED -> new RmaEvent.Replace(body.newDevice());
            case REFUNDED -> new RmaEvent.Refund(Money.parse("refund",
                    needed("refund", body.refund())));
            case RETURNED -> new RmaEvent.SendBack(needed("work", work));
            case REQUESTED, APPROVED, SHIPPED, RECEIVED, INSPECTED, CLOSED, REJECTED, CANCELLED ->
                throw Problem.invalid("outcome", "repaired, replaced, refunded or returned is needed");
        };
        return change(request, (_, _) -> event);
    }

    private Response handOver(Request request) {
        HandOverBody body = request.body(HandOverBody.class);
        return change(request, (_, actor) -> new RmaEvent.HandOver(
                new Handover(body.recordChecked(), body.feesChecked(), actor.name(), ground.now())));
    }

    private Response close(Request request) {
        return change(request, (_, _) -> new RmaEvent.Close());
    }

    private Response change(Request request, BiFunction<Rma, Actor, RmaEvent> event) {
        return database.inTransaction(handle -> {
            Rma seen = visible(handle, request);
            Ticket ticket = cases.lock(handle, seen.ask().ticket()).orElseThrow();
            Rma before = RmaStore.find(handle, seen.id(), true).orElseThrow();
            request.ifMatchGiven().filter(version -> version != before.version()).ifPresent(_ -> {
                throw Problem.staleVersion("return", before.number(), before.version());
            });
            Actor actor = actor(request);
            Rma after = desk.apply(handle, ticket, before, event.apply(before, actor), actor);
            return Response.versioned(RmaView.of(after), after.version());
        });
    }

    private Rma visible(Handle handle, Request request) {
        String name = request.path("rma");
        Matcher match = NAME.matcher(name);
        Rma rma = (match.matches()
                ? RmaStore.find(handle, Long.parseLong(match.group(1)), false)
                : Optional.<Rma>empty()).orElseThrow(() -> Problem.notFound("return", name));
        cases.visible(handle, request.principal(), Long.toString(rma.ask().ticket()));
        return rma;
    }

    private static Response page(Handle handle, Request request, RmaStore.Wanted wanted) {
        List<Rma> rows = RmaStore.list(handle, wanted, request.cursorNumber().orElse(Long.MAX_VALUE),
                request.limit() + 1);
        Page<Rma> page = Page.of(rows, request.limit(), rma -> Long.toString(rma.id()));
        return Response.ok(new Page<>(page.items().stream().map(RmaView::of).toList(), page.next()));
    }

    private static List<String> states(String text) {
        return text.equals("open")
                ? Stream.of(RmaState.values()).filter(RmaState::isOpen).map(RmaState::text).toList()
                : Stream.of(text.split(",", -1)).map(name -> RmaState.parse(name)
                        .orElseThrow(() -> Problem.invalid("state", "there is no state " + name)).text())
                        .toList();
    }

    static Way way(String text) {
        return Way.parse(text).orElseThrow(() -> Problem.invalid("way", "there is no way " + text));
    }

    private static String needed(String field, String value) {
        if (value.isEmpty()) {
            throw Problem.invalid(field, "is missing: say what was done, or why not");
        }
        return value;
    }

    private static BigDecimal needed(String field, @Nullable BigDecimal value) {
        if (value == null) {
            throw Problem.invalid(field, "is missing");
        }
        return value;
    }

    private static Actor actor(Request request) {
        return new Actor(request.principal(), request.address());
    }
}
