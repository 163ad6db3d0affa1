package io.aftercare.ingest.quarantine;

import io.aftercare.fleet.postgres.Database;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jdbi.v3.core.Handle;

/// Keeps the quarantine within its bounds: what is too old goes, then what a device has too much of, then the oldest of
/// all. What went for want of room is counted: somebody should have looked. Thread-safe; blocks.
public final class Expiry {
    private static final int BATCH = 5000;

    private final Database database;
    private final Limits limits;
    private final Counter aged;
    private final Counter ofDevice;
    private final Counter ofAll;

    /// @param ageMax           since the newest of those that are alike
    /// @param rowsPerDeviceMax rows of one device
    /// @param rowsMax          rows in all
    /// @param bytesMax         payload bytes in all
    public record Limits(Duration ageMax, int rowsPerDeviceMax, int rowsMax, long bytesMax) {
        public Limits {
            if (ageMax.isNegative() || rowsPerDeviceMax < 1 || rowsMax < 1 || bytesMax < 1) {
                throw new IllegalArgumentException("a limit of the quarantine is out of range");
            }
        }

        /// 30 days, 500 rows a device, 100,000 rows and 512 MiB in all.
        public static Limits usual() {
            return new Limits(Duration.ofDays(30), 500, 100_000, 512L << 20);
        }

        /// With another age.
        public Limits within(Duration age) {
            return new Limits(age, rowsPerDeviceMax, rowsMax, bytesMax);
        }
    }

    public Expiry(Database database, Limits limits, MeterRegistry registry) {
        this.database = database;
        this.limits = limits;
        this.aged = counter(registry, "age");
        this.ofDevice = counter(registry, "device");
        this.ofAll = counter(registry, "all");
    }

    private static Counter counter(MeterRegistry registry, String cause) {
        return Counter.builder("aftercare.ingest.quarantine.expired").tag("cause", cause)
                .description("Rows of the quarantine that went by themselves").register(registry);
    }

    /// One round; each of its steps is a transaction of at most [#BATCH] rows.
    ///
    /// @return whether more is left to go
    public boolean round() {
        int old = database.inTransaction(this::age);
        int much = database.inTransaction(this::device);
        int over = database.inTransaction(this::all);
        aged.increment(old);
        ofDevice.increment(much);
        ofAll.increment(over);
        return Math.max(old, Math.max(much, over)) == BATCH;
    }

    private int age(Handle handle) {
        return handle.createUpdate("""
                DELETE FROM ingest.quarantine WHERE id IN (SELECT id FROM ingest.quarantine
                WHERE last_at < now() - make_interval(secs => :age) ORDER BY last_at LIMIT :batch)""")
                .bind("age", limits.ageMax().toSeconds()).bind("batch", BATCH).execute();
    }

    private int device(Handle handle) {
        return handle.createUpdate("""
                DELETE FROM ingest.quarantine WHERE id IN (SELECT id FROM (
                    SELECT id, row_number() OVER (PARTITION BY device ORDER BY last_at DESC, id DESC) AS place
                    FROM ingest.quarantine WHERE device IN
                        (SELECT device FROM ingest.quarantine GROUP BY device HAVING count(*) > :max)) ranked
                WHERE place > :max LIMIT :batch)""").bind("max", limits.rowsPerDeviceMax())
                .bind("batch", BATCH).execute();
    }

    private int all(Handle handle) {
        return handle.createUpdate("""
                DELETE FROM ingest.quarantine WHERE id IN (SELECT id FROM (
                    SELECT id, row_number() OVER newest AS place, sum(least(size, 65536)) OVER newest AS bytes
                    FROM ingest.quarantine WINDOW newest AS (ORDER BY last_at DESC, id DESC)) ranked
                WHERE place > :rows OR bytes > :bytes LIMIT :batch)""").bind("rows", limits.rowsMax())
                .bind("bytes", limits.bytesMax()).bind("batch", BATCH).execute();
    }
}
