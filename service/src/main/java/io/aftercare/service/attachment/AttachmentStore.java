package io.aftercare.service.attachment;

import io.aftercare.service.attachment.ContentStore.Kept;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// Which files belong to which case. Works in the caller's transaction.
final class AttachmentStore {
    /// Nobody looks through more.
    static final int PER_CASE_MAX = 500;
    private static final String COLUMNS = "id, ticket, name, type, bytes, sha256, person, at";

    private AttachmentStore() {}

    /// The attachment, and whether it is a new one: the same content by the same name is attached once.
    record Added(Attachment attachment, boolean isNew) {}

    static Added add(Handle handle, long ticket, String name, FileType type, Kept kept, String by,
            Instant now) {
        boolean isNew = handle.createUpdate("""
                INSERT INTO service.attachment (ticket, name, type, bytes, sha256, person, at)
                VALUES (:ticket, :name, :type, :bytes, :sha, :by, :now)
                ON CONFLICT (ticket, sha256, name) DO NOTHING""").bind("ticket", ticket).bind("name", name)
                .bind("type", type.media()).bind("bytes", kept.bytes()).bind("sha", kept.sha256())
                .bind("by", by).bind("now", now).execute() == 1;
        return new Added(handle.createQuery("SELECT " + COLUMNS + " FROM service.attachment"
                + " WHERE ticket = :ticket AND sha256 = :sha AND name = :name").bind("ticket", ticket)
                .bind("sha", kept.sha256()).bind("name", name).map((row, _) -> attachment(row)).one(), isNew);
    }

    static List<Attachment> of(Handle handle, long ticket) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.attachment WHERE ticket = :ticket"
                + " ORDER BY id LIMIT :limit").bind("ticket", ticket).bind("limit", PER_CASE_MAX)
                .map((row, _) -> attachment(row)).list();
    }

    static Optional<Attachment> find(Handle handle, long ticket, long id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM service.attachment"
                + " WHERE ticket = :ticket AND id = :id").bind("ticket", ticket).bind("id", id)
                .map((row, _) -> attachment(row)).findOne();
    }

    private static Attachment attachment(ResultSet row) throws SQLException {
        return new Attachment(row.getString("id"), row.getString("ticket"), row.getString("name"),
                row.getString("type"), row.getLong("bytes"), row.getString("sha256"), row.getString("person"),
                row.getTimestamp("at").toInstant());
    }
}
