package io.aftercare.ingest.telemetry;

import io.aftercare.ingest.store.Partitions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Writes a lane's batch in one transaction: samples, attributes, quarantine and what the rules say. Keeps its connection
/// and gives it up when it breaks. The lane's own; blocks; not thread-safe.
public final class LaneStore implements AutoCloseable {
    private static final String DUPLICATE = "23505";

    private final DataSource pool;
    private final Partitions partitions;
    private final SampleTable table = new SampleTable();
    private @Nullable Connection connection;

    /// How the samples are written.
    private enum Way {
        /// Straight: all keys are new.
        COPY,
        /// Some keys are there already.
        MERGE,
        /// The database refuses some rows: each is tried until those are found.
        ISOLATE
    }

    public LaneStore(DataSource pool, Partitions partitions) {
        this.pool = pool;
        this.partitions = partitions;
    }

    /// The connection, opened if need be, in a transaction.
    Connection connection() throws SQLException {
        Connection open = connection;
        if (open == null) {
            open = pool.getConnection();
            open.setAutoCommit(false);
            connection = open;
        }
        return open;
    }

    /// Writes and commits; when it throws, nothing is stored and it can be called again.
    void store(LaneBatch batch) throws SQLException {
        batch.days().forEach(partitions::ensure);
        Way way = Way.COPY;
        while (true) {
            try {
                write(batch, way);
                connection().commit();
                return;
            } catch (SQLException e) {
                rollback(e);
                way = next(way, e);
            }
        }
    }

    private void write(LaneBatch batch, Way way) throws SQLException {
        Connection open = connection();
        Rows rows = batch.rows();
        switch (way) {
            case COPY -> {
                if (rows.count() > 0) {
                    table.copy(open, rows);
                }
                EventTable.write(open, batch.occurrences().all());
            }
            case MERGE -> {
                table.merge(open, rows, 0, rows.count());
                EventTable.write(open, batch.occurrences().all());
            }
            case ISOLATE -> isolate(batch);
        }
        batch.attributes().write(open);
        Quarantine.append(open, batch.quarantine());
        switch (way) {
            case COPY, MERGE -> batch.diagnosis().write(open);
            case ISOLATE -> batch.diagnosis().writeEach(open);
        }
    }

    // Duplicates are merged; other violations of data (classes 22, 23) are found out row by row. What is left is the
    // connection's or the server's trouble, and goes away with time.
    private Way next(Way failed, SQLException e) throws SQLException {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        boolean data = state.startsWith("22") || state.startsWith("23");
        return switch (failed) {
            case COPY -> {
                if (state.equals(DUPLICATE)) {
                    yield Way.MERGE;
                }
                if (data) {
                    partitions.forget();
                    yield Way.ISOLATE;
                }
                throw e;
            }
            case MERGE -> {
                if (data) {
                    yield Way.ISOLATE;
                }
                throw e;
            }
            case ISOLATE -> throw e;
        };
    }

    private void isolate(LaneBatch batch) throws SQLException {
        batch.days().forEach(partitions::ensure);
        List<Integer> poison = new ArrayList<>();
        if (batch.rows().count() > 0) {
            isolate(batch.rows(), 0, batch.rows().count(), poison);
        }
        Set<Integer> messages = poison.stream().map(batch.rows()::message)
                .collect(Collectors.toCollection(
                        TreeSet::new));
        isolate(batch.occurrences(), messages);
        batch.withdraw(messages);
    }

    private void isolate(EventTable.Gathered events, Set<Integer> poison) throws SQLException {
        Connection open = connection();
        for (int i = 0; i < events.all().size(); i++) {
            Savepoint before = open.setSavepoint();
            try {
                EventTable.write(open, List.of(events.all().get(i)));
                open.releaseSavepoint(before);
            } catch (SQLException e) {
                if (!isOfData(e)) {
                    throw e;
                }
                open.rollback(before);
                poison.add(events.message(i));
            }
        }
    }

    private static boolean isOfData(SQLException e) {
        String state = e.getSQLState() == null ? "" : e.getSQLState();
        return state.startsWith("22") || state.startsWith("23");
    }

    private void isolate(Rows rows, int from, int to, List<Integer> poison) throws SQLException {
        Connection open = connection();
        Savepoint before = open.setSavepoint();
        try {
            table.merge(open, rows, from, to);
            open.releaseSavepoint(before);
        } catch (SQLException e) {
            if (!isOfData(e)) {
                throw e;
            }
            open.rollback(before);
            if (to - from == 1) {
                poison.add(from);
                return;
            }
            int middle = (from + to) >>> 1;
            isolate(rows, from, middle, poison);
            isolate(rows, middle, to, poison);
        }
    }

    /// Messages of the batch that the device sent before and that are stored.
    Set<Integer> repeats(Intake messages, Instant now) throws SQLException {
        try {
            Set<Integer> events = EventTable.known(messages, connection());
            Set<Integer> samples = Repeats.in(messages, connection(), now);
            if (events.isEmpty()) {
                return samples;
            }
            events.addAll(samples);
            return events;
        } catch (SQLException e) {
            rollback(e);
            throw e;
        }
    }

    private void rollback(SQLException cause) {
        Connection open = connection;
        if (open == null) {
            return;
        }
        try {
            open.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
            close();
        }
    }

    /// Gives the connection back; the pool looks whether it is still good.
    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw new IllegalStateException("The pool refused its connection back", e);
            }
        }
    }
}
