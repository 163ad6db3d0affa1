package io.aftercare.service.requisition;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A requisition as it stands at one moment (R46). Immutable; [RequisitionFlow] decides what becomes of it.
///
/// @param workOrder number of the order that the parts are for, such as `W-000007`
/// @param from      location that gives the parts
/// @param to        location that gets them: an outlet, an engineer's van
/// @param approver  who approved or rejected it, null before
/// @param reason    why it was rejected or cancelled, empty otherwise
/// @param shipment  how the parts travel, null where nobody said
public record Requisition(long id, int version, long ticket, @Nullable String workOrder,
        RequisitionState state,
        String from, String to, String requester, @Nullable String approver, String reason, Instant createdAt,
        Instant since, List<Line> lines, @Nullable Shipment shipment) {
    public Requisition {
        lines = List.copyOf(lines);
    }

    /// So many of a part.
    ///
    /// @param specification of the part when it was asked for
    /// @param used          how many were fitted
    /// @param returned      how many went back
    public record Line(String part, String specification, int quantity, int used, int returned) {
        int left() {
            return quantity - used - returned;
        }

        Line settled(int fitted, int back) {
            return new Line(part, specification, quantity, used + fitted, returned + back);
        }
    }

    /// How the parts travel.
    public record Shipment(String carrier, String number, String state, Instant at) {}

    public String number() {
        return "RQ-" + id;
    }

    Optional<Line> line(String part) {
        return lines.stream().filter(line -> line.part().equals(part)).findFirst();
    }

    Requisition in(RequisitionState other, Instant now) {
        if (!state.mayBecome(other)) {
            throw new IllegalStateException(
                    number() + " cannot become " + other.text() + " from " + state.text());
        }
        return new Requisition(id, version, ticket, workOrder, other, from, to, requester, approver, reason,
                createdAt, now, lines, shipment);
    }

    Requisition judged(@Nullable String by, String why) {
        return new Requisition(id, version, ticket, workOrder, state, from, to, requester, by, why, createdAt,
                since,
                lines, shipment);
    }

    Requisition with(List<Line> others) {
        return new Requisition(id, version, ticket, workOrder, state, from, to, requester, approver, reason,
                createdAt, since, others, shipment);
    }

    Requisition with(Shipment other) {
        return new Requisition(id, version, ticket, workOrder, state, from, to, requester, approver, reason,
                createdAt, since, lines, other);
    }

    Requisition at(int otherVersion) {
        return new Requisition(id, otherVersion, ticket, workOrder, state, from, to, requester, approver,
                reason,
                createdAt, since, lines, shipment);
    }
}
