package io.aftercare.service.rma;

import io.aftercare.fleet.device.DeviceId;
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
import java.util.stream.Collectors;

/// Decides what becomes of a return (R9, R24, R37, R39): pure. [RmaState] has the table of transitions.
public final class RmaFlow {
    private final Rma rma;
    private final Circumstances around;

    /// What came of an event.
    public sealed interface Outcome {
        record Done(Rma rma) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    private RmaFlow(Rma rma, Circumstances around) {
        this.rma = rma;
        this.around = around;
    }

    public static Outcome next(Rma rma, RmaEvent event, Circumstances around) {
        return new RmaFlow(rma, around).next(event);
    }

    private Outcome next(RmaEvent event) {
        return switch (event) {
            case Approve approve -> approve(approve);
            case Reject reject -> to(RmaState.REJECTED, rma.with(rma.terms().noted(reject.reason())));
            case Cancel cancel -> cancel(cancel);
            case Choose choose -> choose(choose);
            case Ship ship -> ship(ship.shipment());
            case Receive receive -> receive(receive.receipt());
            case Inspect inspect -> inspect(inspect.inspection());
            case Repair repair -> repair(repair);
            case Replace replace -> replace(replace);
            case Refund refund -> refund(refund);
            case SendBack back -> sendBack(back);
            case HandOver given -> handOver(given.handover());
            case Close _ -> close();
        };
    }

    private Outcome approve(Approve approve) {
        if (isOwnMoney()) {
            return refused("Whoever asked for it may not approve it; somebody else than "
                    + rma.ask().requester() + " has to");
        }
        if (!rma.terms().burden().allowed()) {
            return refused(rma.terms().burden().reason().en());
        }
        if (approve.advance() && rma.ask().type() != RmaType.EXCHANGE) {
            return refused("Only in an exchange does something go out in advance");
        }
        if (approve.compensation().compareTo(rma.terms().burden().compensationMax()) > 0) {
            return refused("The compensation is at most " + rma.terms().burden().compensationMax() + " here");
        }
        return to(RmaState.APPROVED,
                rma.with(rma.terms().approved(around.actor(), approve.advance(), approve.compensation())));
    }

    private Outcome cancel(Cancel cancel) {
        DeviceId sent = rma.terms().newDevice();
        if (sent != null && rma.hasSent(sent)) {
            return refused("The new device " + sent + " is on its way to the customer already");
        }
        return to(RmaState.CANCELLED, rma.with(rma.terms().noted(cancel.reason())));
    }

    private Outcome choose(Choose choose) {
        return rma.state() == RmaState.APPROVED
                ? new Outcome.Done(rma.with(rma.terms().with(choose.way())))
                : refused(
                        "How the device comes can be chosen once the return is approved and before it is sent");
    }

    private Outcome ship(Shipment shipment) {
        boolean isOld = shipment.device().equals(rma.ask().device());
        if (shipment.inbound()) {
            return isOld
                    ? to(RmaState.SHIPPED, rma.with(shipment))
                    : refused("What has to come in is " + rma.ask().device() + ", not " + shipment.device());
        }
        return isOld ? shipBack(shipment) : shipNew(shipment);
    }

    private Outcome shipBack(Shipment shipment) {
        if (rma.state() != RmaState.REPAIRED && rma.state() != RmaState.RETURNED) {
            return refused("The device goes back when it is repaired, or to be returned; it is "
                    + rma.state().text());
        }
        return rma.hasSent(rma.ask().device())
                ? refused("The device was sent back already")
                : new Outcome.Done(rma.with(shipment));
    }

    private Outcome shipNew(Shipment shipment) {
        DeviceId chosen = rma.terms().newDevice();
        if (rma.ask().type() == RmaType.REFUND) {
            return refused("Nothing goes out for a refund");
        }
        if (chosen != null && !chosen.equals(shipment.device())) {
            return refused("The new device of this exchange is " + chosen);
        }
        if (rma.hasSent(shipment.device())) {
            return refused("The new device was sent already");
        }
        Rma then = rma.with(rma.terms().with(shipment.device())).with(shipment);
        return switch (rma.state()) {
            case APPROVED, SHIPPED -> {
                if (!rma.terms().advance()) {
                    yield refused(
                            "The new device goes out before the old one is in only where that was approved");
                }
                yield new Outcome.Done(
                        rma.state() == RmaState.APPROVED ? then.to(RmaState.SHIPPED, around.now()) : then);
            }
            case REPLACED -> new Outcome.Done(then);
            case REQUESTED, RECEIVED, INSPECTED, REPAIRED, REFUNDED, RETURNED, CLOSED, REJECTED, CANCELLED ->
                refused("A new device goes out in an approved advance exchange, or once the return is replaced; it is "
                        + rma.state().text());
        };
    }

    private Outcome receive(Receipt receipt) {
        if (rma.state().isIn()) {
            return refused("The device was received already, on " + rma.receipts().stream()
                    .filter(Receipt::matches).map(one -> one.at().toString()).collect(Collectors.joining()));
        }
        if (!rma.state().mayBecome(RmaState.RECEIVED)) {
            return refused("It is " + rma.state().text() + ", so nothing is awaited");
        }
        return receipt.matches()
                ? to(RmaState.RECEIVED, rma.with(receipt))
                : new Outcome.Done(rma.with(receipt));
    }

    private Outcome inspect(Inspection inspection) {
        boolean quality = inspection.verdict() == Verdict.QUALITY;
        Burden.Claim before = rma.terms().claim();
        Burden.Claim found = new Burden.Claim(before.type(), quality, before.daysInHand(),
                inspection.verdict() != Verdict.MISUSE && before.unused(), before.packIntact());
        return to(RmaState.INSPECTED,
                rma.with(rma.terms().found(found, Burden.of(around.rules(), found))).with(inspection));
    }

    private Outcome repair(Repair repair) {
        if (!isPaidFor()) {
            return refused("The warranty does not stand for it; a quote has to be accepted first");
        }
        return to(RmaState.REPAIRED, rma.with(rma.terms().noted(repair.work())));
    }

    private Outcome replace(Replace replace) {
        DeviceId device = replace.device() == null ? rma.terms().newDevice() : replace.device();
        DeviceId chosen = rma.terms().newDevice();
        if (rma.ask().type() == RmaType.REFUND) {
            return refused("It is a return for the money");
        }
        if (device == null) {
            return refused("The serial of the new device is missing");
        }
        if (chosen != null && !chosen.equals(device)) {
            return refused("The new device of this exchange is " + chosen);
        }
        if (isOwnMoney()) {
            return refused("Whoever asked for it may not decide it; somebody else than "
                    + rma.ask().requester() + " has to");
        }
        if (!isPaidFor() && !rma.terms().burden().allowed()) {
            return refused(rma.terms().burden().reason().en() + "; else a quote has to be accepted first");
        }
        return to(RmaState.REPLACED, rma.with(rma.terms().with(device)));
    }

    private Outcome refund(Refund refund) {
        if (rma.ask().type() != RmaType.REFUND) {
            return refused("It is no return for the money");
        }
        if (isOwnMoney()) {
            return refused("Whoever asked for it may not pay it; somebody else than "
                    + rma.ask().requester() + " has to");
        }
        if (!rma.terms().burden().allowed()) {
            return refused(rma.terms().burden().reason().en());
        }
        return to(RmaState.REFUNDED, rma.with(rma.terms().refunded(refund.amount())));
    }

    private Outcome sendBack(SendBack back) {
        DeviceId sent = rma.terms().newDevice();
        return sent != null && rma.hasSent(sent)
                ? refused("The customer has the new device " + sent + " already")
                : to(RmaState.RETURNED, rma.with(rma.terms().noted(back.reason())));
    }

    private Outcome handOver(Handover given) {
        return switch (rma.state()) {
            case REPAIRED, RETURNED, REPLACED -> rma.handover() != null
                    ? refused("That the customer has the device was noted already")
                    : given.recordChecked() && given.feesChecked()
                            ? new Outcome.Done(rma.with(given))
                            : refused("The customer checks the record and the fees before taking the device");
            case REQUESTED, APPROVED, SHIPPED, RECEIVED, INSPECTED, REFUNDED, CLOSED, REJECTED, CANCELLED ->
                refused("There is nothing to hand over while it is " + rma.state().text());
        };
    }

    private Outcome close() {
        DeviceId out = rma.state() == RmaState.REPLACED ? rma.terms().newDevice() : rma.ask().device();
        boolean isOut = rma.state() == RmaState.REFUNDED || rma.handover() != null
                || out != null && rma.hasSent(out);
        return rma.state().mayBecome(RmaState.CLOSED) && !isOut
                ? refused("The customer has no device yet: send " + out + ", or note that it was handed over")
                : to(RmaState.CLOSED, rma);
    }

    // A repair costs the customer nothing; an exchange or a refund gives something away.
    private boolean isOwnMoney() {
        return rma.ask().type() != RmaType.REPAIR_RETURN && rma.ask().requester().equals(around.actor());
    }

    private boolean isPaidFor() {
        return around.covered() && rma.terms().claim().quality() || around.quoteAccepted();
    }

    private Outcome to(RmaState next, Rma then) {
        return rma.state().mayBecome(next)
                ? new Outcome.Done(then.to(next, around.now()))
                : refused("It is " + rma.state().text() + " and cannot become " + next.text()
                        + "; it may become "
                        + rma.state().next().stream().map(RmaState::text).collect(Collectors.joining(", ")));
    }

    private static Outcome refused(String why) {
        return new Outcome.Refused(why);
    }
}
