package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Snapshots as rows: one a device, the newest.
final class SnapshotStore {
    private static final String UPSERT = """
            INSERT INTO diagnostics.device_state AS s (device, n, fingerprint, covered, wake_at, state)
            VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (device) DO UPDATE SET n = excluded.n, fingerprint = excluded.fingerprint,
                covered = excluded.covered, wake_at = excluded.wake_at, state = excluded.state, saved_at = now()
            WHERE s.n < excluded.n""";

    private SnapshotStore() {}

    /// Writes snapshots into a transaction; one that is older than what is there is passed over. Of several of a device the newest is
    /// written: a statement may touch a row once only, and the driver makes one statement of many.
    static void write(Connection transaction, Collection<Snapshot> snapshots) throws SQLException {
        if (snapshots.isEmpty()) {
            return;
        }
        Map<Integer, Snapshot> newest = new HashMap<>();
        for (Snapshot snapshot : snapshots) {
            newest.merge(snapshot.device(), snapshot, (a, b) -> a.n() > b.n() ? a : b);
        }
        try (PreparedStatement insert = transaction.prepareStatement(UPSERT)) {
            for (Snapshot snapshot : newest.values()) {
                insert.setInt(1, snapshot.device());
                insert.setLong(2, snapshot.n());
                insert.setLong(3, snapshot.fingerprint());
                insert.setLong(4, snapshot.covered());
                insert.setLong(5, snapshot.wakeAt());
                insert.setBytes(6, snapshot.state());
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    static Optional<Snapshot> find(Database database, int device) {
        return database.jdbi().withHandle(handle -> handle
                .createQuery(
                        "SELECT * FROM diagnostics.device_state WHERE device = :device")
                .bind("device", device)
                .map((row, _) -> new Snapshot(device, row.getLong("n"), row.getLong("fingerprint"),
                        row.getLong("covered"), row.getLong("wake_at"), row.getBytes("state")))
                .findOne());
    }

    /// Forgets those of devices that are no more.
    static int sweep(Database database) {
        return database.jdbi().withHandle(handle -> handle.createUpdate("""
                DELETE FROM diagnostics.device_state s
                WHERE NOT EXISTS (SELECT FROM fleet.device d WHERE d.number = s.device)""").execute());
    }
}
