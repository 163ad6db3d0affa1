package io.aftercare.ingest.store;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.postgresql.PGStatement;

/// Rows of `ingest.sample`'s shape as they come from the database. Not thread-safe.
final class RowCursor implements SampleCursor {
    /// What is selected. A double holds seconds and microseconds of any time up to the year 2106 exactly, and costs the server
    /// a tenth of `extract`, which computes in decimals.
    static final String COLUMNS = "date_part('epoch', ts) AS epoch, " + IntStream.range(0, Slots.COUNT)
            .mapToObj(slot -> "v" + slot).collect(Collectors.joining(", "));
    private static final int FETCH_ROWS = 2000;

    private final ResultSet rows;
    private final int firstColumn;
    private final double[] values = new double[Slots.COUNT];
    private long micros;
    private int present;

    /// @param firstColumn where in the rows [#COLUMNS] begin
    RowCursor(ResultSet rows, int firstColumn) {
        this.rows = rows;
        this.firstColumn = firstColumn;
    }

    /// Lets the rows come a few thousand at a time, in binary.
    static <S extends Statement> S streaming(S statement) throws SQLException {
        statement.setFetchSize(FETCH_ROWS);
        statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        return statement;
    }

    @Override
    public boolean next() throws SQLException {
        if (!rows.next()) {
            return false;
        }
        take();
        return true;
    }

    /// Reads the row on which the rows stand.
    void take() throws SQLException {
        micros = Math.round(rows.getDouble(firstColumn) * 1e6);
        present = 0;
        for (int slot = 0; slot < Slots.COUNT; slot++) {
            double value = rows.getDouble(firstColumn + 1 + slot);
            if (!rows.wasNull()) {
                values[slot] = value;
                present |= 1 << slot;
            }
        }
    }

    @Override
    public long micros() {
        return micros;
    }

    @Override
    public int present() {
        return present;
    }

    @Override
    public double value(int slot) {
        return values[slot];
    }
}
