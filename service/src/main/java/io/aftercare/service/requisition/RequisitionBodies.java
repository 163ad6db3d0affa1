package io.aftercare.service.requisition;

import io.aftercare.fleet.http.Problem;
import io.aftercare.service.requisition.Requisition.Line;
import io.aftercare.service.requisition.Requisition.Shipment;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// What people send about requisitions; the OpenAPI document has checked the shape.
final class RequisitionBodies {
    private RequisitionBodies() {}

    record Item(String part, int quantity) {}

    record Asking(String ticket, @Nullable String workOrder, String from, String to, List<Item> lines) {
        /// @param specifications of a part, by field and code
        List<Line> toLines(BiFunction<String, String, String> specifications) {
            Set<String> seen = new HashSet<>();
            for (Item item : lines) {
                if (!seen.add(item.part())) {
                    throw Problem.invalid("lines",
                            "part " + item.part() + " stands there twice; add the quantities");
                }
            }
            return lines.stream().map(item -> new Line(item.part(),
                    specifications.apply("lines", item.part()), item.quantity(), 0, 0)).toList();
        }
    }

    record Move(String to, @Nullable String reason) {
        RequisitionEvent toEvent() {
            String why = reason == null ? "" : reason.strip();
            return switch (to) {
                case "submitted" -> new RequisitionEvent.Submit();
                case "approved" -> new RequisitionEvent.Approve();
                case "rejected" -> new RequisitionEvent.Reject(why);
                case "cancelled" -> new RequisitionEvent.Cancel(why);
                case "issued" -> new RequisitionEvent.Issue();
                case "received" -> new RequisitionEvent.Receive();
                default ->
                    throw Problem.invalid("to", "parts are fitted at /fittings and given back at /returns");
            };
        }
    }

    record Tracking(String carrier, String number, String state) {
        Shipment toShipment(Instant now) {
            return new Shipment(carrier, number, state, now);
        }
    }

    record Use(String part, int quantity, @Nullable String batch, @Nullable String serial) {}

    record Back(String part, int quantity, @Nullable String batch) {}

    record Removal(String reason, boolean failed) {}
}
