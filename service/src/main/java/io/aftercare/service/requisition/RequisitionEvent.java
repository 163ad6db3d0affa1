package io.aftercare.service.requisition;

import io.aftercare.service.requisition.Requisition.Shipment;

/// What can happen to a requisition.
sealed interface RequisitionEvent {
    record Submit() implements RequisitionEvent {}

    record Approve() implements RequisitionEvent {}

    record Reject(String reason) implements RequisitionEvent {}

    record Cancel(String reason) implements RequisitionEvent {}

    record Issue() implements RequisitionEvent {}

    record Receive() implements RequisitionEvent {}

    record Ship(Shipment shipment) implements RequisitionEvent {}

    record Use(String part, int quantity) implements RequisitionEvent {}

    record GiveBack(String part, int quantity) implements RequisitionEvent {}
}
