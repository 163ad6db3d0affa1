package io.aftercare.service.complaint;

import io.aftercare.service.complaint.Complaint.Grievance;
import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Complaints in the database. Works in the caller's transaction.
final class ComplaintStore {
    private ComplaintStore() {}

    /// An entry of a complaint's history.
    ///
    /// @param told whether the customer was told
    record Entry(Instant at, String kind, String person, String text, boolean told) {}

    static Complaint insert(Handle handle, Grievance grievance, @Nullable String owner) {
        long id = handle
                .createQuery(
                        """
                                INSERT INTO service.complaint (state, kind, severity, title, description, channel, customer, ticket,
                                    device, product, owner, logged_by, logged_at)
                                VALUES ('logged', :kind, :severity, :title, :description, :channel, :customer, :ticket::bigint, :device,
                                    :product, :owner, :by, :at) RETURNING id""")
                .bind("kind", grievance.kind())
                .bind("severity", grievance.severity()).bind("title", grievance.title())
                .bind("description", grievance.description()).bind("channel", grievance.channel())
                .bind("customer", grievance.customer()).bind("ticket", grievance.ticket())
                .bind("device", grievance.device()).bind("product", grievance.product()).bind("owner", owner)
                .bind("by", grievance.loggedBy()).bind("at", grievance.loggedAt()).mapTo(Long.class).one();
        return find(handle, id).orElseThrow();
    }

    static Complaint update(Handle handle, Complaint complaint) {
        handle.createUpdate(
                """
                        UPDATE service.complaint SET version = version + 1, state = :state, kind = :kind, severity = :severity,
                            owner = :owner, finding = :finding, justified = :justified, cause = :cause, cause_code = :code,
                            recurrence_of = :before::bigint, reply = :reply, answered_at = :answered,
                            satisfaction = :satisfaction, closed_at = :closed WHERE id = :id""")
                .bind("id", complaint.id())
                .bind("state", complaint.state().text()).bind("kind", complaint.grievance().kind())
                .bind("severity", complaint.grievance().severity()).bind("owner", complaint.owner())
                .bind("finding", complaint.finding()).bind("justified", complaint.justified())
                .bind("cause", complaint.cause()).bind("code", complaint.causeCode())
                .bind("before", complaint.recurrenceOf()).bind("reply", complaint.reply())
                .bind("answered", complaint.answeredAt()).bind("satisfaction", complaint.satisfaction())
                .bind("closed", complaint.closedAt()).execute();
        return find(handle, complaint.id()).orElseThrow();
    }

    static Optional<Complaint> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.complaint WHERE id = :id").bind("id", id)
                .map((row, _) -> complaint(row)).findOne();
    }

    /// The complaint, and nobody else changes it before the end of this transaction.
    static Optional<Complaint> lock(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.complaint WHERE id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> complaint(row)).findOne();
    }

    /// @return the entry's id
    static long note(Handle handle, long complaint, Entry entry) {
        return handle.createQuery("""
                INSERT INTO service.complaint_event (complaint, at, kind, person, text, told)
                VALUES (:complaint, :at, :kind, :person, :text, :told) RETURNING id""")
                .bind("complaint", complaint).bind("at", entry.at()).bind("kind", entry.kind())
                .bind("person", entry.person()).bind("text", entry.text()).bind("told", entry.told())
                .mapTo(Long.class).one();
    }

    static List<Entry> history(Handle handle, long complaint) {
        return handle.createQuery("""
                SELECT at, kind, person, text, told FROM service.complaint_event WHERE complaint = :complaint
                ORDER BY id LIMIT 1000""").bind("complaint", complaint)
                .map((row, _) -> new Entry(Columns.time(row, "at"), row.getString(2), row.getString(3),
                        row.getString(4), row.getBoolean(5)))
                .list();
    }

    /// Earlier complaints of the same product, class and cause, the newest first; within `within` before `at`.
    static List<Long> same(Handle handle, Complaint complaint, String code, Duration within) {
        Instant at = complaint.grievance().loggedAt();
        return handle
                .createQuery(
                        """
                                SELECT id FROM service.complaint WHERE product = :product AND kind = :kind AND cause_code = :code
                                  AND id <> :id AND logged_at <= :at AND logged_at >= :from
                                ORDER BY logged_at DESC, id DESC LIMIT 1000""")
                .bind("product", complaint.grievance().product())
                .bind("kind", complaint.grievance().kind()).bind("code", code).bind("id", complaint.id())
                .bind("at", at).bind("from", at.minus(within)).mapTo(Long.class).list();
    }

    static Complaint complaint(ResultSet row) throws SQLException {
        Grievance grievance = new Grievance(row.getString("kind"), row.getString("severity"),
                row.getString("title"), row.getString("description"), row.getString("channel"),
                row.getString("customer"), Columns.id(row, "ticket"), row.getString("device"),
                row.getString("product"), row.getString("logged_by"), Columns.time(row, "logged_at"));
        return new Complaint(row.getLong("id"), row.getInt("version"),
                ComplaintState.parse(row.getString("state")).orElseThrow(), grievance, row.getString("owner"),
                row.getString("finding"), Columns.truth(row, "justified"), row.getString("cause"),
                row.getString("cause_code"), Columns.id(row, "recurrence_of"), row.getString("reply"),
                Columns.instant(row, "answered_at"), Columns.number(row, "satisfaction"),
                Columns.instant(row, "closed_at"));
    }
}
