package io.aftercare.fleet.postgres;

import io.aftercare.fleet.background.BackgroundLoop;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Removes rows that have had their day, in the background and [#BATCH] at a time, so that no single statement holds locks
/// for long. Features add sweeps of their own before [#start].
public final class Housekeeping implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final int BATCH = 5000;

    private final Database database;
    private final List<Sweep> sweeps = new CopyOnWriteArrayList<>();
    private final BackgroundLoop loop;

    private record Sweep(String table, String condition) {}

    /// @param every how long between two rounds, an hour in production
    public Housekeeping(Database database, Duration every) {
        this.database = database;
        this.loop = BackgroundLoop.every(every, "housekeeping",
                () -> LOG.debug("Housekeeping removed {} rows", round()));
        sweep("fleet.outbox", "done_at < now() - interval '7 days'");
        sweep("fleet.session", "expires_at < now()");
        sweep("fleet.idempotency", "made_at < now() - interval '1 day'");
    }

    /// Adds a sweep.
    ///
    /// @param condition SQL, of the rows that may go
    public Housekeeping sweep(String table, String condition) {
        sweeps.add(new Sweep(table, condition));
        return this;
    }

    public void start() {
        loop.start();
    }

    /// One round over all tables.
    ///
    /// @return how many rows went
    int round() {
        int all = 0;
        for (Sweep sweep : sweeps) {
            int gone;
            do {
                gone = remove(sweep);
                all += gone;
            } while (gone == BATCH && !loop.isClosing());
        }
        return all;
    }

    private int remove(Sweep sweep) {
        return database.inTransaction(handle -> handle.createUpdate("DELETE FROM " + sweep.table()
                + " WHERE ctid = ANY(ARRAY(SELECT ctid FROM " + sweep.table() + " WHERE " + sweep.condition()
                + " LIMIT :batch FOR UPDATE SKIP LOCKED))").bind("batch", BATCH).execute());
    }

    /// Ends after the batch in work.
    @Override
    public void close() {
        loop.close();
    }
}
