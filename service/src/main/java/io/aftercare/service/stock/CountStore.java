package io.aftercare.service.stock;

import com.fasterxml.jackson.core.type.TypeReference;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import io.aftercare.service.text.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Counts in the database. Works in the caller's transaction.
final class CountStore {
    private static final TypeReference<List<StockCount.Line>> LINES = new TypeReference<>() {
    };

    private CountStore() {}

    /// A new sheet with everything that is booked there.
    static StockCount open(Handle handle, String location, List<String> parts, String by, Instant now) {
        List<StockCount.Line> lines = handle.createQuery(
                """
                        SELECT part, batch FROM service.stock_balance
                        WHERE location = :location AND quantity > 0 AND (:all OR part = ANY(:parts)) ORDER BY part, batch""")
                .bind("location", location).bind("all", parts.isEmpty())
                .bindArray("parts", String.class, parts)
                .map((row, _) -> new StockCount.Line(row.getString(1), row.getString(2), null, null)).list();
        long id = handle.createUpdate("""
                INSERT INTO service.stock_count (location, state, lines, created_by, created_at)
                VALUES (:location, 'open', :lines::jsonb, :by, :now)""").bind("location", location)
                .bind("lines", Json.text(lines)).bind("by", by).bind("now", now)
                .executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        return lock(handle, id).orElseThrow();
    }

    static Optional<StockCount> find(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.stock_count WHERE id = :id").bind("id", id)
                .map((row, _) -> count(row)).findOne();
    }

    /// The count, and nobody else changes it before the end of the transaction.
    static Optional<StockCount> lock(Handle handle, long id) {
        return handle.createQuery("SELECT * FROM service.stock_count WHERE id = :id FOR UPDATE")
                .bind("id", id)
                .map((row, _) -> count(row)).findOne();
    }

    /// The newest first.
    static Page<StockCount> list(Handle handle, Request request) {
        int limit = request.limit();
        List<StockCount> rows = handle
                .createQuery(
                        """
                                SELECT * FROM service.stock_count WHERE (:location = '' OR location = :location) AND id < :before
                                ORDER BY id DESC LIMIT :limit""")
                .bind("location", request.query("location").orElse(""))
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE)).bind("limit", limit + 1)
                .map((row, _) -> count(row)).list();
        return Page.of(rows, limit, count -> String.valueOf(count.id()));
    }

    static StockCount counted(Handle handle, long id, List<StockCount.Line> lines, String by, Instant now) {
        handle.createUpdate(
                """
                        UPDATE service.stock_count SET version = version + 1, state = 'counted', lines = :lines::jsonb,
                            counted_by = :by, counted_at = :now
                        WHERE id = :id""")
                .bind("id", id).bind("lines", Json.text(lines)).bind("by", by).bind("now", now)
                .execute();
        return find(handle, id).orElseThrow();
    }

    static StockCount decided(Handle handle, long id, boolean approved, String reason, String by,
            Instant now) {
        handle.createUpdate("""
                UPDATE service.stock_count SET version = version + 1, state = :state, reason = :reason,
                    decided_by = :by, decided_at = :now
                WHERE id = :id""").bind("id", id).bind("state", approved ? "approved" : "rejected")
                .bind("reason", reason).bind("by", by).bind("now", now).execute();
        return find(handle, id).orElseThrow();
    }

    private static StockCount count(ResultSet row) throws SQLException {
        return new StockCount(row.getLong("id"), row.getInt("version"), row.getString("location"),
                Kebab.parse(StockCount.State.class, row.getString("state")).orElseThrow(),
                Json.read(row.getString("lines"), LINES), row.getString("created_by"),
                row.getTimestamp("created_at").toInstant(), row.getString("counted_by"),
                instant(row, "counted_at"),
                row.getString("decided_by"), instant(row, "decided_at"), row.getString("reason"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Timestamp at = row.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}
