package io.aftercare.ingest.telemetry;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.Set;

/// Finds messages without a time of their own that are stored already. A message with a time is known again by its key;
/// one without is known by its packet identifier and a hash of its payload, looked for only where the device itself says
/// that it sends it again (MQTT's DUP flag), among the newest [#WINDOW] rows of its last hour.
///
/// The limit of this: a device that gives packet identifiers out anew within that window, and sends the very same
/// payload with the very same identifier for the first time, loses its first sending and keeps its DUP flag, is taken
/// for repeating itself. Devices for which that matters send `ts`.
final class Repeats {
    /// More than a device may have in flight.
    private static final int WINDOW = 2048;
    private static final long HOUR_SECONDS = 3600;
    private static final String STORED = """
            SELECT d.device, s.packet FROM unnest(?) AS d (device) CROSS JOIN LATERAL (
                SELECT packet FROM ingest.sample WHERE device = d.device AND ts > ? ORDER BY ts DESC LIMIT ?) s
            WHERE s.packet IS NOT NULL""";

    private Repeats() {}

    /// Message indexes of `batch` that repeat what is stored or what the batch itself has before them.
    static Set<Integer> in(Intake batch, Connection connection, Instant now) throws SQLException {
        Set<Integer> devices = new HashSet<>();
        for (int i = 0; i < batch.count(); i++) {
            if (batch.dup(i)) {
                devices.add(batch.source(i).device().number());
            }
        }
        if (devices.isEmpty()) {
            return Set.of();
        }
        Set<Long> known = stored(connection, devices, now);
        Set<Integer> repeats = new HashSet<>();
        for (int i = 0; i < batch.count(); i++) {
            if (batch.qos(i) > 0 && batch.event(i) == null) {
                boolean first = known.add(key(batch.source(i).device().number(), batch.fingerprint(i)));
                if (!first && batch.dup(i)) {
                    repeats.add(i);
                }
            }
        }
        return repeats;
    }

    private static Set<Long> stored(Connection connection, Set<Integer> devices, Instant now)
            throws SQLException {
        Array numbers = connection.createArrayOf("int4", devices.toArray());
        try (PreparedStatement query = connection.prepareStatement(STORED)) {
            query.setArray(1, numbers);
            query.setObject(2, now.minusSeconds(HOUR_SECONDS).atOffset(ZoneOffset.UTC));
            query.setInt(3, WINDOW);
            Set<Long> known = new HashSet<>();
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                known.add(key(rows.getInt(1), rows.getInt(2)));
            }
            return known;
        }
    }

    private static long key(int device, int fingerprint) {
        return (long) device << 32 | fingerprint & 0xffffffffL;
    }
}
