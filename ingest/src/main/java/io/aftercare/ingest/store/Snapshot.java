package io.aftercare.ingest.store;

import io.aftercare.fleet.postgres.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// Reading in several queries what the database held at one moment: what is packed meanwhile is neither missed nor seen
/// twice. Partitions change hands outside of snapshots, so they are held where they are first, in the order in which
/// [Partitions] locks them; it waits for readers a moment and then tries later.
final class Snapshot {
    private static final String HOLD = "LOCK TABLE ONLY ingest.sample, ONLY ingest.frozen IN ACCESS SHARE MODE";

    private Snapshot() {}

    /// What is read.
    @FunctionalInterface
    interface Work<T, X extends Exception> {
        T read(Connection connection) throws SQLException, X;
    }

    static <T, X extends Exception> T of(Database database, Work<T, X> work) throws X {
        // A connection of its own, because the caller may be in a transaction, which sees other moments.
        try (Handle own = database.jdbi().open()) {
            return own.<T, X>inTransaction(TransactionIsolationLevel.REPEATABLE_READ, handle -> {
                try (Statement hold = handle.getConnection().createStatement()) {
                    hold.execute(HOLD);
                    return work.read(handle.getConnection());
                } catch (SQLException e) {
                    throw new ConnectionException(e); // as Jdbi's own statements fail
                }
            });
        }
    }
}
