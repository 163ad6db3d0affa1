package io.aftercare.service.requisition;

import io.aftercare.service.requisition.Requisition.Line;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Decides what becomes of a requisition. Pure.
final class RequisitionFlow {
    private RequisitionFlow() {}

    sealed interface Outcome {
        record Done(Requisition after) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    static Outcome next(Requisition before, RequisitionEvent event, String actor, Instant now) {
        return switch (event) {
            case RequisitionEvent.Submit _ -> move(before, RequisitionState.SUBMITTED, now);
            case RequisitionEvent.Approve _ -> judge(before, RequisitionState.APPROVED, actor, "", now);
            case RequisitionEvent.Reject reject ->
                judge(before, RequisitionState.REJECTED, actor, reject.reason(), now);
            case RequisitionEvent.Cancel cancel -> cancel(before, cancel.reason(), now);
            case RequisitionEvent.Issue _ -> move(before, RequisitionState.ISSUED, now);
            case RequisitionEvent.Receive _ -> move(before, RequisitionState.RECEIVED, now);
            case RequisitionEvent.Ship ship -> before.state().isIssued()
                    ? new Outcome.Done(before.with(ship.shipment()))
                    : new Outcome.Refused(before.number() + " is " + before.state().text()
                            + "; a shipment is followed once the parts are issued");
            case RequisitionEvent.Use use -> settle(before, use.part(), use.quantity(), 0, now);
            case RequisitionEvent.GiveBack back -> settle(before, back.part(), 0, back.quantity(), now);
        };
    }

    private static Outcome move(Requisition before, RequisitionState to, Instant now) {
        return before.state().mayBecome(to)
                ? new Outcome.Done(before.in(to, now))
                : new Outcome.Refused(before.number() + " is " + before.state().text() + "; "
                        + (before.state().next().isEmpty()
                                ? "that is final"
                                : "it can become "
                                        + before.state().next().stream().map(RequisitionState::text)
                                                .collect(Collectors.joining(", "))));
    }

    /// Four eyes: nobody approves what they asked for themselves.
    private static Outcome judge(Requisition before, RequisitionState to, String actor, String reason,
            Instant now) {
        if (to == RequisitionState.APPROVED && before.requester().equals(actor)) {
            return new Outcome.Refused(actor + " asked for these parts; somebody else has to approve "
                    + before.number());
        }
        if (to == RequisitionState.REJECTED && reason.isBlank()) {
            return new Outcome.Refused("To reject a requisition say why, in reason");
        }
        return switch (move(before, to, now)) {
            case Outcome.Refused refused -> refused;
            case Outcome.Done done -> new Outcome.Done(done.after().judged(actor, reason));
        };
    }

    private static Outcome cancel(Requisition before, String reason, Instant now) {
        if (reason.isBlank()) {
            return new Outcome.Refused("To cancel a requisition say why, in reason");
        }
        return switch (move(before, RequisitionState.CANCELLED, now)) {
            case Outcome.Refused refused -> refused;
            case Outcome.Done done -> new Outcome.Done(done.after().judged(before.approver(), reason));
        };
    }

    private static Outcome settle(Requisition before, String part, int used, int back, Instant now) {
        if (before.state() != RequisitionState.RECEIVED) {
            return new Outcome.Refused(before.number() + " is " + before.state().text()
                    + "; its parts are fitted or given back once they are received");
        }
        Optional<Line> line = before.line(part);
        if (line.isEmpty()) {
            return new Outcome.Refused(before.number() + " has no part " + part);
        }
        if (line.get().left() < used + back) {
            return new Outcome.Refused("Of part " + part + " " + line.get().left() + " are left on "
                    + before.number() + ", not " + (used + back));
        }
        List<Line> lines = before.lines().stream()
                .map(one -> one.part().equals(part) ? one.settled(used, back) : one).toList();
        Requisition after = before.with(lines);
        boolean settled = lines.stream().allMatch(one -> one.left() == 0);
        boolean any = lines.stream().anyMatch(one -> one.used() > 0);
        return new Outcome.Done(settled
                ? after.in(any ? RequisitionState.USED : RequisitionState.RETURNED, now)
                : after);
    }
}
