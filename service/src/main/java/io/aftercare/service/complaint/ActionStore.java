package io.aftercare.service.complaint;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// Corrective actions in the database, each changed under the lock of its complaint. Works in the caller's transaction.
final class ActionStore {
    private ActionStore() {}

    /// An action that nobody finished in time and nobody was reminded of.
    record Late(long id, long complaint, String text, String owner) {}

    static void add(Handle handle, long complaint, String text, String owner, Instant due) {
        handle.createUpdate("""
                INSERT INTO service.complaint_action (complaint, text, owner, due)
                VALUES (:complaint, :text, :owner, :due)""").bind("complaint", complaint).bind("text", text)
                .bind("owner", owner).bind("due", due).execute();
    }

    static void done(Handle handle, long id, String result, String person, Instant now) {
        handle.createUpdate(
                "UPDATE service.complaint_action SET done_at = :now, done_by = :person, result = :result"
                        + " WHERE id = :id")
                .bind("id", id).bind("person", person).bind("result", result).bind("now", now).execute();
    }

    static void checked(Handle handle, long id, boolean effective, String evidence, String person,
            Instant now) {
        handle.createUpdate(
                """
                        UPDATE service.complaint_action SET effective = :effective, evidence = :evidence, checked_by = :person,
                            checked_at = :now WHERE id = :id""")
                .bind("id", id).bind("effective", effective)
                .bind("evidence", evidence).bind("person", person).bind("now", now).execute();
    }

    static List<CorrectiveAction> of(Handle handle, long complaint) {
        return handle.createQuery("""
                SELECT * FROM service.complaint_action WHERE complaint = :complaint ORDER BY id""")
                .bind("complaint", complaint).map((row, _) -> action(row)).list();
    }

    /// At most `limit`, marked so that each is taken once.
    static List<Late> takeLate(Handle handle, Instant now, int limit) {
        return handle.createQuery("""
                UPDATE service.complaint_action SET reminded_at = :now WHERE id IN (
                    SELECT id FROM service.complaint_action
                    WHERE done_at IS NULL AND reminded_at IS NULL AND due < :now
                    ORDER BY due LIMIT :limit FOR UPDATE SKIP LOCKED)
                RETURNING id, complaint, text, owner""").bind("now", now).bind("limit", limit)
                .map((row, _) -> new Late(row.getLong(1), row.getLong(2), row.getString(3), row.getString(4)))
                .list();
    }

    private static CorrectiveAction action(ResultSet row) throws SQLException {
        return new CorrectiveAction(row.getLong("id"), row.getString("text"), row.getString("owner"),
                Columns.time(row, "due"), Columns.instant(row, "done_at"), row.getString("done_by"),
                row.getString("result"),
                Columns.truth(row, "effective"), row.getString("evidence"), row.getString("checked_by"),
                Columns.instant(row, "checked_at"));
    }
}
