package io.aftercare.service.stock;

import io.aftercare.fleet.http.Page;
import io.aftercare.fleet.http.Request;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The ledger's lines in the database. Works in the caller's transaction.
final class Movements {
    private static final String SELECT = """
            SELECT m.id, m.at, m.part, m.batch, m.source, m.target, m.quantity, m.reason, m.reference, m.unit_cost,
                m.actor, m.reverses, r.id AS reversed_by
            FROM service.stock_movement m LEFT JOIN service.stock_movement r ON r.reverses = m.id""";

    private Movements() {}

    static Movement insert(Handle handle, Posting posting, BigDecimal unitCost, String actor, Instant now) {
        String batch = posting.batch() == null ? "" : posting.batch();
        long id = handle.createUpdate(
                """
                        INSERT INTO service.stock_movement (at, part, batch, source, target, quantity, reason, reference,
                            unit_cost, actor, reverses)
                        VALUES (:at, :part, :batch, :from, :to, :quantity, :reason, :reference, :cost, :actor, :reverses)""")
                .bind("at", now).bind("part", posting.part()).bind("batch", batch)
                .bind("from", posting.from())
                .bind("to", posting.to()).bind("quantity", posting.quantity())
                .bind("reason", posting.reason().text()).bind("reference", posting.reference())
                .bind("cost", unitCost).bind("actor", actor).bind("reverses", posting.reverses())
                .executeAndReturnGeneratedKeys("id").mapTo(Long.class).one();
        return new Movement(id, now, posting.part(), batch, posting.from(), posting.to(), posting.quantity(),
                posting.reason(), posting.reference(), unitCost, actor, posting.reverses(), null);
    }

    static Optional<Movement> find(Handle handle, long id) {
        return handle.createQuery(SELECT + " WHERE m.id = :id").bind("id", id).map((row, _) -> movement(row))
                .findOne();
    }

    /// What a piece was bought for: at the newest delivery of its batch, else as the catalogue says.
    static BigDecimal cost(Handle handle, String part, String batch) {
        return handle
                .createQuery(
                        """
                                SELECT coalesce((SELECT m.unit_cost FROM service.stock_movement m
                                    WHERE m.part = p.code AND m.batch = :batch AND m.reason = 'receive' ORDER BY m.id DESC LIMIT 1),
                                    p.purchase_price)
                                FROM service.part p WHERE p.code = :part""")
                .bind("part", part).bind("batch", batch)
                .mapTo(BigDecimal.class).one();
    }

    /// The newest first.
    static Page<Movement> list(Handle handle, Request request) {
        int limit = request.limit();
        List<Movement> rows = handle
                .createQuery(
                        SELECT + """
                                 WHERE (:part = '' OR m.part = :part) AND (:location = '' OR :location IN (m.source, m.target))
                                    AND (:reason = '' OR m.reason = :reason) AND (:reference = '' OR m.reference = :reference)
                                    AND m.id < :before
                                ORDER BY m.id DESC LIMIT :limit""")
                .bind("part", request.query("part").orElse(""))
                .bind("location", request.query("location").orElse(""))
                .bind("reason", request.query("reason").orElse(""))
                .bind("reference", request.query("reference").orElse(""))
                .bind("before", request.cursorNumber().orElse(Long.MAX_VALUE)).bind("limit", limit + 1)
                .map((row, _) -> movement(row)).list();
        return Page.of(rows, limit, movement -> String.valueOf(movement.id()));
    }

    private static Movement movement(ResultSet row) throws SQLException {
        return new Movement(row.getLong("id"), row.getTimestamp("at").toInstant(), row.getString("part"),
                row.getString("batch"), row.getString("source"), row.getString("target"),
                row.getInt("quantity"),
                Reason.parse(row.getString("reason")), row.getString("reference"),
                row.getBigDecimal("unit_cost"), row.getString("actor"), number(row, "reverses"),
                number(row, "reversed_by"));
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long number = row.getLong(column);
        return row.wasNull() ? null : number;
    }
}
