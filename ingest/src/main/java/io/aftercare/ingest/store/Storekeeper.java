package io.aftercare.ingest.store;

import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.postgres.Database;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks after what is stored, in the background on plain PostgreSQL: makes partitions ahead, compresses days that are over,
/// brings late samples to where their day is, drops what is beyond its retention. Everything is done in small steps, each
/// of which can be the last one; between two it rests as long as the step took, so that it never takes more than half
/// of a core from those who write. Thread-safe.
public final class Storekeeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Storekeeper.class);
    private static final Duration EVERY = Duration.ofMinutes(1);
    private static final int ROWS_PER_STEP = 100_000;
    /// A larger day is frozen and dropped whole; of a smaller one, such as late samples, the rows are deleted.
    private static final long FREEZE_BYTES_MIN = 64L << 20;
    private static final int SWEEP_ROWS = 5000;
    private static final int LATE_DAYS = 3;

    private final Database database;
    private final Partitions partitions;
    private final Packer packer;
    private final Retention retention;
    private final InstantSource clock;
    private final long freezeBytesMin;
    private final BackgroundLoop loop;
    private final CountDownLatch closing = new CountDownLatch(1);

    public Storekeeper(Database database, Partitions partitions, Retention retention, InstantSource clock) {
        this(database, partitions, retention, clock, new Steps(ROWS_PER_STEP, FREEZE_BYTES_MIN));
    }

    /// How large a step is.
    record Steps(int rows, long freezeBytesMin) {}

    Storekeeper(Database database, Partitions partitions, Retention retention, InstantSource clock,
            Steps steps) {
        this.database = database;
        this.partitions = partitions;
        this.packer = new Packer(database, steps.rows());
        this.freezeBytesMin = steps.freezeBytesMin();
        this.retention = retention;
        this.clock = clock;
        this.loop = new BackgroundLoop("storekeeper", EVERY, this::roundWhereItIsOurs);
    }

    public void start() {
        loop.start();
    }

    // Where two backends share a database, a step of one fails or finds nothing where the other was: no harm done.
    private boolean roundWhereItIsOurs() throws InterruptedException {
        try {
            round();
        } catch (SQLException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
        return false;
    }

    /// Does everything that is due now.
    public void round() throws InterruptedException, SQLException {
        Instant now = clock.instant();
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        partitions.ensureToday(now);
        if (retention.compressAfter().isPresent()) {
            packFrozen(today);
            LocalDate open = LocalDate.ofInstant(now.minus(retention.compressAfter().get()), ZoneOffset.UTC);
            for (Partitions.Part part : partitions.list("ingest.sample")) {
                LocalDate day = part.day();
                if (part.bytes() > 0 && (day == null || day.isBefore(open))) {
                    pack(part, today);
                }
            }
        }
        forget(today);
    }

    private void packFrozen(LocalDate today) throws InterruptedException, SQLException {
        for (Partitions.Part part : partitions.list("ingest.frozen")) {
            List<Packer.Range> ranges = packer.ranges(part.table());
            for (Packer.Range range : ranges) {
                step(() -> packer.copy(part.table(), range, keptFrom(part.day(), today), rawCutoff(today)));
            }
            if (isOpen()) {
                partitions.dropFrozen(part);
                LOG.info("{} is compressed ({} MiB of rows)", part.day(), part.bytes() >> 20);
            }
        }
    }

    private void pack(Partitions.Part part, LocalDate today) throws InterruptedException, SQLException {
        LocalDate day = part.day();
        if (day != null && part.bytes() >= freezeBytesMin && isOpen()) {
            try {
                partitions.freeze(day);
            } catch (JdbiException e) {
                LOG.debug("{} is compressed later: {}", day, e.getMessage());
                return;
            }
            packFrozen(today);
            return;
        }
        for (Packer.Range range : packer.ranges(part.table())) {
            step(() -> packer.move(part.table(), range, keptFrom(day, today), rawCutoff(today)));
        }
    }

    // What comes late is kept as long as if it had been measured when it came.
    private LocalDate keptFrom(@Nullable LocalDate day, LocalDate today) {
        LocalDate usual = today
                .minusDays(retention.compressAfter().orElse(Duration.ZERO).toDays() + LATE_DAYS);
        return day == null || day.isBefore(usual) ? today : day;
    }

    private LocalDate rawCutoff(LocalDate today) {
        return Retention.cutoff(today, retention.raw());
    }

    private void forget(LocalDate today) {
        sweep("ingest.segment", "kept_from < '" + rawCutoff(today) + "'");
        for (Level level : Level.values()) {
            sweep("ingest.rollup", "level = " + level.number() + " AND kept_from < '"
                    + Retention.cutoff(today, retention.of(level)) + "'");
        }
        boolean withRows = retention.compressAfter().isEmpty();
        if (withRows) {
            sweep("ingest.sample_before", "ts < '" + rawCutoff(today) + "'");
        }
        for (Partitions.Part part : partitions.list("ingest.sample")) {
            LocalDate day = part.day();
            if (day != null && day.isBefore(rawCutoff(today)) && isOpen()) {
                try {
                    partitions.drop(part, withRows);
                } catch (JdbiException e) {
                    LOG.debug("{} is dropped later: {}", part.table(), e.getMessage());
                }
            }
        }
    }

    private void sweep(String table, String condition) {
        int gone = SWEEP_ROWS;
        while (gone == SWEEP_ROWS && isOpen()) {
            gone = database.jdbi().withHandle(handle -> handle.execute("DELETE FROM " + table
                    + " WHERE ctid = ANY(ARRAY(SELECT ctid FROM " + table + " WHERE " + condition + " LIMIT "
                    + SWEEP_ROWS + "))"));
        }
    }

    /// A bounded piece of work.
    @FunctionalInterface
    private interface Step {
        void run() throws SQLException;
    }

    private void step(Step step) throws SQLException, InterruptedException {
        if (isOpen()) {
            long begun = System.nanoTime();
            step.run();
            var _ = closing.await(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        }
    }

    private boolean isOpen() {
        return closing.getCount() > 0;
    }

    /// Ends after the step in work.
    @Override
    public void close() {
        closing.countDown();
        loop.close();
    }
}
