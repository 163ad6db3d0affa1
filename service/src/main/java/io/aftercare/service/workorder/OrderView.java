package io.aftercare.service.workorder;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.service.workorder.Course.Approval;
import io.aftercare.service.workorder.Course.Pickup;
import io.aftercare.service.workorder.Course.Repair;
import io.aftercare.service.workorder.Course.TestReport;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A work order as the API shows it.
@JsonInclude(JsonInclude.Include.ALWAYS)
record OrderView(String id, String number, String ticket, String device, String model, String region,
        WorkOrderType type, String task, @Nullable String firmware, @Nullable Position site,
        List<String> tools, @Nullable String choice, WorkOrderState state, Instant since,
        List<WorkOrderState> transitions, @Nullable String engineer, @Nullable Slot slot,
        @Nullable Instant confirmedAt, @Nullable Approval approval, @Nullable String question,
        Map<String, Boolean> preparation, @Nullable Instant departedAt, @Nullable Instant arrivedAt,
        Map<String, String> arrival, @Nullable Repair repair, @Nullable TestReport test,
        @Nullable String failure, @Nullable Pickup pickup, int version) {
    static OrderView of(WorkOrder order) {
        Job job = order.job();
        Job.Detail detail = job.detail();
        Assignment assignment = order.assignment();
        Course course = order.course();
        return new OrderView(Long.toString(order.id()), order.number(), Long.toString(order.ticket()),
                job.device().value(), job.model(), job.region(), job.type(), detail.task(), detail.firmware(),
                detail.site(), detail.tools(), detail.choice(), order.state(), order.since(),
                List.copyOf(order.state().next()), assignment == null ? null : assignment.engineer(),
                assignment == null ? null : assignment.slot(),
                assignment == null ? null : assignment.confirmedAt(), course.approval(), course.question(),
                course.preparation(), course.departedAt(), course.arrivedAt(), course.arrival(),
                course.repair(), course.test(), course.failure(), course.pickup(), order.version());
    }
}
