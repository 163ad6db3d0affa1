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

/// The day partitions (UTC) of `ingest.sample`, made when a day is first met, with the one after it, so that midnight
/// finds its partition ready. Their number is bounded by the days since the schema was made, 40 before and 2 ahead.
/// With TimescaleDB there is nothing to do. Thread-safe; blocks on the database for a new day.
public final class Partitions {
    /// Length of a partition.
    public static final long DAY_MICROS = 86_400_000_000L;
    private static final long LOCK = 0x706172746974696fL; // "partitio"

    private final Database database;
    private final Set<Long> ready = ConcurrentHashMap.newKeySet();
    private final ReentrantLock lock = new ReentrantLock();

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
            handle.createQuery("SELECT pg_advisory_xact_lock(:lock)::text").bind("lock", LOCK)
                    .mapTo(String.class).one();
            boolean ours = handle
                    .createQuery("SELECT relkind = 'p' FROM pg_class WHERE oid = 'ingest.sample'::regclass")
                    .mapTo(Boolean.class).one();
            if (ours) {
                days.forEach(day -> make(handle, LocalDate.ofEpochDay(day)));
            }
        });
    }

    // Attached rather than made in place: attaching does not stop the other lanes' writing.
    private static void make(Handle handle, LocalDate day) {
        String table = "ingest.sample_" + day.toString().replace("-", "");
        boolean there = handle
                .createQuery(
                        """
                                SELECT to_regclass(:table) IS NOT NULL OR EXISTS (
                                    SELECT FROM pg_class WHERE oid = 'ingest.sample_before'::regclass
                                    AND :day::timestamptz < substring(pg_get_expr(relpartbound, oid) FROM 'TO \\(''(.*)''\\)')::timestamptz)
                                """)
                .bind("table", table).bind("day", day + "T00:00:00Z").mapTo(Boolean.class).one();
        if (!there) {
            handle.execute("CREATE TABLE " + table
                    + " (LIKE ingest.sample INCLUDING DEFAULTS INCLUDING CONSTRAINTS)");
            handle.execute("ALTER TABLE ingest.sample ATTACH PARTITION " + table + " FOR VALUES FROM ('" + day
                    + "T00:00:00Z') TO ('" + day.plusDays(1) + "T00:00:00Z')");
        }
    }
}
