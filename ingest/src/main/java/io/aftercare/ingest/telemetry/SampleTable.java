package io.aftercare.ingest.telemetry;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/// How rows get into `ingest.sample`: straight by COPY, which refuses a key that is there already, or through a staging
/// table that merges, at a third of the speed.
final class SampleTable {
    private static final byte[] HEADER = {'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0,
            0, 0, 0, 0, 0, 0, 0};
    private static final byte[] TRAILER = {-1, -1};
    private static final String SLOTS = slots("v%d");
    private static final String COLUMNS = "device, ts, page, packet, " + SLOTS;
    private static final String COPY = "COPY ingest.sample (" + COLUMNS + ") FROM STDIN (FORMAT binary)";
    private static final String STAGING = """
            CREATE TEMP TABLE IF NOT EXISTS staging (LIKE ingest.sample,
                ordinal bigint GENERATED ALWAYS AS IDENTITY) ON COMMIT DELETE ROWS""";
    private static final String COPY_STAGING = "COPY pg_temp.staging (" + COLUMNS
            + ") FROM STDIN (FORMAT binary)";
    // The first value of a metric at a moment stays; a message sent again changes nothing, and one with other metrics of
    // the same moment adds them.
    private static final String MERGE = "INSERT INTO ingest.sample AS sample (" + COLUMNS
            + ") SELECT device, ts, page, min(packet), "
            + slots("(array_agg(v%1$d ORDER BY ordinal) FILTER (WHERE v%1$d IS NOT NULL))[1]")
            + " FROM pg_temp.staging GROUP BY device, ts, page ON CONFLICT (device, ts, page) DO UPDATE SET "
            + slots("v%1$d = coalesce(sample.v%1$d, excluded.v%1$d)");

    private SampleTable() {}

    private static String slots(String each) {
        return IntStream.range(0, Rows.SLOTS).mapToObj(each::formatted).collect(Collectors.joining(", "));
    }

    /// Fails with SQLState 23505 where a key is there already.
    static void copy(Connection connection, Rows rows) throws SQLException {
        send(connection, COPY, rows, 0, rows.count());
    }

    /// Rows `from` to `to`, exclusive, of which some may be stored already or come twice.
    static void merge(Connection connection, Rows rows, int from, int to) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(STAGING);
            send(connection, COPY_STAGING, rows, from, to);
            statement.execute(MERGE);
            statement.execute("DELETE FROM pg_temp.staging");
        }
    }

    private static void send(Connection connection, String sql, Rows rows, int from, int to)
            throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(HEADER, 0, HEADER.length);
            copy.writeToCopy(rows.bytes(), rows.start(from), rows.start(to) - rows.start(from));
            copy.writeToCopy(TRAILER, 0, TRAILER.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }
}
