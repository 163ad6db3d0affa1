package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What can happen to a return.
public sealed interface RmaEvent {
    /// @param advance      that the new device goes out before the old one is in
    /// @param compensation for the customer's trouble
    record Approve(boolean advance, BigDecimal compensation) implements RmaEvent {}

    record Reject(String reason) implements RmaEvent {}

    record Cancel(String reason) implements RmaEvent {}

    /// The customer says how the device comes.
    record Choose(Way way) implements RmaEvent {}

    record Ship(Shipment shipment) implements RmaEvent {}

    record Receive(Receipt receipt) implements RmaEvent {}

    record Inspect(Inspection inspection) implements RmaEvent {}

    /// @param work what was done
    record Repair(String work) implements RmaEvent {}

    /// @param device the new one, null where it was sent in advance
    record Replace(@Nullable DeviceId device) implements RmaEvent {}

    record Refund(BigDecimal amount) implements RmaEvent {}

    /// Nothing is done, and the device goes back as it came.
    record SendBack(String reason) implements RmaEvent {}

    record HandOver(Handover handover) implements RmaEvent {}

    record Close() implements RmaEvent {}
}
