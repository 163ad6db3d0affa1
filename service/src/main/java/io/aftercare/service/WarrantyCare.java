package io.aftercare.service;

import io.aftercare.service.loaner.LoanerRoom;
import io.aftercare.service.part.Parts;
import io.aftercare.service.quote.QuoteGate;
import io.aftercare.service.rma.ReturnsRoom;
import io.aftercare.service.sla.CaseClocks;
import io.aftercare.service.ticket.Cases;
import io.aftercare.service.warranty.ComponentClass;
import io.aftercare.service.warranty.Entitlements;
import io.aftercare.service.warranty.Repairs;
import io.aftercare.service.warranty.Warranty;
import io.aftercare.service.warranty.WarrantyPolicy;
import io.aftercare.service.workorder.Course;
import io.aftercare.service.workorder.WorkOrder;
import io.aftercare.service.workorder.WorkOrderState;
import io.aftercare.service.workorder.WorkOrders;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What customers have a claim to: the rooms of warranties, returns and loaners, wired together.
final class WarrantyCare implements Wing {
    private static final int RETURN_DAYS = 7;

    private final List<Room> rooms;

    WarrantyCare(DeskGround ground, Cases cases, CaseClocks clocks, ServiceConfig config) {
        QuoteGate paid = new QuoteGate((_, _) -> true);
        this.rooms = List.of(new Warranty(ground, cases, WarrantyCare::fitted),
                new ReturnsRoom(ground, cases, clocks, LoanerRoom::keeps,
                        (handle, ticket) -> paid.missingToRepair(handle, ticket).isEmpty()),
                new LoanerRoom(ground, cases,
                        (handle, device) -> Entitlements.policy(handle, device)
                                .map(WarrantyPolicy::loanerReturnDays).orElse(RETURN_DAYS),
                        config.lookEvery()));
    }

    /// The parts with serials that work orders of a case say were fitted.
    private static List<Repairs.Fitted> fitted(Handle handle, long ticket) {
        return new WorkOrders().ofTicket(handle, ticket).stream()
                .filter(order -> order.state() == WorkOrderState.DONE)
                .flatMap(order -> fitted(handle, order)).toList();
    }

    private static Stream<Repairs.Fitted> fitted(Handle handle, WorkOrder order) {
        Course.Repair repair = order.course().repair();
        return repair == null
                ? Stream.empty()
                : repair.parts().stream().flatMap(part -> Stream.ofNullable(part.serial())
                        .map(serial -> new Repairs.Fitted(part.part(), serial, kind(handle, part.part()),
                                order.since())));
    }

    // What the catalogue does not know is taken for a core part, which nothing is lost by.
    private static ComponentClass kind(Handle handle, String part) {
        return Parts.find(handle, part).flatMap(known -> ComponentClass.parse(known.kind().text()))
                .orElse(ComponentClass.CORE);
    }

    @Override
    public List<Room> rooms() {
        return rooms;
    }
}
