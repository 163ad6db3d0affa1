package io.aftercare.service.followup;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Follow-ups in the database. Works in the caller's transaction.
final class FollowUpStore {
    private FollowUpStore() {}

    static FollowUp insert(Handle handle, FollowUp.Wanted wanted, Instant now) {
        return handle.createQuery("""
                INSERT INTO service.follow_up (kind, ticket, customer, reason, assignee, due, created_at)
                VALUES (:kind, :ticket, :customer, :reason, :assignee, :due, :now) RETURNING *""")
                .bind("kind", wanted.kind()).bind("ticket", wanted.ticket())
                .bind("customer", wanted.customer())
                .bind("reason", wanted.reason()).bind("assignee", wanted.assignee()).bind("due", wanted.due())
                .bind("now", now).map((row, _) -> followUp(row)).one();
    }

    static Optional<FollowUp> lock(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.follow_up WHERE id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> followUp(row)).findOne();
    }

    static FollowUp move(Handle handle, long id, Instant due, @Nullable String assignee) {
        return handle.createQuery("""
                UPDATE service.follow_up SET version = version + 1, due = :due, assignee = :assignee,
                    reminded_at = CASE WHEN due = :due THEN reminded_at END
                WHERE id = :id RETURNING *""").bind("id", id).bind("due", due).bind("assignee", assignee)
                .map((row, _) -> followUp(row)).one();
    }

    static FollowUp end(Handle handle, long id, String state, @Nullable Integer satisfaction, String result,
            String person, Instant now) {
        return handle
                .createQuery(
                        """
                                UPDATE service.follow_up SET version = version + 1, state = :state, satisfaction = :satisfaction,
                                    result = :result, ended_by = :person, ended_at = :now
                                WHERE id = :id RETURNING *""")
                .bind("id", id).bind("state", state)
                .bind("satisfaction", satisfaction).bind("result", result).bind("person", person)
                .bind("now", now).map((row, _) -> followUp(row)).one();
    }

    /// Ends what is planned for a case that goes on.
    static void cancelOpen(Handle handle, long ticket, String why, String person, Instant now) {
        handle.createUpdate("""
                UPDATE service.follow_up SET version = version + 1, state = 'cancelled', result = :why,
                    ended_by = :person, ended_at = :now
                WHERE ticket = :ticket AND state = 'open' AND kind = 'call-back'""").bind("ticket", ticket)
                .bind("why", why).bind("person", person).bind("now", now).execute();
    }

    static List<FollowUp> ofTicket(Handle handle, long ticket) {
        return handle
                .createQuery("SELECT * FROM service.follow_up WHERE ticket = :ticket ORDER BY id LIMIT 100")
                .bind("ticket", ticket).map((row, _) -> followUp(row)).list();
    }

    static List<FollowUp> ofCustomer(Handle handle, List<String> ids) {
        return handle.createQuery("""
                SELECT * FROM service.follow_up WHERE customer = ANY(:ids) ORDER BY id DESC LIMIT 100""")
                .bind("ids", ids.toArray(String[]::new)).map((row, _) -> followUp(row)).list();
    }

    /// Takes the customer's words out.
    static void forget(Handle handle, List<String> ids) {
        handle.createUpdate("UPDATE service.follow_up SET result = NULL WHERE customer = ANY(:ids)")
                .bind("ids", ids.toArray(String[]::new)).execute();
    }

    /// Those that are due and nobody was reminded of, marked so that each is taken once.
    static List<FollowUp> takeDue(Handle handle, Instant now, int limit) {
        return handle
                .createQuery(
                        """
                                UPDATE service.follow_up SET reminded_at = :now WHERE id IN (
                                    SELECT id FROM service.follow_up WHERE state = 'open' AND reminded_at IS NULL AND due <= :now
                                    ORDER BY due LIMIT :limit FOR UPDATE SKIP LOCKED)
                                RETURNING *""")
                .bind("now", now).bind("limit", limit).map((row, _) -> followUp(row)).list();
    }

    static FollowUp followUp(ResultSet row) throws SQLException {
        return new FollowUp(row.getLong("id"), row.getInt("version"), row.getString("kind"),
                row.getString("state"), Columns.id(row, "ticket"), row.getString("customer"),
                row.getString("reason"), row.getString("assignee"), Columns.time(row, "due"),
                Columns.instant(row, "reminded_at"), Columns.number(row, "satisfaction"),
                row.getString("result"), row.getString("ended_by"), Columns.instant(row, "ended_at"),
                Columns.time(row, "created_at"));
    }
}
