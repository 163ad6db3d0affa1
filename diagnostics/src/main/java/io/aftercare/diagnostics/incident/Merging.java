package io.aftercare.diagnostics.incident;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Moves members between incidents that are taken together or apart. In the caller's transaction.
final class Merging {
    private Merging() {}

    /// @return the faults that moved
    static List<String> merge(Handle handle, Incident one, Incident into) {
        handle.createUpdate("""
                UPDATE diagnostics.incident SET merged_into = :into WHERE id = :one OR merged_into = :one""")
                .bind("into", into.id()).bind("one", one.id()).execute();
        return move(handle, one.id(), into.id(), null);
    }

    /// @return the faults that moved back
    static List<String> unmerge(Handle handle, Incident one) {
        return move(handle, String.valueOf(one.mergedInto()), one.id(), one.id());
    }

    private static List<String> move(Handle handle, String from, String to,
            @Nullable String origin) {
        // who was a member there before, and left, is one again
        handle.createUpdate("""
                DELETE FROM diagnostics.incident_member a USING diagnostics.incident_member b
                WHERE a.incident = :to AND a.left_at IS NOT NULL AND b.incident = :from AND b.fault = a.fault
                AND b.left_at IS NULL""").bind("to", to).bind("from", from).execute();
        List<String> moved = handle.createQuery("""
                UPDATE diagnostics.incident_member SET incident = :to
                WHERE incident = :from AND left_at IS NULL AND (:origin::text IS NULL OR origin = :origin)
                RETURNING fault""").bind("to", to).bind("from", from).bind("origin", origin)
                .mapTo(String.class)
                .list();
        IncidentSql.mark(handle, moved, to);
        return moved;
    }

    /// Who was taken out by hand may be taken in by hand again.
    static void forgetLeft(Handle handle, String incident, List<String> faults) {
        handle.createUpdate("""
                DELETE FROM diagnostics.incident_member
                WHERE incident = :incident AND fault = ANY(:faults) AND left_at IS NOT NULL""")
                .bind("incident", incident).bindArray("faults", String.class, faults).execute();
    }
}
