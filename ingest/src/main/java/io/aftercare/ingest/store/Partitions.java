package io.aftercare.ingest.store;

import io.aftercare.fleet.postgres.Database;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The day partitions (UTC) of `ingest.sample`: made ahead in the background, and otherwise when a day is first met, with
/// the one after it. A day that has been stored long enough becomes a partition of `ingest.frozen` and is dropped once it
/// is packed; then, or when retention has emptied it, its own is small or gone. Their number is bounded by the days
/// since the schema was made, 40 before and 2 ahead. With TimescaleDB there is nothing to do.
///
/// What needs a lock on `ingest.sample` itself waits for it at most [#LOCK_MAX], so that the lanes never queue behind it for
/// longer, and is tried again later. Thread-safe; blocks on the database for a new day.
public final class Partitions {
    /// Length of a partition.
    public static final long DAY_MICROS = 86_400_000_000L;
    private static final long LOCK = 0x706172746974696fL; // "partitio"
    private static final String LOCK_MAX = "250ms";

    private final Database database;
    private final Set<Long> ready = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();

    /// A partition of `ingest.sample` as it lies there.
    ///
    /// @param table with its schema
    /// @param day   null for the one of all that came before the first day
    public record Part(String table, @Nullable LocalDate day, long bytes) {}

    public Partitions(Database database) {
        this.database = database;
    }

    /// Sees to it that the day of this moment can be stored.
    ///
    /// @param day days since 1970 UTC
    public void ensure(long day) {
        if (ready.contains(day)) {
            return;
        }
        lock.lock();
        try {
            make(List.of(day, day + 1));
            ready.add(day);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets what is ready, after somebody else removed a partition.
    public void forget() {
        ready.clear();
    }

    /// Makes the partitions of today and tomorrow.
    public void ensureToday(Instant now) {
        ensure(LocalDate.ofInstant(now, ZoneOffset.UTC).toEpochDay());
    }

    private void make(List<Long> days) {
        database.useTransaction(handle -> {
            hold(handle);
            boolean ours = handle
                    .createQuery("SELECT relkind = 'p' FROM pg_class WHERE oid = 'ingest.sample'::regclass")
                    .mapTo(Boolean.class).one();
            if (ours) {
                days.forEach(day -> make(handle, LocalDate.ofEpochDay(day)));
            }
        });
    }

    private static void hold(Handle handle) {
        handle.createQuery("SELECT pg_advisory_xact_lock(:lock)::text").bind("lock", LOCK).mapTo(String.class)
                .one();
    }

    private static String sample(LocalDate day) {
        return "ingest.sample_" + day.toString().replace("-", "");
    }

    private static String frozen(LocalDate day) {
        return "ingest.frozen_" + day.toString().replace("-", "");
    }

    private static String bounds(LocalDate day) {
        return "FOR VALUES FROM ('" + day + "T00:00:00Z') TO ('" + day.plusDays(1) + "T00:00:00Z')";
    }

    // Attached rather than made in place: attaching does not stop the other lanes' writing.
    private static void make(Handle handle, LocalDate day) {
        String table = sample(day);
        boolean there = handle
                .createQuery(
                        """
                                SELECT to_regclass(:table) IS NOT NULL OR EXISTS (
                                    SELECT FROM pg_class WHERE oid = 'ingest.sample_before'::regclass
                                    AND :day::timestamptz < substring(pg_get_expr(relpartbound, oid) FROM 'TO \\(''(.*)''\\)')::timestamptz)
                                """)
                .bind("table", table).bind("day", day + "T00:00:00Z").mapTo(Boolean.class).one();
        if (!there) {
            attachNew(handle, day);
        }
    }

    private static void attachNew(Handle handle, LocalDate day) {
        String table = sample(day);
        handle.execute("CREATE TABLE " + table
                + " (LIKE ingest.sample INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
        handle.execute("ALTER TABLE ingest.sample ATTACH PARTITION " + table + " " + bounds(day));
    }

    /// The partitions of `parent`, the oldest first.
    List<Part> list(String parent) {
        return database.jdbi()
                .withHandle(handle -> handle
                        .createQuery(
                                """
                                        SELECT 'ingest.' || relname, CASE WHEN relname ~ '_[0-9]{8}$' THEN right(relname, 8)::date END,
                                            pg_relation_size(oid)
                                        FROM pg_inherits JOIN pg_class ON oid = inhrelid WHERE inhparent = :parent::regclass
                                        AND relkind = 'r' ORDER BY 2 NULLS FIRST""")
                        .bind("parent", parent)
                        .map((row, context) -> new Part(row.getString(1), row.getObject(2, LocalDate.class),
                                row.getLong(3)))
                        .list());
    }

    /// Takes a day's rows out of what is written, at once and whole, into `ingest.frozen`. Late samples of the day find a new,
    /// empty partition.
    ///
    /// @throws org.jdbi.v3.core.JdbiException where the lock was not to be had in time: nothing has changed
    void freeze(LocalDate day) {
        String table = sample(day);
        // With a proven constraint PostgreSQL need not look at the rows while it holds the lock.
        database.useTransaction(handle -> {
            limitWaiting(handle);
            handle.execute("ALTER TABLE " + table + " DROP CONSTRAINT IF EXISTS frozen_day");
            handle.execute("ALTER TABLE " + table + " ADD CONSTRAINT frozen_day CHECK (ts >= '" + day
                    + "T00:00:00Z' AND ts < '" + day.plusDays(1) + "T00:00:00Z') NOT VALID");
        });
        database.jdbi().useHandle(
                handle -> handle.execute("ALTER TABLE " + table + " VALIDATE CONSTRAINT frozen_day"));
        database.useTransaction(handle -> {
            limitWaiting(handle);
            hold(handle);
            handle.execute("ALTER TABLE ingest.sample DETACH PARTITION " + table);
            handle.execute(
                    "ALTER TABLE " + table + " RENAME TO " + frozen(day).substring("ingest.".length()));
            handle.execute("ALTER TABLE ingest.frozen ATTACH PARTITION " + frozen(day) + " " + bounds(day));
            attachNew(handle, day);
        });
    }

    /// Drops a frozen day that is packed. The lanes do not notice: they never touch `ingest.frozen`.
    void dropFrozen(Part part) {
        database.useTransaction(handle -> {
            limitWaiting(handle);
            handle.execute("DROP TABLE " + part.table());
        });
    }

    /// Drops a day's partition, with its rows or only where it has none.
    ///
    /// @return whether it is gone
    boolean drop(Part part, boolean withRows) {
        LocalDate day = part.day();
        if (day == null) {
            return false;
        }
        boolean gone = database.inTransaction(handle -> {
            limitWaiting(handle);
            hold(handle);
            // In the lanes' order: the whole before the part.
            handle.execute("LOCK TABLE ONLY ingest.sample IN ACCESS EXCLUSIVE MODE");
            boolean empty = handle.createQuery("SELECT NOT EXISTS (SELECT FROM " + part.table() + ")")
                    .mapTo(Boolean.class).one();
            if (empty || withRows) {
                handle.execute("DROP TABLE " + part.table());
            }
            return empty || withRows;
        });
        if (gone) {
            ready.remove(day.toEpochDay());
        }
        return gone;
    }

    private static void limitWaiting(Handle handle) {
        handle.execute("SET LOCAL lock_timeout = '" + LOCK_MAX + "'");
    }
}
