package io.aftercare.ingest.store;

import io.aftercare.fleet.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Turns rows into segments, a range of devices at a time, each range one transaction: a stop at any point leaves every
/// sample in exactly one place, or (where the day is frozen) also still in the frozen table, whose rows are then merged
/// again and change nothing. Whoever reads meanwhile takes all places together. One thread at a time.
final class Packer {
    private final Database database;
    private final SegmentWriter writer = new SegmentWriter();
    private final int rowsPerStep;

    /// Devices `from` to `to`, both inclusive.
    record Range(int from, int to) {}

    /// @param rowsPerStep about how many rows one transaction handles
    Packer(Database database, int rowsPerStep) {
        this.database = database;
        this.rowsPerStep = rowsPerStep;
    }

    /// The devices that have rows in `table`, in ranges of about as many rows as a step handles.
    List<Range> ranges(String table) {
        return database.jdbi().withHandle(handle -> {
            List<Range> ranges = new ArrayList<>();
            int[] open = {0, 0, 0}; // from, to, rows
            handle.createQuery(
                    "SELECT device, count(*)::int FROM " + table + " GROUP BY device ORDER BY device")
                    .map((row, context) -> new int[]{row.getInt(1), row.getInt(2)}).forEach(device -> {
                        if (open[2] > 0 && open[2] + device[1] > rowsPerStep) {
                            ranges.add(new Range(open[0], open[1]));
                            open[2] = 0;
                        }
                        open[0] = open[2] == 0 ? device[0] : open[0];
                        open[1] = device[0];
                        open[2] += device[1];
                    });
            if (open[2] > 0) {
                ranges.add(new Range(open[0], open[1]));
            }
            return ranges;
        });
    }

    /// Packs a range of a frozen table, whose rows stay.
    void copy(String table, Range range, LocalDate today, LocalDate rawCutoff) throws SQLException {
        pack("SELECT " + GroupedRows.COLUMNS + " FROM " + table
                + " WHERE device BETWEEN ? AND ? ORDER BY device, page, ts", range, today, rawCutoff);
    }

    /// Packs a range of a table that is still written, and takes its rows out.
    void move(String table, Range range, LocalDate today, LocalDate rawCutoff) throws SQLException {
        pack("WITH gone AS (DELETE FROM " + table + " WHERE device BETWEEN ? AND ? RETURNING *) SELECT "
                + GroupedRows.COLUMNS + " FROM gone ORDER BY device, page, ts", range, today, rawCutoff);
    }

    private void pack(String sql, Range range, LocalDate today, LocalDate rawCutoff) throws SQLException {
        database.<SQLException>useTransaction(handle -> {
            Connection connection = handle.getConnection();
            try (PreparedStatement query = RowCursor.streaming(connection.prepareStatement(sql))) {
                query.setInt(1, range.from());
                query.setInt(2, range.to());
                try (ResultSet result = query.executeQuery()) {
                    GroupedRows rows = new GroupedRows(result);
                    while (rows.nextGroup()) {
                        writer.write(connection,
                                new SegmentWriter.Target(rows.device(), rows.page(), rows.day(),
                                        today, rawCutoff),
                                rows);
                    }
                }
            }
        });
    }
}
