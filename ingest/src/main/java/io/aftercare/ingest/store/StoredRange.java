package io.aftercare.ingest.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// All samples of a page of a device in a range, wherever they lie, streamed: segments, frozen rows, rows. In a transaction
/// with one snapshot, so that what is packed meanwhile is neither missed nor seen twice. Not thread-safe.
final class StoredRange implements SampleCursor, AutoCloseable {
    private static final String SEGMENTS = """
            SELECT data FROM ingest.segment WHERE device = ? AND page = ? AND day BETWEEN ? AND ?
            ORDER BY day, part""";
    private static final int FETCH_SEGMENTS = 8;

    private final List<PreparedStatement> statements = new ArrayList<>();
    private final MergedSamples all;
    private final long from;
    private final long to;

    /// @param from inclusive, `to` exclusive, microseconds since 1970
    StoredRange(Connection connection, int device, int page, long from, long to) throws SQLException {
        this.from = from;
        this.to = to;
        try {
            this.all = new MergedSamples(List.of(segments(connection, device, page),
                    rows(connection, "ingest.frozen", device, page),
                    rows(connection, "ingest.sample", device, page)));
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    private SampleCursor segments(Connection connection, int device, int page) throws SQLException {
        PreparedStatement query = connection.prepareStatement(SEGMENTS);
        statements.add(query);
        RowCursor.streaming(query).setFetchSize(FETCH_SEGMENTS);
        query.setInt(1, device);
        query.setInt(2, page);
        query.setObject(3, day(from));
        query.setObject(4, day(to - 1));
        ResultSet rows = query.executeQuery();
        return new SegmentCursor(() -> rows.next() ? rows.getBytes(1) : null);
    }

    private SampleCursor rows(Connection connection, String table, int device, int page) throws SQLException {
        PreparedStatement query = connection.prepareStatement("SELECT " + RowCursor.COLUMNS + " FROM " + table
                + " WHERE device = ? AND page = ? AND ts >= ? AND ts < ? ORDER BY ts");
        statements.add(query);
        RowCursor.streaming(query);
        query.setInt(1, device);
        query.setInt(2, page);
        query.setObject(3, time(from));
        query.setObject(4, time(to));
        return new RowCursor(query.executeQuery(), 1);
    }

    static LocalDate day(long micros) {
        return LocalDate.ofEpochDay(Math.floorDiv(micros, Partitions.DAY_MICROS));
    }

    static OffsetDateTime time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    @Override
    public boolean next() throws SQLException {
        while (all.next()) {
            if (all.micros() >= to) {
                return false;
            }
            if (all.micros() >= from) {
                return true;
            }
        }
        return false;
    }

    @Override
    public long micros() {
        return all.micros();
    }

    @Override
    public int present() {
        return all.present();
    }

    @Override
    public double value(int slot) {
        return all.value(slot);
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements) {
            statement.close();
        }
    }
}
