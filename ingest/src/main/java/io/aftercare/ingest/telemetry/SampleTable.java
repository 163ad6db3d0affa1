package io.aftercare.ingest.telemetry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// How rows get into `ingest.sample`: straight by COPY, which refuses a key that is there already, or through a staging
/// table that merges, at a third of the speed. Slots that no row of a COPY uses are left out of it. The lane's own; not
/// thread-safe.
final class SampleTable {
    private static final String STAGING = """
            CREATE TEMP TABLE IF NOT EXISTS staging (LIKE ingest.sample,
                ordinal bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DELETE ROWS""";
    private static final String[] COPY = new String[Rows.SLOTS + 1];
    private static final String[] COPY_STAGING = new String[Rows.SLOTS + 1];
    // The first value of a metric at a moment stays; a message sent again changes nothing, and one with other metrics of
    // the same moment adds them.
    private static final String MERGE = "INSERT INTO ingest.sample AS sample (" + columns(Rows.SLOTS)
            + ") SELECT device, ts, page, min(packet)"
            + slots(", (array_agg(v%1$d ORDER BY ordinal) FILTER (WHERE v%1$d IS NOT NULL))[1]", Rows.SLOTS)
            + " FROM pg_temp.staging GROUP BY device, ts, page ON CONFLICT (device, ts, page) DO UPDATE SET "
            + slots(", v%1$d = coalesce(sample.v%1$d, excluded.v%1$d)", Rows.SLOTS).substring(2);

    static {
        for (int width = 0; width <= Rows.SLOTS; width++) {
            COPY[width] = "COPY ingest.sample (" + columns(width) + ") FROM STDIN (FORMAT binary)";
            COPY_STAGING[width] = "COPY pg_temp.staging (" + columns(width) + ") FROM STDIN (FORMAT binary)";
        }
    }

    private final CopyRows encoded = new CopyRows();

    private static String columns(int width) {
        return "device, ts, page, packet" + slots(", v%d", width);
    }

    private static String slots(String each, int width) {
        return IntStream.range(0, width).mapToObj(each::formatted).collect(Collectors.joining());
    }

    /// Fails with SQLState 23505 where a key is there already.
    void copy(Connection connection, Rows rows) throws SQLException {
        send(connection, COPY[rows.width()], rows, 0, rows.count());
    }

    /// Rows `from` to `to`, exclusive, of which some may be stored already or come twice.
    void merge(Connection connection, Rows rows, int from, int to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGING);
            send(connection, COPY_STAGING[rows.width()], rows, from, to);
            statement.execute(MERGE);
            statement.execute("DELETE FROM pg_temp.staging");
        }
    }

    private void send(Connection connection, String sql, Rows rows, int from, int to) throws SQLException {
        encoded.encode(rows, from, to);
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(encoded.bytes(), 0, encoded.size());
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
