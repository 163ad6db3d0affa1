package io.aftercare.diagnostics.fault;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.postgres.Outbox;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/// Writes what lanes decided about faults into the transaction of the samples that decided it, and reads it back at start.
/// Writing the same state twice leaves the same rows.
public final class FaultStore {
    // Another open row of the same device and code can stand only where this process's memory is not the only one; it gives
    // way, so that one open row is left and the lane is never stuck on the unique index.
    private static final String SUPERSEDE = """
            UPDATE diagnostics.fault SET state = 'resolved', cleared_at = last_seen
            WHERE device = ? AND code = ? AND cleared_at IS NULL AND id <> ?""";
    private static final String UPSERT = """
            INSERT INTO diagnostics.fault (id, device, code, severity, state, rule, rule_version, title, first_seen,
                last_seen, last_raised, cleared_at, count, events, flaps, held_until, explain)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb)
            ON CONFLICT (id) DO UPDATE SET severity = excluded.severity, state = excluded.state,
                rule = excluded.rule, rule_version = excluded.rule_version, title = excluded.title,
                last_seen = excluded.last_seen, last_raised = excluded.last_raised, cleared_at = excluded.cleared_at,
                count = excluded.count, events = excluded.events, flaps = excluded.flaps,
                held_until = excluded.held_until, explain = excluded.explain,
                changed_at = now()""";
    private static final String EVENT = """
            INSERT INTO diagnostics.fault_event (fault, n, at, kind, detail, severity)
            VALUES (?, ?, ?, ?, ?::jsonb, ?)
            ON CONFLICT (fault, n) DO NOTHING""";

    private FaultStore() {}

    /// Writes the faults as they stand and the events in their order.
    public static void write(Connection transaction, Collection<TrackedFault> faults, List<FaultEvent> events)
            throws SQLException {
        if (!events.isEmpty()) {
            supersede(transaction, faults);
        }
        if (!faults.isEmpty()) {
            upsert(transaction, faults);
        }
        if (!events.isEmpty()) {
            append(transaction, events);
            Outbox.append(transaction, events.stream()
                    .map(event -> new Outbox.Entry(event.kind().topic(), event.key(), event.payload()))
                    .toList());
        }
    }

    private static void supersede(Connection transaction, Collection<TrackedFault> faults)
            throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(SUPERSEDE)) {
            for (TrackedFault fault : faults) {
                if (fault.open) {
                    update.setString(1, fault.device);
                    update.setString(2, fault.code);
                    update.setString(3, fault.id);
                    update.addBatch();
                }
            }
            update.executeBatch();
        }
    }

    private static void upsert(Connection transaction, Collection<TrackedFault> faults) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(UPSERT)) {
            for (TrackedFault fault : faults) {
                bind(transaction, insert, fault);
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    private static void bind(Connection transaction, PreparedStatement insert, TrackedFault fault)
            throws SQLException {
        insert.setString(1, fault.id);
        insert.setString(2, fault.device);
        insert.setString(3, fault.code);
        insert.setString(4, fault.severity);
        insert.setString(5, fault.state());
        insert.setString(6, fault.rule);
        insert.setInt(7, fault.ruleVersion);
        insert.setString(8, fault.title);
        insert.setObject(9, Micros.time(fault.firstMicros));
        insert.setObject(10, Micros.time(fault.lastSeenMicros));
        insert.setObject(11, Micros.time(fault.lastRaisedMicros));
        if (fault.open) {
            insert.setNull(12, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            insert.setObject(12, Micros.time(fault.clearedMicros));
        }
        insert.setInt(13, fault.count);
        insert.setInt(14, fault.events);
        Array flaps = transaction.createArrayOf("bigint", boxed(fault.flaps));
        insert.setArray(15, flaps);
        insert.setLong(16, fault.heldUntil);
        insert.setString(17, Json.text(fault.explain));
    }

    private static Long[] boxed(long[] values) {
        Long[] boxed = new Long[values.length];
        for (int i = 0; i < values.length; i++) {
            boxed[i] = values[i];
        }
        return boxed;
    }

    private static void append(Connection transaction, List<FaultEvent> events) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(EVENT)) {
            for (FaultEvent event : events) {
                insert.setString(1, event.fault());
                insert.setInt(2, event.n());
                insert.setObject(3, Micros.time(event.at()));
                insert.setString(4, event.kind().text());
                insert.setString(5, Json.text(event.payload().path("values")));
                insert.setString(6, event.severity());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /// Every fault that is open, or changed after `since` by the clock of the server.
    public static void load(Database database, Instant since, Consumer<TrackedFault> into) {
        database.jdbi().useHandle(handle -> handle.createQuery("""
                SELECT f.*, d.number FROM diagnostics.fault f JOIN fleet.device d ON d.id = f.device
                WHERE f.cleared_at IS NULL OR f.changed_at > :since ORDER BY f.first_seen, f.id""")
                .bind("since", since).setFetchSize(1000).map((row, context) -> map(row)).forEach(into));
    }

    /// As [#load], of one device.
    public static void load(Database database, String device, Instant since, Consumer<TrackedFault> into) {
        database.jdbi().useHandle(handle -> handle.createQuery("""
                SELECT f.*, d.number FROM diagnostics.fault f JOIN fleet.device d ON d.id = f.device
                WHERE f.device = :device AND (f.cleared_at IS NULL OR f.changed_at > :since)
                ORDER BY f.first_seen, f.id""").bind("device", device).bind("since", since)
                .map((row, context) -> map(row)).forEach(into));
    }

    private static TrackedFault map(ResultSet row) throws SQLException {
        TrackedFault fault = new TrackedFault(row.getString("id"), row.getInt("number"),
                row.getString("device"),
                row.getString("code"));
        fault.severity = row.getString("severity");
        fault.rule = row.getString("rule");
        fault.ruleVersion = row.getInt("rule_version");
        fault.title = row.getString("title");
        fault.recovering = row.getString("state").equals("recovering");
        fault.writtenRecovering = fault.recovering;
        fault.firstMicros = micros(row, "first_seen");
        fault.lastSeenMicros = micros(row, "last_seen");
        fault.lastRaisedMicros = micros(row, "last_raised");
        fault.writtenMicros = fault.lastSeenMicros;
        fault.open = row.getObject("cleared_at") == null;
        fault.clearedMicros = fault.open ? 0 : micros(row, "cleared_at");
        fault.count = row.getInt("count");
        fault.events = row.getInt("events");
        Long[] flaps = (Long[]) row.getArray("flaps").getArray();
        fault.flaps = Arrays.stream(flaps).mapToLong(Long::longValue).toArray();
        fault.heldUntil = row.getLong("held_until");
        fault.explain = (ObjectNode) Json.parse(row.getString("explain"));
        return fault;
    }

    private static long micros(ResultSet row, String column) throws SQLException {
        return Micros.of(row.getObject(column, OffsetDateTime.class).toInstant());
    }
}
