package io.aftercare.service;

import io.aftercare.service.casefile.CaseDocument;
import io.aftercare.service.casefile.CaseDocument.Line;
import io.aftercare.service.casefile.DocumentKind;
import io.aftercare.service.ticket.Ticket;
import io.aftercare.service.workorder.Assignment;
import io.aftercare.service.workorder.Course;
import io.aftercare.service.workorder.WorkOrder;
import io.aftercare.service.workorder.WorkOrderState;
import io.aftercare.service.workorder.WorkOrders;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What the rooms of the desk have of a case, as documents of its file (R83). Works in the caller's transaction.
final class DeskDocuments {
    private DeskDocuments() {}

    /// Work orders with the repair record (R36), the test (R35) and how the device came back (R37).
    static List<CaseDocument> workOrders(WorkOrders orders, Handle handle, Ticket ticket) {
        return orders.ofTicket(handle, ticket.id()).stream().map(DeskDocuments::workOrder).toList();
    }

    private static CaseDocument workOrder(WorkOrder order) {
        Course course = order.course();
        Assignment assignment = order.assignment();
        List<Line> lines = new ArrayList<>();
        lines.add(new Line("type", order.job().type().text()));
        lines.add(new Line("task", order.job().task()));
        lines.add(new Line("state", order.state().text()));
        if (assignment != null) {
            lines.add(new Line("engineer", assignment.engineer()));
        }
        add(lines, "arrived", course.arrivedAt());
        course.arrival().forEach((question, answer) -> lines.add(new Line(question, answer)));
        Course.Repair repair = course.repair();
        if (repair != null) {
            lines.add(new Line("symptom", repair.symptom()));
            lines.add(new Line("process", repair.process()));
            repair.parts().forEach(part -> lines.add(new Line("part", part.part() + " × " + part.quantity()
                    + (part.serial() == null ? "" : " " + part.serial()))));
            lines.add(new Line("minutes", Integer.toString(repair.minutes())));
            lines.add(new Line("result", repair.result()));
        }
        Course.TestReport test = course.test();
        if (test != null) {
            test.checks().forEach(check -> lines.add(new Line("test " + check.name(),
                    check.value() + (check.limit() == null ? "" : " (" + check.limit() + ")")
                            + (check.passed() ? " ✓" : " ✗"))));
        }
        add(lines, "failure", course.failure());
        Course.Pickup pickup = course.pickup();
        if (pickup != null) {
            lines.add(new Line("returned", pickup.how() + " " + pickup.at()));
        }
        return new CaseDocument(DocumentKind.WORK_ORDER, order.number(), order.since(),
                assignment == null ? "" : assignment.engineer(), order.job().task(), lines, missing(order));
    }

    private static @Nullable String missing(WorkOrder order) {
        return order.state() == WorkOrderState.DONE || order.state() == WorkOrderState.FAILED
                ? null
                : "work order " + order.number() + " is " + order.state().text()
                        + ": finish it with its test, or say why it failed";
    }

    private static void add(List<Line> lines, String name, @Nullable Object value) {
        if (value != null) {
            lines.add(new Line(name, value.toString()));
        }
    }
}
