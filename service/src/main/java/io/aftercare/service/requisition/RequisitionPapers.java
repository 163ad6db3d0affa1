package io.aftercare.service.requisition;

import io.aftercare.service.text.Paper;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Requisitions as documents of a case's file: which parts, by whom approved, what became of them (R46). Works in the caller's
/// transaction.
public final class RequisitionPapers {
    private RequisitionPapers() {}

    public static List<Paper> of(Handle handle, long ticket) {
        return RequisitionStore.ofTicket(handle, ticket).stream().map(RequisitionPapers::paper).toList();
    }

    private static Paper paper(Requisition requisition) {
        Paper.Fields fields = new Paper.Fields().add("state", requisition.state().text());
        requisition.lines().forEach(line -> fields.add("part", line.part() + " × " + line.quantity() + " ("
                + line.used() + " / " + line.returned() + ")"));
        Requisition.Shipment shipment = requisition.shipment();
        if (shipment != null) {
            fields.add("sent", shipment.at() + " " + shipment.carrier() + " " + shipment.number());
        }
        fields.add("note", requisition.reason());
        return new Paper(requisition.number(), requisition.createdAt(),
                Objects.requireNonNullElse(requisition.approver(), requisition.requester()), "requisition",
                fields.all(), missing(requisition));
    }

    private static @Nullable String missing(Requisition requisition) {
        return requisition.state().isOpen()
                ? "requisition " + requisition.number() + " is " + requisition.state().text()
                        + ": say which of its parts were used and which came back"
                : null;
    }
}
