package io.aftercare.service.workorder;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A work order as it stands at one moment. Immutable; [OrderFlow] decides what becomes of it.
///
/// @param ticket     the case that it belongs to
/// @param since      when it took on its state
/// @param assignment null while nobody is to go
public record WorkOrder(long id, int version, long ticket, Job job, WorkOrderState state, Instant since,
        @Nullable Assignment assignment, Course course) {
    /// The number that people say, such as `W-000007`.
    public String number() {
        return String.format(Locale.ROOT, "W-%06d", id);
    }

    /// Who goes, empty while nobody does.
    public String engineerName() {
        return assignment == null ? "" : assignment.engineer();
    }

    WorkOrder in(WorkOrderState to, Instant now) {
        return new WorkOrder(id, version, ticket, job, to, now, assignment, course);
    }

    WorkOrder with(@Nullable Assignment other) {
        return new WorkOrder(id, version, ticket, job, state, since, other, course);
    }

    WorkOrder with(Course other) {
        return new WorkOrder(id, version, ticket, job, state, since, assignment, other);
    }

    WorkOrder next() {
        return new WorkOrder(id, version + 1, ticket, job, state, since, assignment, course);
    }
}
