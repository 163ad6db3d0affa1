package io.aftercare.service.workorder;

import io.aftercare.service.workorder.OrderEvent.Accept;
import io.aftercare.service.workorder.OrderEvent.Appoint;
import io.aftercare.service.workorder.OrderEvent.Approve;
import io.aftercare.service.workorder.OrderEvent.Arrive;
import io.aftercare.service.workorder.OrderEvent.Ask;
import io.aftercare.service.workorder.OrderEvent.Begin;
import io.aftercare.service.workorder.OrderEvent.Depart;
import io.aftercare.service.workorder.OrderEvent.Dispatch;
import io.aftercare.service.workorder.OrderEvent.Fail;
import io.aftercare.service.workorder.OrderEvent.Finish;
import io.aftercare.service.workorder.OrderEvent.HandBack;
import io.aftercare.service.workorder.OrderEvent.Prepare;
import io.aftercare.service.workorder.OrderEvent.StartTest;
import io.aftercare.service.workorder.OrderEvent.Test;
import io.aftercare.service.workorder.OrderEvent.Withdraw;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;

/// Decides what becomes of a work order when something happens to it. Pure: the same order, event and time give the same outcome.
final class OrderFlow {
    private OrderFlow() {}

    static OrderOutcome next(WorkOrder order, OrderEvent event, Instant now) {
        return switch (event) {
            case Approve approve -> reviewed(order, approve, now);
            case Ask ask -> asked(order, ask);
            case Dispatch dispatch -> dispatched(order, dispatch, now);
            case Accept accept -> accepted(order, accept, now);
            case Withdraw withdraw -> withdrawn(order, withdraw, now);
            case Appoint appoint -> appointed(order, appoint, now);
            case Prepare prepare -> prepared(order, prepare);
            case Depart _ -> departed(order, now);
            case Arrive arrive -> arrived(order, arrive, now);
            case Begin _ -> begun(order, now);
            case OrderEvent.Write record -> recorded(order, record);
            case StartTest _ -> testing(order, now);
            case Test test -> tested(order, test);
            case Finish finish -> finished(order, finish, now);
            case Fail fail -> failed(order, fail, now);
            case HandBack back -> handedBack(order, back);
        };
    }

    private static OrderOutcome reviewed(WorkOrder order, Approve approve, Instant now) {
        if (order.state() != WorkOrderState.DRAFT) {
            return refused(order, "a draft is reviewed before it is dispatched");
        }
        Course course = order.course().with(new Course.Approval(approve.by(), now, approve.note()));
        return done(order.with(course), "Technical review: approved");
    }

    private static OrderOutcome asked(WorkOrder order, Ask ask) {
        if (order.state() != WorkOrderState.DRAFT) {
            return refused(order, "a draft is reviewed before it is dispatched");
        }
        return done(order.with(order.course().asking(ask.question())),
                "Technical review: asked the customer: " + ask.question());
    }

    private static OrderOutcome dispatched(WorkOrder order, Dispatch dispatch, Instant now) {
        if (order.state() != WorkOrderState.DRAFT) {
            return barred(order, WorkOrderState.DISPATCHED);
        }
        if (order.course().approval() == null) {
            return refused(order, order.course().question() == null
                    ? "it needs a technical review before dispatch; approve it at /work-orders/{id}/review"
                    : "the technical review waits for an answer: " + order.course().question());
        }
        return moved(order.with(dispatch.assignment()), WorkOrderState.DISPATCHED, now,
                "Dispatched to " + dispatch.assignment().engineer());
    }

    private static OrderOutcome accepted(WorkOrder order, Accept accept, Instant now) {
        SequencedMap<String, Boolean> items = new LinkedHashMap<>();
        accept.preparation().forEach(item -> items.put(item, false));
        return moved(order.with(order.course().preparing(items)), WorkOrderState.ACCEPTED, now, "Accepted");
    }

    private static OrderOutcome withdrawn(WorkOrder order, Withdraw withdraw, Instant now) {
        if (!order.state().mayBecome(WorkOrderState.DRAFT)) {
            return barred(order, WorkOrderState.DRAFT);
        }
        return moved(order.with((Assignment) null).with(order.course().preparing(new LinkedHashMap<>())),
                WorkOrderState.DRAFT, now, "Given back: " + withdraw.reason());
    }

    private static OrderOutcome appointed(WorkOrder order, Appoint appoint, Instant now) {
        Assignment assignment = order.assignment();
        if (order.state() != WorkOrderState.ACCEPTED || assignment == null) {
            return refused(order, "the engineer accepts it first, then confirms the time with the customer");
        }
        return done(order.with(assignment.confirmed(appoint.slot(), now)),
                "Appointment confirmed with the customer");
    }

    private static OrderOutcome prepared(WorkOrder order, Prepare prepare) {
        if (order.state() != WorkOrderState.ACCEPTED) {
            return refused(order, "things are prepared after it is accepted and before somebody sets out");
        }
        SequencedMap<String, Boolean> items = new LinkedHashMap<>(order.course().preparation());
        for (Map.Entry<String, Boolean> one : prepare.items().entrySet()) {
            if (!items.containsKey(one.getKey())) {
                return refused(order, one.getKey() + " is not on its list; that has "
                        + String.join(", ", items.keySet()));
            }
            items.put(one.getKey(), one.getValue());
        }
        return done(order.with(order.course().preparing(items)),
                "Ready: " + items.entrySet().stream().filter(Map.Entry::getValue).map(Map.Entry::getKey)
                        .collect(Collectors.joining(", ")));
    }

    private static OrderOutcome departed(WorkOrder order, Instant now) {
        Assignment assignment = order.assignment();
        if (!order.job().type().travels()) {
            return refused(order, "nobody travels to a device in the workshop; begin with repairing");
        }
        if (order.state() != WorkOrderState.ACCEPTED || assignment == null) {
            return barred(order, WorkOrderState.EN_ROUTE);
        }
        if (assignment.confirmedAt() == null) {
            return refused(order, "confirm the appointment with the customer before you set out");
        }
        List<String> missing = order.course().preparation().entrySet().stream()
                .filter(item -> !item.getValue())
                .map(Map.Entry::getKey).toList();
        if (!missing.isEmpty()) {
            return refused(order, "not ready yet: " + String.join(", ", missing));
        }
        return moved(order.with(order.course().departed(now)), WorkOrderState.EN_ROUTE, now, "On the way");
    }

    private static OrderOutcome arrived(WorkOrder order, Arrive arrive, Instant now) {
        List<String> open = arrive.questions().keySet().stream()
                .filter(key -> arrive.answers().getOrDefault(key, "").isBlank()).toList();
        if (!open.isEmpty()) {
            return refused(order, "the check-in has no answer to " + open.stream()
                    .map(key -> key + " (" + arrive.questions().get(key) + ")")
                    .collect(Collectors.joining(", ")));
        }
        return moved(order.with(order.course().arrived(arrive.answers(), now)), WorkOrderState.ON_SITE, now,
                "Arrived: " + arrive.answers().entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(answer -> answer.getKey() + ": " + answer.getValue())
                        .collect(Collectors.joining("; ")));
    }

    private static OrderOutcome begun(WorkOrder order, Instant now) {
        if (order.state() == WorkOrderState.ACCEPTED && order.job().type().travels()) {
            return refused(order, "somebody sets out and arrives before the repair begins");
        }
        return moved(order, WorkOrderState.REPAIRING, now,
                order.state() == WorkOrderState.TESTING
                        ? "The test failed; back to the repair"
                        : "Repair begun");
    }

    private static OrderOutcome recorded(WorkOrder order, OrderEvent.Write record) {
        if (order.state() != WorkOrderState.REPAIRING) {
            return refused(order, "the repair record is written while it is repairing");
        }
        return done(order.with(order.course().with(record.repair())),
                "Repair record: " + record.repair().result());
    }

    private static OrderOutcome testing(WorkOrder order, Instant now) {
        if (order.state() == WorkOrderState.REPAIRING && order.course().repair() == null) {
            return refused(order,
                    "the repair record is missing: symptom, process, parts, minutes and result");
        }
        return moved(order, WorkOrderState.TESTING, now, "Functional test begun");
    }

    private static OrderOutcome tested(WorkOrder order, Test test) {
        if (order.state() != WorkOrderState.TESTING) {
            return refused(order, "the functional test follows the repair record, in the state testing");
        }
        return done(order.with(order.course().with(test.report())),
                "Functional test " + (test.report().passed()
                        ? "passed"
                        : "failed: " + failures(test.report())));
    }

    private static OrderOutcome finished(WorkOrder order, Finish finish, Instant now) {
        if (!order.state().mayBecome(WorkOrderState.DONE)) {
            return barred(order, WorkOrderState.DONE);
        }
        Course.TestReport test = order.course().test();
        if (test == null) {
            return refused(order, "it needs a functional test that passed");
        }
        if (!test.passed()) {
            return refused(order, "the functional test failed: " + failures(test));
        }
        String wanted = order.job().detail().firmware();
        if (wanted != null && !wanted.equals(finish.firmware())) {
            return refused(order, "the device says that it runs " + (finish.firmware().isEmpty()
                    ? "nothing known"
                    : finish.firmware()) + ", and the order installs " + wanted);
        }
        return moved(order, WorkOrderState.DONE, now, "Done, and tested");
    }

    private static OrderOutcome failed(WorkOrder order, Fail fail, Instant now) {
        if (fail.reason() == null || fail.reason().isBlank()) {
            return refused(order, "to let it fail say why, in reason");
        }
        return moved(order.with(order.course().failing(fail.reason().strip())), WorkOrderState.FAILED, now,
                "Failed: " + fail.reason().strip());
    }

    private static OrderOutcome handedBack(WorkOrder order, HandBack back) {
        Course.Pickup pickup = back.pickup();
        if (order.job().type() != WorkOrderType.DEPOT || order.state() != WorkOrderState.DONE) {
            return refused(order, "what was repaired in the workshop is handed back when it is done");
        }
        if (order.course().pickup() != null) {
            return refused(order, "it is back with its owner already");
        }
        boolean shipped = pickup.how().equals("shipped");
        if (!shipped && !(pickup.recordChecked() && pickup.feesChecked())) {
            return refused(order,
                    "at pickup the customer checks the repair record and the fees; both are needed");
        }
        if (shipped && (pickup.tracking() == null || pickup.tracking().isBlank())) {
            return refused(order, "a parcel has a tracking number; say it in tracking");
        }
        return done(order.with(order.course().with(pickup)), shipped
                ? "Shipped back, " + pickup.tracking()
                : "Picked up; the customer checked the repair record and the fees");
    }

    private static String failures(Course.TestReport test) {
        return test.checks().stream().filter(check -> !check.passed())
                .map(check -> check.name() + " = " + check.value()
                        + (check.limit() == null ? "" : " (" + check.limit() + ")"))
                .collect(Collectors.joining(", "));
    }

    private static OrderOutcome moved(WorkOrder order, WorkOrderState to, Instant now, String note) {
        return order.state().mayBecome(to) ? done(order.in(to, now), note) : barred(order, to);
    }

    private static OrderOutcome barred(WorkOrder order, WorkOrderState to) {
        return new OrderOutcome.Refused(order.number() + " is " + order.state().text() + " and cannot become "
                + to.text() + "; " + (order.state().next().isEmpty()
                        ? "that is final"
                        : "it can become " + order.state().next().stream().map(WorkOrderState::text)
                                .collect(Collectors.joining(", "))));
    }

    private static OrderOutcome refused(WorkOrder order, String why) {
        return new OrderOutcome.Refused(order.number() + " is " + order.state().text() + ": " + why);
    }

    private static OrderOutcome done(WorkOrder order, String note) {
        return new OrderOutcome.Done(order, note);
    }
}
