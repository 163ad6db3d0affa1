package io.aftercare.ingest.store;

import io.aftercare.fleet.postgres.Database;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/// Finds the newest value of each of a device's metrics in the database. Thread-safe; blocks.
final class Newest {
    private static final long LOOK_BACK_MICROS = 30 * Partitions.DAY_MICROS;
    // Enough for metrics that come every now and then; what is rarer is looked for by itself.
    private static final int ROWS = 500;
    private static final String TIME = """
            SELECT date_part('epoch', max(ts)) FROM (
                (SELECT ts FROM ingest.sample WHERE device = ? AND page = ? ORDER BY ts DESC LIMIT 1) UNION ALL
                (SELECT ts FROM ingest.frozen WHERE device = ? AND page = ? ORDER BY ts DESC LIMIT 1)) r""";
    private static final String DAYS = """
            SELECT day, cells FROM ingest.rollup r WHERE device = ? AND page = ? AND level = ? AND day >= (
                SELECT max(day) - 30 FROM ingest.rollup l WHERE (l.device, l.page, l.level) = (r.device, r.page, r.level))
            ORDER BY day DESC""";
    private static final String SEGMENTS = """
            SELECT data FROM ingest.segment WHERE device = ? AND page = ? AND day = ? ORDER BY part""";

    private final Database database;

    Newest(Database database) {
        this.database = database;
    }

    /// Adds what is stored, of the 30 days before the newest sample of each page.
    void into(LatestValues values, int device, int places) {
        Snapshot.<LatestValues, RuntimeException>of(database, connection -> {
            for (int page = 0; page * Slots.COUNT < places; page++) {
                page(connection, values, device, page, Math.min(Slots.COUNT, places - page * Slots.COUNT));
            }
            return values;
        });
    }

    /// When the newest sample was measured, microseconds since 1970.
    OptionalLong time(int device, int places) {
        LatestValues values = new LatestValues();
        into(values, device, places);
        return values.newest();
    }

    private void page(Connection connection, LatestValues values, int device, int page, int slots)
            throws SQLException {
        long newest = time(connection, device, page);
        if (newest != Long.MIN_VALUE) {
            for (String table : new String[]{"ingest.sample", "ingest.frozen"}) {
                rows(connection, values, table,
                        new Where(device, page, slots, newest - LOOK_BACK_MICROS, newest));
            }
        }
        for (LocalDate day : packedDays(connection, values, device, page)) {
            segments(connection, values, device, page, day);
        }
    }

    /// @param slots how many of the page's slots have a metric
    private record Where(int device, int page, int slots, long from, long to) {}

    private static void rows(Connection connection, LatestValues values, String table, Where where)
            throws SQLException {
        boolean isAll = read(connection, values, table, where, "true", ROWS) < ROWS;
        for (int slot = 0; slot < where.slots(); slot++) {
            if (!isAll && !values.has(where.page() * Slots.COUNT + slot)) {
                read(connection, values, table, where, "v" + slot + " IS NOT NULL", 1);
            }
        }
    }

    /// @return how many rows there were
    private static int read(Connection connection, LatestValues values, String table, Where where,
            String condition, int limit) throws SQLException {
        String sql = "SELECT " + RowCursor.COLUMNS + " FROM " + table
                + " WHERE device = ? AND page = ? AND ts >= ? AND ts <= ? AND " + condition
                + " ORDER BY ts DESC LIMIT " + limit;
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setInt(1, where.device());
            query.setInt(2, where.page());
            query.setObject(3, StoredRange.time(where.from()));
            query.setObject(4, StoredRange.time(where.to()));
            RowCursor rows = new RowCursor(query.executeQuery(), 1);
            int count = 0;
            while (rows.next()) {
                values.add(where.page(), rows);
                count++;
            }
            return count;
        }
    }

    private static long time(Connection connection, int device, int page) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(TIME)) {
            query.setInt(1, device);
            query.setInt(2, page);
            query.setInt(3, device);
            query.setInt(4, page);
            ResultSet row = query.executeQuery();
            row.next();
            double seconds = row.getDouble(1);
            return row.wasNull() ? Long.MIN_VALUE : Math.round(seconds * 1e6);
        }
    }

    /// The packed days that hold a slot's newest value, as the sums of the days tell.
    private static Set<LocalDate> packedDays(Connection connection, LatestValues values, int device, int page)
            throws SQLException {
        Set<LocalDate> days = new TreeSet<>();
        try (PreparedStatement query = connection.prepareStatement(DAYS)) {
            query.setInt(1, device);
            query.setInt(2, page);
            query.setInt(3, Level.DAYS.number());
            ResultSet rows = query.executeQuery();
            boolean[] found = new boolean[Slots.COUNT];
            while (rows.next()) {
                LocalDate day = rows.getObject(1, LocalDate.class);
                long end = (day.toEpochDay() + 1) * Partitions.DAY_MICROS;
                CellCodec.decode(rows.getBytes(2), (_, slot, _, _, _, _) -> {
                    if (!found[slot] && values.micros(page * Slots.COUNT + slot) < end) {
                        days.add(day);
                    }
                    found[slot] = true;
                });
            }
        }
        return days;
    }

    private static void segments(Connection connection, LatestValues values, int device, int page,
            LocalDate day)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(SEGMENTS)) {
            query.setInt(1, device);
            query.setInt(2, page);
            query.setObject(3, day);
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                SampleBlock block = SegmentCodec.decode(rows.getBytes(1));
                while (block.next()) {
                    values.add(page, block);
                }
            }
        }
    }
}
