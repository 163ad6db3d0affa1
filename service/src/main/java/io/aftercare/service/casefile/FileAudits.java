package io.aftercare.service.casefile;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.period.Sampling;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Periodic audits of the archive (R84): a sample is drawn at random, each file compared with its hash and with what the
/// database says now, and what is found is tracked until somebody says what was done. Works in the caller's transaction.
final class FileAudits {
    private final CaseFiles files;

    FileAudits(CaseFiles files) {
        this.files = files;
    }

    /// @param seed       of the draw, so that anybody can repeat it
    /// @param population how many files it was drawn from
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record FileAudit(String id, Instant at, String by, Instant from, Instant to, long seed, int population,
            List<String> files, List<Finding> findings) {}

    /// @param state  `open` until `action` says what was done
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Finding(String id, int version, String audit, @Nullable String file, String text, String state,
            @Nullable String action, String foundBy, Instant foundAt, @Nullable String closedBy,
            @Nullable Instant closedAt) {}

    /// What to audit.
    ///
    /// @param from of the closing of the cases
    record Scope(Instant from, Instant to, int size, long seed) {}

    FileAudit run(Handle handle, Scope scope, String who, Instant now) {
        List<Long> population = handle
                .createQuery(
                        """
                                SELECT id FROM service.case_file WHERE state = 'archived' AND closed_at >= :from AND closed_at < :to
                                ORDER BY id""")
                .bind("from", scope.from()).bind("to", scope.to()).mapTo(Long.class).list();
        List<Long> drawn = Sampling.draw(population, scope.size(), scope.seed());
        long id = handle.createUpdate("""
                INSERT INTO service.case_file_audit (at, made_by, from_at, to_at, seed, population, files)
                VALUES (:now, :who, :from, :to, :seed, :population, :files)""").bind("now", now)
                .bind("who", who)
                .bind("from", scope.from()).bind("to", scope.to()).bind("seed", scope.seed())
                .bind("population", population.size()).bindArray("files", Long.class, drawn)
                .executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        for (long file : drawn) {
            for (String text : examine(handle, file)) {
                add(handle, id, OptionalLong.of(file), text, who, now);
            }
        }
        return find(handle, id).orElseThrow();
    }

    private List<String> examine(Handle handle, long id) {
        ArchivedFile file = Archive.find(handle, id).orElseThrow();
        Optional<byte[]> content = Archive.content(handle, id);
        List<String> found = new ArrayList<>();
        if (content.isEmpty() || !Sha256.hex(content.get()).equals(file.sha256())) {
            found.add("the page of the file has not the hash " + file.sha256());
        }
        boolean newest = Archive.of(handle, Long.parseLong(file.ticket())).getFirst().id().equals(file.id());
        if (newest) {
            files.closed(handle, Long.parseLong(file.ticket())).ifPresent(now -> found
                    .addAll(FileComparison.differences(Archive.documents(handle, id), now.documents())));
        }
        return found;
    }

    static long add(Handle handle, long audit, OptionalLong file, String text, String who, Instant now) {
        return handle.createUpdate("""
                INSERT INTO service.case_file_finding (audit, file, text, found_by, found_at)
                VALUES (:audit, :file, :text, :who, :now)""").bind("audit", audit)
                .bind("file", file.isPresent() ? Long.valueOf(file.getAsLong()) : null).bind("text", text)
                .bind("who", who).bind("now", now).executeAndReturnGeneratedKeys("id").mapTo(Long.class)
                .one();
    }

    static Optional<FileAudit> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.case_file_audit WHERE id = :id").bind("id", id)
                .map((row, _) -> audit(handle, row)).findOne();
    }

    static Page<FileAudit> list(Handle handle, Request request) {
        int limit = request.limit();
        List<FileAudit> rows = handle.createQuery("""
                SELECT * FROM service.case_file_audit WHERE (:after::bigint IS NULL OR id < :after)
                ORDER BY id DESC LIMIT :limit""").bind("after", request.cursorNumber().orElse(null))
                .bind("limit", limit + 1).map((row, _) -> audit(handle, row)).list();
        return Page.of(rows, limit, FileAudit::id);
    }

    static Optional<Finding> finding(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.case_file_finding WHERE id = :id").bind("id", id)
                .map((row, _) -> finding(row)).findOne();
    }

    /// Says what was done about a finding.
    static Finding close(Handle handle, long id, String action, String who, Instant now) {
        int changed = handle
                .createUpdate(
                        """
                                UPDATE service.case_file_finding SET version = version + 1, state = 'closed', action = :action,
                                    closed_by = :who, closed_at = :now WHERE id = :id AND state = 'open'""")
                .bind("action", action).bind("who", who).bind("now", now).bind("id", id).execute();
        Finding finding = finding(handle, id)
                .orElseThrow(() -> Problem.notFound("finding", Long.toString(id)));
        if (changed == 0) {
            throw Problem.conflict("Finding " + id + " is closed already");
        }
        return finding;
    }

    private static FileAudit audit(Handle handle, ResultSet row) throws SQLException {
        long id = row.getLong("id");
        List<Finding> findings = handle.createQuery(
                "SELECT * FROM service.case_file_finding WHERE audit = :id ORDER BY id LIMIT 1000")
                .bind("id", id)
                .map((one, _) -> finding(one)).list();
        List<String> files = new ArrayList<>();
        for (Object file : (Object[]) row.getArray("files").getArray()) {
            files.add(String.valueOf(file));
        }
        return new FileAudit(Long.toString(id), Archive.instant(row, "at"), row.getString("made_by"),
                Archive.instant(row, "from_at"), Archive.instant(row, "to_at"), row.getLong("seed"),
                row.getInt("population"), files, findings);
    }

    private static Finding finding(ResultSet row) throws SQLException {
        return new Finding(row.getString("id"), row.getInt("version"), row.getString("audit"),
                row.getString("file"), row.getString("text"), row.getString("state"), row.getString("action"),
                row.getString("found_by"), Archive.instant(row, "found_at"), row.getString("closed_by"),
                Columns.instant(row, "closed_at"));
    }
}
