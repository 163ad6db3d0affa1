package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
import java.math.BigDecimal;
import java.time.Instant;

/// Something that was sent.
///
/// @param inbound  to us; else to the customer
/// @param device   what was sent
/// @param tracking the carrier's number
/// @param cost     of the carriage
public record Shipment(boolean inbound, DeviceId device, String carrier, String tracking, BigDecimal cost,
        Payer payer, String sentBy, Instant sentAt) {}
