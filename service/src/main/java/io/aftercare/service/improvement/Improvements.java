package io.aftercare.service.improvement;

import io.aftercare.fleet.postgres.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Improvements in the database. Works in the caller's transaction.
public final class Improvements {
    private Improvements() {}

    /// What a room raises.
    ///
    /// @param reference what raised it; the same one raises one improvement
    public record Raised(String source, @Nullable String reference, @Nullable Long ticket, String text,
            String by) {}

    /// @return its id, empty where this reference raised one already
    public static Optional<Long> raise(Handle handle, Raised raised, Instant now) {
        return handle
                .createQuery(
                        """
                                INSERT INTO service.service_improvement (state, source, reference, ticket, text, raised_by, raised_at)
                                VALUES ('raised', :source, :reference, :ticket, :text, :by, :now)
                                ON CONFLICT DO NOTHING RETURNING id""")
                .bind("source", raised.source())
                .bind("reference", raised.reference()).bind("ticket", raised.ticket())
                .bind("text", raised.text())
                .bind("by", raised.by()).bind("now", now).mapTo(Long.class).findOne();
    }

    static Optional<Improvement> find(Handle handle, long id, boolean lock) {
        return handle
                .createQuery("SELECT * FROM service.service_improvement WHERE id = :id"
                        + (lock ? " FOR UPDATE" : ""))
                .bind("id", id).map((row, _) -> improvement(row)).findOne();
    }

    static Improvement update(Handle handle, Improvement improvement) {
        return handle
                .createQuery(
                        """
                                UPDATE service.service_improvement SET version = version + 1, state = :state, analysis = :analysis,
                                    measure = :measure, owner = :owner, due = :due, verification = :verification,
                                    verified_at = :verified
                                WHERE id = :id RETURNING *""")
                .bind("id", improvement.id())
                .bind("state", improvement.state().text()).bind("analysis", improvement.analysis())
                .bind("measure", improvement.measure()).bind("owner", improvement.owner())
                .bind("due", improvement.due()).bind("verification", improvement.verification())
                .bind("verified", improvement.verifiedAt()).map((row, _) -> improvement(row)).one();
    }

    static Improvement improvement(ResultSet row) throws SQLException {
        return new Improvement(row.getLong("id"), row.getInt("version"),
                ImprovementState.parse(row.getString("state")).orElseThrow(), row.getString("source"),
                row.getString("reference"), Columns.id(row, "ticket"), row.getString("text"),
                row.getString("analysis"), row.getString("measure"), row.getString("owner"),
                Columns.instant(row, "due"), row.getString("verification"), row.getString("raised_by"),
                Columns.time(row, "raised_at"), Columns.instant(row, "verified_at"));
    }
}
