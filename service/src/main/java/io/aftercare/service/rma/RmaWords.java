package io.aftercare.service.rma;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.service.rma.RmaEvent.Approve;
import io.aftercare.service.rma.RmaEvent.Cancel;
import io.aftercare.service.rma.RmaEvent.Choose;
import io.aftercare.service.rma.RmaEvent.Close;
import io.aftercare.service.rma.RmaEvent.HandOver;
import io.aftercare.service.rma.RmaEvent.Inspect;
import io.aftercare.service.rma.RmaEvent.Receive;
import io.aftercare.service.rma.RmaEvent.Refund;
import io.aftercare.service.rma.RmaEvent.Reject;
import io.aftercare.service.rma.RmaEvent.Repair;
import io.aftercare.service.rma.RmaEvent.Replace;
import io.aftercare.service.rma.RmaEvent.SendBack;
import io.aftercare.service.rma.RmaEvent.Ship;

/// What happened to a return, for the case's timeline and the audit.
final class RmaWords {
    private RmaWords() {}

    /// The event's name in the audit, such as `approve`.
    static String name(RmaEvent event) {
        return switch (event) {
            case Approve _ -> "approve";
            case Reject _ -> "reject";
            case Cancel _ -> "cancel";
            case Choose _ -> "choose";
            case Ship _ -> "ship";
            case Receive _ -> "receive";
            case Inspect _ -> "inspect";
            case Repair _ -> "repair";
            case Replace _ -> "replace";
            case Refund _ -> "refund";
            case SendBack _ -> "send-back";
            case HandOver _ -> "hand-over";
            case Close _ -> "close";
        };
    }

    /// The same with a code (`says`) and what it speaks of, for who says it in another language; `words` are those of a person.
    static ObjectNode told(ObjectNode told, Rma before, Rma after, RmaEvent event) {
        told.put("says", name(event));
        return switch (event) {
            case Approve _ -> told.put("by", after.terms().approver());
            case Reject reject -> told.put("words", reject.reason());
            case Cancel cancel -> told.put("words", cancel.reason());
            case Choose choose -> told.put("way", choose.way().text());
            case Ship(Shipment sent) -> told.put("says", sent.inbound() ? "ship" : "ship-out")
                    .put("device", sent.device().toString())
                    .put("words", sent.carrier() + ' ' + sent.tracking());
            case Receive(Receipt in) -> told.put("says", in.matches() ? "receive" : "receive-other")
                    .put("device", in.serial()).put("asked", before.ask().device().toString())
                    .put("words", in.condition());
            case Inspect(Inspection report) -> told.put("verdict", report.verdict().text())
                    .put("words", report.findings());
            case Repair repair -> told.put("words", repair.work());
            case Replace _ -> told.put("device", String.valueOf(after.terms().newDevice()));
            case Refund refund -> told.put("words", refund.amount().toPlainString());
            case SendBack back -> told.put("words", back.reason());
            case HandOver _, Close _ -> told;
        };
    }

    static String of(Rma before, Rma after, RmaEvent event) {
        return switch (event) {
            case Approve approve -> "approved by " + after.terms().approver()
                    + (approve.advance() ? ", the new device goes out in advance" : "");
            case Reject reject -> "rejected: " + reject.reason();
            case Cancel cancel -> "cancelled: " + cancel.reason();
            case Choose choose -> "the device comes by " + choose.way().text();
            case Ship(Shipment sent) ->
                sent.device() + (sent.inbound() ? " is on its way to us with " : " was sent with ")
                        + sent.carrier() + ' ' + sent.tracking();
            case Receive(Receipt in) -> in.matches()
                    ? in.serial() + " received: " + in.condition()
                    : "another device came in, " + in.serial() + " instead of " + before.ask().device()
                            + "; kept apart";
            case Inspect(Inspection report) ->
                "inspected, " + report.verdict().text() + ": " + report.findings();
            case Repair repair -> "repaired: " + repair.work();
            case Replace _ -> "exchanged for " + after.terms().newDevice();
            case Refund refund -> "refunded " + refund.amount();
            case SendBack back -> "goes back as it came: " + back.reason();
            case HandOver _ -> "handed over; record and fees checked by the customer";
            case Close _ -> "closed";
        };
    }
}
