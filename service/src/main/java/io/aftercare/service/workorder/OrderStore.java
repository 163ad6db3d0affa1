package io.aftercare.service.workorder;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// Work orders in the database. Works in the caller's transaction. Whoever locks a case and its orders locks the case first.
final class OrderStore {
    static final String COLUMNS = """
            w.id, w.version, w.ticket, w.device, w.model, w.region, w.outlet, w.type, w.job, w.state, w.state_since,
            w.engineer, w.engineer_number, lower(w.slot) AS slot_start, upper(w.slot) AS slot_end, w.confirmed_at,
            w.course""";
    static final String OPEN = "w.state NOT IN ('done', 'failed')";

    private OrderStore() {}

    static WorkOrder insert(Handle handle, long ticket, Job job, String creator, Instant now) {
        long id = handle
                .createQuery(
                        """
                                INSERT INTO service.work_order (ticket, device, model, region, outlet, type, job, state, state_since,
                                    course, created_by, created_at)
                                VALUES (:ticket, :device, :model, :region, :outlet, :type, :job::jsonb, 'draft', :now,
                                    :course::jsonb, :creator, :now) RETURNING id""")
                .bind("ticket", ticket)
                .bind("device", job.device()).bind("model", job.model()).bind("region", job.region())
                .bind("outlet", job.outlet()).bind("type", job.type().text())
                .bind("job", Json.text(job.detail())).bind("course", Json.text(Course.NEW))
                .bind("creator", creator).bind("now", now).mapTo(Long.class).one();
        return new WorkOrder(id, 1, ticket, job, WorkOrderState.DRAFT, now, null, Course.NEW);
    }

    /// Writes what became of an order, with its next version.
    static WorkOrder update(Handle handle, WorkOrder order) {
        Assignment assignment = order.assignment();
        bind(handle.createUpdate("""
                UPDATE service.work_order SET version = version + 1, state = :state, state_since = :since,
                    engineer = :engineer, engineer_number = :number,
                    slot = CASE WHEN :start::timestamptz IS NULL THEN NULL ELSE tstzrange(:start, :end) END,
                    confirmed_at = :confirmed, course = :course::jsonb
                WHERE id = :id"""), assignment).bind("id", order.id()).bind("state", order.state().text())
                .bind("since", order.since()).bind("course", Json.text(order.course())).execute();
        return order.next();
    }

    private static <S extends SqlStatement<S>> S bind(S sql, @Nullable Assignment assignment) {
        return sql.bind("engineer", assignment == null ? null : assignment.engineer())
                .bind("number", assignment == null ? null : (Long) assignment.number())
                .bind("start", assignment == null ? null : assignment.slot().start())
                .bind("end", assignment == null ? null : assignment.slot().end())
                .bind("confirmed", assignment == null ? null : assignment.confirmedAt());
    }

    static Optional<WorkOrder> find(Handle handle, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.work_order w WHERE w.id = :id")
                .bind("id", id).map((row, _) -> order(row)).findOne();
    }

    /// The order, and nobody else changes it before the end of this transaction.
    static Optional<WorkOrder> lock(Handle handle, long id) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.work_order w WHERE w.id = :id FOR UPDATE")
                .bind("id", id).map((row, _) -> order(row)).findOne();
    }

    static List<WorkOrder> ofTicket(Handle handle, long ticket) {
        return handle
                .createQuery("SELECT " + COLUMNS + " FROM service.work_order w WHERE w.ticket = :ticket"
                        + " ORDER BY w.id")
                .bind("ticket", ticket).map((row, _) -> order(row)).list();
    }

    /// A stretch of time of any length.
    record Span(Instant from, Instant to) {}

    /// The orders whose slots lie in that time at least in part and which did not fail, the earliest first; at most 10,000.
    static List<WorkOrder> booked(Handle handle, Span span) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.work_order w WHERE w.slot IS NOT NULL"
                + " AND w.state <> 'failed' AND w.slot && tstzrange(:from, :to)"
                + " ORDER BY lower(w.slot), w.id LIMIT 10000").bind("from", span.from()).bind("to", span.to())
                .map((row, _) -> order(row)).list();
    }

    /// What each engineer has in that slot already, by name.
    ///
    /// @param except an order that does not count
    static Map<String, String> clashes(Handle handle, Slot slot, long except) {
        Map<String, String> clashes = new TreeMap<>();
        handle.createQuery(
                "SELECT " + COLUMNS + " FROM service.work_order w WHERE w.engineer IS NOT NULL AND "
                        + OPEN + " AND w.slot && tstzrange(:start, :end) AND w.id <> :except ORDER BY w.id")
                .bind("start", slot.start()).bind("end", slot.end()).bind("except", except)
                .map((row, _) -> order(row)).forEach(order -> {
                    Assignment assignment = order.assignment();
                    if (assignment != null) {
                        clashes.putIfAbsent(assignment.engineer(), order.number());
                    }
                });
        return clashes;
    }

    static WorkOrder order(ResultSet row) throws SQLException {
        Job job = new Job(new DeviceId(row.getString("device")), row.getString("model"),
                row.getString("region"), row.getString("outlet"),
                WorkOrderType.parse(row.getString("type")).orElseThrow(),
                Json.convert(Json.parse(row.getString("job")), Job.Detail.class));
        return new WorkOrder(row.getLong("id"), row.getInt("version"), row.getLong("ticket"), job,
                WorkOrderState.parse(row.getString("state")).orElseThrow(),
                row.getTimestamp("state_since").toInstant(), assignment(row),
                Json.convert(Json.parse(row.getString("course")), Course.class));
    }

    private static @Nullable Assignment assignment(ResultSet row) throws SQLException {
        String engineer = row.getString("engineer");
        if (engineer == null) {
            return null;
        }
        return new Assignment(engineer, row.getLong("engineer_number"),
                new Slot(row.getTimestamp("slot_start").toInstant(),
                        row.getTimestamp("slot_end").toInstant()),
                Columns.instant(row, "confirmed_at"));
    }
}
