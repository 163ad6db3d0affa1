package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.service.warranty.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A return as the API shows it.
///
/// @param quoteNeeded that nothing more is done before the customer has accepted to pay
/// @param next        the states that the table allows
@JsonInclude(JsonInclude.Include.ALWAYS)
record RmaView(String id, String number, int version, String ticket, RmaType type, RmaState state,
        Instant since, DeviceId device, @Nullable DeviceId newDevice, boolean advance, @Nullable Way way,
        String reason, boolean quality, Payer payer, Reason payerReason, BigDecimal compensation,
        @Nullable BigDecimal refund, String requester, @Nullable String approver, @Nullable String note,
        Instant requestedAt, List<Shipment> shipments, List<Receipt> receipts,
        @Nullable Inspection inspection, @Nullable Handover handover, boolean quoteNeeded,
        List<RmaState> next) {
    static RmaView of(Rma rma) {
        Rma.Ask ask = rma.ask();
        Rma.Terms terms = rma.terms();
        return new RmaView(Long.toString(rma.id()), rma.number(), rma.version(), Long.toString(ask.ticket()),
                ask.type(), rma.state(), rma.since(), ask.device(), terms.newDevice(), terms.advance(),
                terms.way(), ask.reason(), terms.claim().quality(), terms.burden().payer(),
                terms.burden().reason(), terms.compensation(), terms.refund(), ask.requester(),
                terms.approver(), terms.note(), ask.requestedAt(), rma.shipments(), rma.receipts(),
                rma.inspection(), rma.handover(),
                rma.state() == RmaState.INSPECTED && !terms.claim().quality(),
                List.copyOf(rma.state().next()));
    }
}
