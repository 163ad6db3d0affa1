package io.aftercare.benchmarks.peer;

import io.aftercare.benchmarks.machine.ProcessTree;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// The most that this PostgreSQL can take: rows of telemetry's own shape by binary COPY into a table with the same key and
/// partitions, a commit every 10,000, with nothing else to do.
public final class RawCopy {
    private static final int ROWS_PER_COMMIT = 10_000;
    private static final String TABLE = "bench.sample";

    private final Postgres postgres;
    private final int devices;

    /// @param devices among which the rows are spread
    public RawCopy(Postgres postgres, int devices) {
        this.postgres = postgres;
        this.devices = devices;
    }

    /// @param clientCpuSeconds of this process, which makes the rows
    public record Result(int connections, long rows, double seconds, double postgresCpuSeconds,
            double clientCpuSeconds) {
        public double perSecond() {
            return rows / seconds;
        }
    }

    /// Loads `rows` over `connections`, each of which has devices of its own. The table is new, and dropped afterwards.
    public Result run(int connections, long rows) throws IOException, SQLException, InterruptedException {
        Instant day = Instant.now().truncatedTo(ChronoUnit.DAYS);
        postgres.execute("CREATE SCHEMA IF NOT EXISTS bench", "DROP TABLE IF EXISTS " + TABLE,
                "CREATE TABLE " + TABLE + " (LIKE ingest.sample INCLUDING ALL) PARTITION BY RANGE (ts)",
                "CREATE TABLE " + TABLE + "_day PARTITION OF " + TABLE + " FOR VALUES FROM ('" + day
                        + "') TO ('" + day.plus(1, ChronoUnit.DAYS) + "')");
        postgres.checkpoint();
        ProcessTree client = new ProcessTree(ProcessHandle.current().pid());
        double clientCpu = client.cpuSeconds();
        double postgresCpu = postgres.processes().cpuSeconds();
        long start = System.nanoTime();
        copy(connections, rows / connections, day.plus(1, ChronoUnit.HOURS));
        double seconds = (System.nanoTime() - start) / 1e9;
        postgresCpu = postgres.processes().cpuSeconds() - postgresCpu;
        clientCpu = client.cpuSeconds() - clientCpu;
        long stored = postgres.number("SELECT count(*) FROM " + TABLE);
        postgres.execute("DROP TABLE " + TABLE);
        return new Result(connections, stored, seconds, postgresCpu, clientCpu);
    }

    private void copy(int connections, long rowsEach, Instant from) throws IOException, InterruptedException {
        List<Future<?>> parts = new ArrayList<>();
        try (ExecutorService writers = Executors.newFixedThreadPool(connections)) {
            int devicesEach = Math.max(1, devices / connections);
            for (int i = 0; i < connections; i++) {
                CopyRows rows = new CopyRows(i * devicesEach + 1, devicesEach, from);
                parts.add(writers.submit(() -> {
                    write(rows, rowsEach);
                    return null;
                }));
            }
            for (Future<?> part : parts) {
                part.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("COPY failed: " + e.getCause(), e);
        }
    }

    private void write(CopyRows rows, long count) throws SQLException {
        try (Connection connection = postgres.connect()) {
            connection.setAutoCommit(false);
            for (long left = count; left > 0; left -= ROWS_PER_COMMIT) {
                byte[] batch = rows.next((int) Math.min(ROWS_PER_COMMIT, left));
                CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI()
                        .copyIn("COPY " + TABLE + " (" + CopyRows.COLUMNS + ") FROM STDIN (FORMAT binary)");
                copy.writeToCopy(batch, 0, batch.length);
                copy.endCopy();
                connection.commit();
            }
        }
    }
}
