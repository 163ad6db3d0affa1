package io.aftercare.diagnostics.engine;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Writes the snapshots that are not urgent, in bulk and in the background: losing one means following more stored samples after
/// a restart, no more. At most [#WAITING_MAX] wait; a lane that finds no room offers again later. Thread-safe.
final class SnapshotWriter implements AutoCloseable {
    static final int WAITING_MAX = 2_000;
    private static final Logger LOG = LoggerFactory.getLogger(SnapshotWriter.class);
    private static final int AT_ONCE = 500;
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final Database database;
    private final ArrayBlockingQueue<Snapshot> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final BackgroundLoop loop = new BackgroundLoop("rule-snapshots", EVERY, this::round);

    SnapshotWriter(Database database) {
        this.database = database;
    }

    void start() {
        int swept = SnapshotStore.sweep(database);
        if (swept > 0) {
            LOG.info("Forgot what rules remembered of {} devices that are no more", swept);
        }
        loop.start();
    }

    /// Takes a snapshot to be written soon, if there is room.
    boolean offer(Snapshot snapshot) {
        return waiting.offer(snapshot);
    }

    private boolean round() {
        List<Snapshot> some = new ArrayList<>();
        waiting.drainTo(some, AT_ONCE);
        if (!some.isEmpty()) {
            try {
                database.useTransaction(handle -> SnapshotStore.write(handle.getConnection(), some));
            } catch (SQLException e) {
                throw new IllegalStateException("These snapshots are lost, and made again when they are due",
                        e);
            }
        }
        return some.size() == AT_ONCE;
    }

    /// Writes what waits, and ends.
    @Override
    public void close() {
        loop.close();
        try {
            while (round()) {
                // the rest
            }
        } catch (RuntimeException e) {
            LOG.warn("The last snapshots of rules' memory are not written: {}", e.getMessage());
        }
    }
}
