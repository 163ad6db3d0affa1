package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A return as it stands at one moment. Immutable; [RmaFlow] decides what becomes of it.
///
/// @param version   grows with every change
/// @param since     when it took on its state
/// @param shipments in the order of sending
/// @param receipts  in the order of arrival, with those of other devices than the one awaited
public record Rma(long id, int version, Ask ask, Terms terms, RmaState state, Instant since,
        List<Shipment> shipments, List<Receipt> receipts, @Nullable Inspection inspection,
        @Nullable Handover handover) {
    /// What was asked for; it stays.
    ///
    /// @param device the one that comes back
    public record Ask(long ticket, RmaType type, DeviceId device, String reason, String requester,
            Instant requestedAt) {}

    /// What was agreed.
    ///
    /// @param claim        as the customer makes it; after the inspection, as it found
    /// @param newDevice    the one that goes out in an exchange, null before it is chosen
    /// @param advance      whether the new one goes out before the old one is in
    /// @param way          how the customer hands it over, null before that was chosen
    /// @param compensation for the customer's trouble
    /// @param refund       what is paid back, null before
    /// @param note         why it was rejected or cancelled, or what was repaired
    public record Terms(Burden.Claim claim, Burden burden, @Nullable DeviceId newDevice, boolean advance,
            @Nullable Way way, BigDecimal compensation, @Nullable BigDecimal refund,
            @Nullable String approver, @Nullable String note) {
        Terms approved(String by, boolean inAdvance, BigDecimal amount) {
            return new Terms(claim, burden, newDevice, inAdvance, way, amount, refund, by, note);
        }

        Terms found(Burden.Claim then, Burden borne) {
            return new Terms(then, borne, newDevice, advance, way, compensation.min(borne.compensationMax()),
                    refund, approver, note);
        }

        Terms with(DeviceId other) {
            return new Terms(claim, burden, other, advance, way, compensation, refund, approver, note);
        }

        Terms with(Way chosen) {
            return new Terms(claim, burden, newDevice, advance, chosen, compensation, refund, approver, note);
        }

        Terms refunded(BigDecimal amount) {
            return new Terms(claim, burden, newDevice, advance, way, compensation, amount, approver, note);
        }

        Terms noted(String text) {
            return new Terms(claim, burden, newDevice, advance, way, compensation, refund, approver, text);
        }
    }

    public Rma {
        shipments = List.copyOf(shipments);
        receipts = List.copyOf(receipts);
    }

    /// The number that people say, such as `R-000123`.
    public String number() {
        return String.format(Locale.ROOT, "R-%06d", id);
    }

    /// Whether this device was sent to the customer.
    boolean hasSent(DeviceId device) {
        return shipments.stream().anyMatch(one -> !one.inbound() && one.device().equals(device));
    }

    Rma to(RmaState next, Instant now) {
        return new Rma(id, version, ask, terms, next, now, shipments, receipts, inspection, handover);
    }

    Rma with(Terms other) {
        return new Rma(id, version, ask, other, state, since, shipments, receipts, inspection, handover);
    }

    Rma with(Shipment shipment) {
        return new Rma(id, version, ask, terms, state, since,
                Stream.concat(shipments.stream(), Stream.of(shipment)).toList(), receipts, inspection,
                handover);
    }

    Rma with(Receipt receipt) {
        return new Rma(id, version, ask, terms, state, since, shipments,
                Stream.concat(receipts.stream(), Stream.of(receipt)).toList(), inspection, handover);
    }

    Rma with(Inspection report) {
        return new Rma(id, version, ask, terms, state, since, shipments, receipts, report, handover);
    }

    Rma with(Handover given) {
        return new Rma(id, version, ask, terms, state, since, shipments, receipts, inspection, given);
    }
}
