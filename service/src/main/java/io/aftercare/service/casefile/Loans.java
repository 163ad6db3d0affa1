package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The register of who has borrowed which archived file, why and until when (R87). Works in the caller's transaction.
final class Loans {
    private static final String SELECT = """
            SELECT id, file, borrower, why, lent_by, lent_at, until, returned_at FROM service.case_file_loan
            """;

    private Loans() {}

    /// @param returnedAt null while it is out
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Loan(String id, String file, String borrower, String why, String lentBy, Instant lentAt,
            Instant until,
            @Nullable Instant returnedAt) {}

    /// Whether somebody reads an archived file without borrowing it: those who answer for all files, and those of its
    /// region or of none in particular.
    static boolean isFree(Principal reader, ArchivedFile file) {
        return reader.has(Role.ADMIN) || reader.region().isEmpty() || reader.region().equals(file.region());
    }

    static boolean has(Handle handle, Principal reader, ArchivedFile file, Instant now) {
        return handle.createQuery("""
                SELECT EXISTS (SELECT 1 FROM service.case_file_loan WHERE file = :file AND borrower = :who
                    AND returned_at IS NULL AND until > :now)""").bind("file", Long.valueOf(file.id()))
                .bind("who", reader.name()).bind("now", now).mapTo(Boolean.class).one();
    }

    static Loan add(Handle handle, ArchivedFile file, String borrower, String why, String lentBy, Instant now,
            Instant until) {
        long id = handle.createUpdate("""
                INSERT INTO service.case_file_loan (file, borrower, why, lent_by, lent_at, until)
                VALUES (:file, :borrower, :why, :by, :now, :until)""").bind("file", Long.valueOf(file.id()))
                .bind("borrower", borrower).bind("why", why).bind("by", lentBy).bind("now", now)
                .bind("until", until).executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        return find(handle, id).orElseThrow();
    }

    static Optional<Loan> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE id = :id").bind("id", id).map((row, _) -> loan(row))
                .findOne();
    }

    /// @return whether it was out
    static boolean giveBack(Handle handle, long id, Instant now) {
        return handle.createUpdate(
                """
                        UPDATE service.case_file_loan SET returned_at = :now WHERE id = :id AND returned_at IS NULL""")
                .bind("now", now).bind("id", id).execute() == 1;
    }

    /// The newest first.
    ///
    /// @param state `out`, `overdue` or `returned`
    static Page<Loan> list(Handle handle, Request request, Optional<String> state, Instant now) {
        int limit = request.limit();
        List<Loan> rows = handle.createQuery(SELECT + """
                WHERE (:state::text IS NULL OR CASE :state WHEN 'returned' THEN returned_at IS NOT NULL
                        WHEN 'overdue' THEN returned_at IS NULL AND until < :now ELSE returned_at IS NULL END)
                    AND (:after::bigint IS NULL OR id < :after) ORDER BY id DESC LIMIT :limit""")
                .bind("state", state.orElse(null)).bind("now", now)
                .bind("after", request.cursorNumber().orElse(null)).bind("limit", limit + 1)
                .map((row, _) -> loan(row)).list();
        return Page.of(rows, limit, Loan::id);
    }

    /// Reminds, once a loan, those who have not given a file back in time.
    ///
    /// @return how many
    static int remind(Handle handle, Instant now) {
        List<Loan> late = handle.createQuery(SELECT + """
                WHERE returned_at IS NULL AND until < :now AND reminded_at IS NULL
                ORDER BY until LIMIT 100 FOR UPDATE SKIP LOCKED""").bind("now", now)
                .map((row, _) -> loan(row))
                .list();
        for (Loan loan : late) {
            var told = Json.object().put("template", "case-file-overdue").putNull("role").putNull("ticket");
            told.putArray("users").add(loan.borrower()).add(loan.lentBy());
            told.putObject("params").put("file", loan.file()).put("until", loan.until().toString())
                    .put("borrower", loan.borrower());
            Outbox.append(handle, "notice.staff", "case-file-loan/" + loan.id() + "/overdue", told);
            handle.createUpdate("UPDATE service.case_file_loan SET reminded_at = :now WHERE id = :id")
                    .bind("now", now).bind("id", Long.valueOf(loan.id())).execute();
        }
        return late.size();
    }

    private static Loan loan(ResultSet row) throws SQLException {
        return new Loan(row.getString("id"), row.getString("file"), row.getString("borrower"),
                row.getString("why"), row.getString("lent_by"), Archive.instant(row, "lent_at"),
                Archive.instant(row, "until"), Columns.instant(row, "returned_at"));
    }
}
