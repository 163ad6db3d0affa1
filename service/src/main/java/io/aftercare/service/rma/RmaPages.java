package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Operations;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.http.Response;
import io.aftercare.fleet.people.Principal;
import io.aftercare.service.DeskGround;
import io.aftercare.service.portal.PortalLinks;
import io.aftercare.service.ticket.Actor;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.warranty.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Returns on the customer's page, by the token of the link alone: what is to come, how the device comes, and that it is back
/// with record and fees checked (R37).
final class RmaPages {
    private static final Principal CUSTOMER = new Principal("customer", Set.of(), "", "");

    private final DeskGround ground;
    private final Cases cases;
    private final RmaDesk desk;

    RmaPages(DeskGround ground, Cases cases, RmaDesk desk) {
        this.ground = ground;
        this.cases = cases;
        this.desk = desk;
    }

    /// What the customer sees.
    ///
    /// @param record     what was found and done, to be checked when the device comes back
    /// @param payer      who pays the carriage, with why
    /// @param mayChoose  whether the way can be chosen now
    /// @param mayConfirm whether the arrival can be confirmed now
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Shown(String id, String number, RmaType type, RmaState state, DeviceId device,
            @Nullable DeviceId newDevice, @Nullable Way way, Payer payer, Reason payerReason,
            BigDecimal compensation, @Nullable BigDecimal refund, @Nullable String findings,
            @Nullable String record, List<Parcel> parcels, boolean mayChoose, boolean mayConfirm) {
        static Shown of(Rma rma) {
            Rma.Terms terms = rma.terms();
            Inspection report = rma.inspection();
            boolean isBack = rma.state() == RmaState.REPAIRED || rma.state() == RmaState.RETURNED
                    || rma.state() == RmaState.REPLACED;
            return new Shown(Long.toString(rma.id()), rma.number(), rma.ask().type(), rma.state(),
                    rma.ask().device(), terms.newDevice(), terms.way(), terms.burden().payer(),
                    terms.burden().reason(), terms.compensation(), terms.refund(),
                    report == null ? null : report.findings(), isBack ? terms.note() : null,
                    rma.shipments().stream().map(one -> new Parcel(one.inbound(), one.carrier(),
                            one.tracking(), one.sentAt())).toList(),
                    rma.state() == RmaState.APPROVED, isBack && rma.handover() == null);
        }
    }

    record Parcel(boolean inbound, String carrier, String tracking, Instant sentAt) {}

    void bind(Operations operations) {
        operations.on("listCustomerReturns", this::list).on("chooseCustomerReturnWay", this::choose)
                .on("confirmCustomerReturn", this::confirm);
    }

    private Response list(Request request) {
        return ground.database().inTransaction(handle -> {
            long ticket = PortalLinks.caseOf(handle, request.path("token"), ground.now());
            List<Rma> all = RmaStore.list(handle, new RmaStore.Wanted(ticket, null, null, null),
                    Long.MAX_VALUE, 100);
            return Response.ok(new Page<>(all.stream().map(Shown::of).toList(), null));
        });
    }

    private Response choose(Request request) {
        Way way = RmaRoutes.way(request.body(RmaRoutes.WayBody.class).way());
        return change(request, _ -> new RmaEvent.Choose(way));
    }

    private Response confirm(Request request) {
        RmaRoutes.HandOverBody body = request.body(RmaRoutes.HandOverBody.class);
        return change(request, _ -> new RmaEvent.HandOver(new Handover(body.recordChecked(),
                body.feesChecked(), CUSTOMER.name(), ground.now())));
    }

    private Response change(Request request, Function<Rma, RmaEvent> event) {
        return ground.database().inTransaction(handle -> {
            long id = PortalLinks.caseOf(handle, request.path("token"), ground.now());
            Ticket ticket = cases.lock(handle, id).orElseThrow();
            String name = request.path("rma");
            Rma before = (name.matches("[0-9]{1,18}")
                    ? RmaStore.find(handle, Long.parseLong(name), true)
                    : Optional.<Rma>empty()).filter(rma -> rma.ask().ticket() == id)
                    .orElseThrow(() -> Problem.notFound("return", name));
            Actor actor = new Actor(CUSTOMER, request.address());
            return Response.ok(Shown.of(desk.apply(handle, ticket, before, event.apply(before), actor)));
        });
    }
}
