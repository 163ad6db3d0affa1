package io.aftercare.service.casefile;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.people.Role;
import io.aftercare.fleet.postgres.Columns;
import io.aftercare.service.ticket.Ticket;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Archived files in the database: the page as it was frozen, what it says as data, and the register. Works in the caller's
/// transaction.
final class Archive {
    private static final TypeReference<List<CaseFile.Entry>> ENTRIES = new TypeReference<>() {
    };
    private static final String SELECT = """
            SELECT f.id, f.version, f.ticket, f.revision, f.state, f.class, f.customer, f.device, f.region, f.outlet,
                f.opened_at, f.closed_at, f.archived_at, f.custodian, f.keep_until, f.sha256, f.bytes, f.destroyed_at
            FROM service.case_file f
            """;

    private static final String DUE = """
            f.state = 'archived' AND f.keep_until < :now
            AND NOT EXISTS (SELECT 1 FROM service.case_file_loan l WHERE l.file = f.id AND l.returned_at IS NULL)
            AND NOT EXISTS (SELECT 1 FROM service.case_file_finding n WHERE n.file = f.id AND n.state = 'open')
            """;

    private Archive() {}

    /// Keeps the page of a case that was closed just now.
    static ArchivedFile add(Handle handle, Ticket ticket, CaseFile file, byte[] page, FileClasses.Rule rule,
            Instant now) {
        long id = handle
                .createUpdate(
                        """
                                INSERT INTO service.case_file (ticket, revision, state, class, customer, device, region, outlet,
                                    opened_at, closed_at, archived_at, custodian, keep_until, sha256, bytes, content, documents)
                                SELECT :ticket, 1 + coalesce(max(f.revision), 0), 'archived', :class, :customer, :device,
                                    coalesce(max(d.region), ''), coalesce(max(d.outlet), ''), :opened, :now, :now, :custodian, :keep,
                                    :sha256, :bytes, :content, :documents::jsonb
                                FROM (VALUES (1)) one LEFT JOIN service.case_file f ON f.ticket = :ticket
                                    LEFT JOIN fleet.device d ON d.id = :device""")
                .bind("ticket", ticket.id()).bind("class", file.kind().text())
                .bind("customer", file.customer())
                .bind("device", file.device()).bind("opened", file.openedAt()).bind("now", now)
                .bind("custodian", rule.custodian()).bind("keep", now.plus(rule.keep()))
                .bind("sha256", Sha256.hex(page)).bind("bytes", page.length).bind("content", page)
                .bind("documents", Json.text(file.documents()))
                .executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        return find(handle, id).orElseThrow();
    }

    static List<ArchivedFile> of(Handle handle, long ticket) {
        return handle.createQuery(SELECT + "WHERE f.ticket = :ticket ORDER BY f.revision DESC LIMIT 100")
                .bind("ticket", ticket).map((row, _) -> file(row)).list();
    }

    static Optional<ArchivedFile> find(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE f.id = :id").bind("id", id).map((row, _) -> file(row))
                .findOne();
    }

    static Optional<ArchivedFile> lock(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE f.id = :id FOR UPDATE").bind("id", id)
                .map((row, _) -> file(row)).findOne();
    }

    /// The page, byte for byte; empty where it was destroyed.
    static Optional<byte[]> content(Handle handle, long id) {
        return handle
                .createQuery("SELECT content FROM service.case_file WHERE id = :id AND content IS NOT NULL")
                .bind("id", id).mapTo(byte[].class).findOne();
    }

    /// What the page says, as data.
    static List<CaseFile.Entry> documents(Handle handle, long id) {
        return handle.createQuery("SELECT documents FROM service.case_file WHERE id = :id").bind("id", id)
                .map((row, _) -> {
                    String text = row.getString(1);
                    return text == null ? List.<CaseFile.Entry>of() : Json.read(text, ENTRIES);
                }).one();
    }

    /// By class, customer and date (R85), the newest first. A partner finds those of its outlet alone.
    static Page<ArchivedFile> list(Handle handle, Request request, Optional<Instant> from,
            Optional<Instant> to) {
        int limit = request.limit();
        Principal who = request.principal();
        List<ArchivedFile> rows = handle.createQuery(SELECT + """
                WHERE (:class::text IS NULL OR f.class = :class)
                    AND (:customer::text IS NULL OR f.customer = :customer)
                    AND (:state::text IS NULL OR f.state = :state)
                    AND (:device::text IS NULL OR f.device = :device)
                    AND (:from::timestamptz IS NULL OR f.closed_at >= :from)
                    AND (:to::timestamptz IS NULL OR f.closed_at < :to)
                    AND (NOT :partner OR f.outlet = :outlet AND f.outlet <> '')
                    AND (:after::bigint IS NULL OR f.id < :after)
                ORDER BY f.id DESC LIMIT :limit""")
                .bind("class", request.query("class").orElse(null))
                .bind("customer", request.query("customer").orElse(null))
                .bind("state", request.query("state").orElse(null))
                .bind("device", request.query("device").orElse(null)).bind("from", from.orElse(null))
                .bind("to", to.orElse(null)).bind("partner", who.has(Role.PARTNER))
                .bind("outlet", who.outlet())
                .bind("after", request.cursorNumber().orElse(null)).bind("limit", limit + 1)
                .map((row, _) -> file(row)).list();
        return Page.of(rows, limit, ArchivedFile::id);
    }

    static ArchivedFile change(Handle handle, ArchivedFile file, String custodian, Instant keepUntil) {
        long id = Long.parseLong(file.id());
        handle.createUpdate("""
                UPDATE service.case_file SET version = version + 1, custodian = :custodian, keep_until = :keep
                WHERE id = :id""").bind("custodian", custodian).bind("keep", keepUntil).bind("id", id)
                .execute();
        return find(handle, id).orElseThrow();
    }

    /// Files whose time is over and that nothing holds back: no loan, no finding that is still open.
    static List<Long> due(Handle handle, Instant now, int limit) {
        return handle.createQuery("SELECT f.id FROM service.case_file f WHERE " + DUE
                + " ORDER BY f.keep_until LIMIT :limit").bind("now", now).bind("limit", limit)
                .mapTo(Long.class).list();
    }

    static boolean isDue(Handle handle, long id, Instant now) {
        return handle.createQuery("SELECT count(*) FROM service.case_file f WHERE f.id = :id AND " + DUE)
                .bind("id", id).bind("now", now).mapTo(Integer.class).one() == 1;
    }

    /// Forgets what the file says; that it was there, and its hash, stay as the record of its destruction.
    static ArchivedFile destroy(Handle handle, long id, Instant now) {
        handle.createUpdate("""
                UPDATE service.case_file SET version = version + 1, state = 'destroyed', destroyed_at = :now,
                    content = NULL, documents = NULL WHERE id = :id""").bind("now", now).bind("id", id)
                .execute();
        return find(handle, id).orElseThrow();
    }

    private static ArchivedFile file(ResultSet row) throws SQLException {
        return new ArchivedFile(row.getString("id"), row.getInt("version"), row.getString("ticket"),
                row.getInt("revision"), row.getString("state"),
                FileClass.parse(row.getString("class")).orElseThrow(), row.getString("customer"),
                row.getString("device"), row.getString("region"), row.getString("outlet"),
                instant(row, "opened_at"), instant(row, "closed_at"), instant(row, "archived_at"),
                row.getString("custodian"), instant(row, "keep_until"), row.getString("sha256"),
                row.getInt("bytes"), Columns.instant(row, "destroyed_at"));
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getTimestamp(column).toInstant();
    }
}
