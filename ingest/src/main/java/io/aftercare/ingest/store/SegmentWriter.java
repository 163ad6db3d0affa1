package io.aftercare.ingest.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/// Puts samples of a device, page and day into its segments, together with what is there, and sums all of them up anew: so
/// rollups are exact whatever came late or twice. All in the caller's transaction. Not thread-safe; holds a few megabytes.
final class SegmentWriter {
    private static final String READ = """
            SELECT data FROM ingest.segment WHERE device = ? AND page = ? AND day = ? ORDER BY part""";
    private static final String DELETE = "DELETE FROM ingest.segment WHERE device = ? AND page = ? AND day = ?";
    private static final String INSERT = """
            INSERT INTO ingest.segment (device, page, day, part, kept_from, rows, data)
            VALUES (?, ?, ?, ?, greatest(?::date, ?::date), ?, ?)""";
    private static final String READ_ROLLUP = """
            SELECT level, cells FROM ingest.rollup WHERE device = ? AND page = ? AND day = ?""";
    private static final String WRITE_ROLLUP = """
            INSERT INTO ingest.rollup (device, page, day, level, kept_from, cells)
            VALUES (?, ?, ?, ?, greatest(?::date, ?::date), ?)
            ON CONFLICT (device, page, level, day) DO UPDATE
            SET cells = excluded.cells, kept_from = excluded.kept_from""";

    private final SampleBlock block = new SampleBlock(SegmentCodec.ROWS_MAX);
    private final List<Cells> levels = Stream.of(Level.values()).map(Cells::new).toList();

    /// Whose samples, and of which day.
    ///
    /// @param day       days since 1970 UTC
    /// @param keptFrom  the least day from which retention may count: for what came late, the day on which it came
    /// @param rawCutoff samples of earlier days are beyond their retention
    record Target(int device, int page, long day, LocalDate keptFrom, LocalDate rawCutoff) {
        LocalDate date() {
            return LocalDate.ofEpochDay(day);
        }

        int bind(PreparedStatement statement) throws SQLException {
            statement.setInt(1, device);
            statement.setInt(2, page);
            statement.setObject(3, date());
            return 3;
        }
    }

    void write(Connection connection, Target target, SampleCursor samples) throws SQLException {
        List<byte[]> there = new ArrayList<>();
        try (PreparedStatement read = connection.prepareStatement(READ)) {
            target.bind(read);
            ResultSet rows = read.executeQuery();
            while (rows.next()) {
                there.add(rows.getBytes(1));
            }
        }
        if (there.isEmpty() && target.date().isBefore(target.rawCutoff())
                && fold(connection, target, samples)) {
            return;
        }
        SampleCursor all = samples;
        if (!there.isEmpty()) {
            Iterator<byte[]> segments = there.iterator();
            all = new MergedSamples(List.of(
                    new SegmentCursor(() -> segments.hasNext() ? segments.next() : null), samples));
            try (PreparedStatement delete = connection.prepareStatement(DELETE)) {
                target.bind(delete);
                delete.executeUpdate();
            }
        }
        levels.forEach(Cells::clear);
        segments(connection, target, all);
        rollups(connection, target, levels);
    }

    private void segments(Connection connection, Target target, SampleCursor all) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            int part = 0;
            block.clear();
            while (all.next()) {
                block.add(all);
                levels.forEach(cells -> cells.add(all));
                if (block.count() == SegmentCodec.ROWS_MAX) {
                    add(insert, target, part++);
                }
            }
            if (block.count() > 0) {
                add(insert, target, part);
            }
            insert.executeBatch();
        }
    }

    private void add(PreparedStatement insert, Target target, int part) throws SQLException {
        target.bind(insert);
        insert.setInt(4, part);
        insert.setObject(5, target.date());
        insert.setObject(6, target.keptFrom());
        insert.setInt(7, block.count());
        insert.setBytes(8, SegmentCodec.encode(block));
        insert.addBatch();
        block.clear();
    }

    private static void rollups(Connection connection, Target target, List<Cells> levels)
            throws SQLException {
        try (PreparedStatement write = connection.prepareStatement(WRITE_ROLLUP)) {
            for (Cells cells : levels) {
                target.bind(write);
                write.setInt(4, cells.level().number());
                write.setObject(5, target.date());
                write.setObject(6, target.keptFrom());
                write.setBytes(7, CellCodec.encode(cells));
                write.addBatch();
            }
            write.executeBatch();
        }
    }

    // The day's own samples are gone by retention and only their sums are left: what comes now is added to those, once,
    // and not kept itself.
    private static boolean fold(Connection connection, Target target, SampleCursor samples)
            throws SQLException {
        List<Cells> left = new ArrayList<>();
        try (PreparedStatement read = connection.prepareStatement(READ_ROLLUP)) {
            target.bind(read);
            ResultSet rows = read.executeQuery();
            while (rows.next()) {
                Cells cells = new Cells(Level.of(rows.getInt(1)));
                CellCodec.decode(rows.getBytes(2), cells::add);
                left.add(cells);
            }
        }
        if (left.isEmpty()) {
            return false;
        }
        while (samples.next()) {
            left.forEach(cells -> cells.add(samples));
        }
        rollups(connection, target, left);
        return true;
    }
}
