package io.aftercare.service.workorder;

import io.aftercare.service.text.Paper;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Work orders as documents of a case's file: the repair record (R36), the test (R35) and how the device came back (R37). Works in
/// the caller's transaction.
public final class OrderPapers {
    private OrderPapers() {}

    public static List<Paper> of(WorkOrders orders, Handle handle, long ticket) {
        return orders.ofTicket(handle, ticket).stream().map(OrderPapers::paper).toList();
    }

    private static Paper paper(WorkOrder order) {
        Course course = order.course();
        Assignment assignment = order.assignment();
        String engineer = assignment == null ? "" : assignment.engineer();
        Paper.Fields fields = new Paper.Fields().add("type", order.job().type().text())
                .add("task", order.job().task())
                .add("state", order.state().text()).add("engineer", engineer)
                .add("arrived", course.arrivedAt());
        course.arrival().forEach(fields::add);
        Course.Repair repair = course.repair();
        if (repair != null) {
            fields.add("symptom", repair.symptom()).add("process", repair.process());
            repair.parts().forEach(part -> fields.add("part", part.part() + " × " + part.quantity()
                    + (part.serial() == null ? "" : " " + part.serial())));
            fields.add("minutes", repair.minutes()).add("result", repair.result());
        }
        Course.TestReport test = course.test();
        if (test != null) {
            fields.add("tested", test.at() + " " + test.by());
            test.checks().forEach(check -> fields.add("test " + check.name(), check.value()
                    + (check.limit() == null ? "" : " (" + check.limit() + ")")
                    + (check.passed() ? " ✓" : " ✗")));
        }
        fields.add("failure", course.failure());
        Course.Pickup pickup = course.pickup();
        if (pickup != null) {
            fields.add("returned", pickup.how() + " " + pickup.at());
        }
        return new Paper(order.number(), order.since(), engineer, order.job().task(), fields.all(),
                missing(order));
    }

    private static @Nullable String missing(WorkOrder order) {
        return order.state().isOpen()
                ? "work order " + order.number() + " is " + order.state().text()
                        + ": finish it with its test, or say why it failed"
                : null;
    }
}
