package io.aftercare.ingest.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Fills [Buckets] on plain PostgreSQL. Days that are packed are answered from their rollups, but for those that have late
/// rows or whose cells the range cuts, of which the samples are read; what comes after the last packed day is summed up
/// by the database from the rows. In one transaction with one snapshot.
final class BucketQuery {
    // The finest there is, but no finer than wanted.
    private static final String PACKED = """
            SELECT DISTINCT ON (day) day, level, cells,
                EXISTS (SELECT FROM ingest.segment s WHERE (s.device, s.page, s.day) = (r.device, r.page, r.day)) AS whole
            FROM ingest.rollup r WHERE device = ? AND page = ? AND level >= ? AND day BETWEEN ? AND ?
            ORDER BY day, level""";
    private static final String ANY_FROZEN = """
            SELECT EXISTS (SELECT FROM ingest.frozen WHERE device = ? AND page = ? AND ts >= ? AND ts < ?)""";

    private final Connection connection;
    private final int device;
    private final int page;
    private final BucketPlan plan;
    private final int slots;
    private final Buckets buckets;

    BucketQuery(Connection connection, int device, int page, BucketPlan plan, int slots) {
        this.connection = connection;
        this.device = device;
        this.page = page;
        this.plan = plan;
        this.slots = slots;
        this.buckets = new Buckets(plan, slots);
    }

    Buckets run() throws SQLException {
        long tail = packed();
        if (tail < plan.to()) {
            tail(tail);
        }
        return buckets;
    }

    /// The same with TimescaleDB: whole cells from its continuous aggregates, the rest from the rows.
    Buckets runOnTimescale() throws SQLException {
        Level level = plan.level();
        if (level == null) {
            rows(plan.from(), plan.to());
            return buckets;
        }
        long from = Math.min(plan.to(), Math.ceilDiv(plan.from(), level.micros()) * level.micros());
        long to = Math.max(from, Math.floorDiv(plan.to(), level.micros()) * level.micros());
        if (plan.from() < from) {
            rows(plan.from(), from);
        }
        sums(new Source(Timescale.view(level), "bucket",
                "min(min%1$d), max(max%1$d), sum(sum%1$d), sum(count%1$d)"),
                from, to);
        if (to < plan.to()) {
            rows(to, plan.to());
        }
        return buckets;
    }

    /// A day that is packed.
    ///
    /// @param whole whether its samples are there too
    private record PackedDay(long day, Level level, byte[] cells, boolean whole) {
        long start() {
            return day * Partitions.DAY_MICROS;
        }

        long end() {
            return start() + Partitions.DAY_MICROS;
        }
    }

    /// Adds all up to the end of the last packed day.
    ///
    /// @return where that is
    private long packed() throws SQLException {
        List<PackedDay> days = packedDays();
        if (days.isEmpty()) {
            return plan.from();
        }
        long tail = Math.clamp(days.getLast().end(), plan.from(), plan.to());
        Set<Long> late = rowDays(plan.from(), tail);
        long from = plan.from();
        for (PackedDay day : days) {
            boolean isLate = late.contains(day.day());
            if (day.whole() && (isLate || plan.cutsCells(day.day()))) {
                continue; // its samples are read
            }
            samples(from, Math.min(tail, day.start()));
            CellCodec.decode(day.cells(), (index, slot, count, low, high, sum) -> buckets
                    .addCell(day.start() + index * day.level().micros(), day.level(), slot, count, low, high,
                            sum));
            from = isLate ? Math.max(plan.from(), day.start()) : day.end();
        }
        samples(from, tail);
        return tail;
    }

    private List<PackedDay> packedDays() throws SQLException {
        Level wanted = plan.level() == null ? Level.MINUTES : plan.level();
        try (PreparedStatement query = connection.prepareStatement(PACKED)) {
            query.setInt(1, device);
            query.setInt(2, page);
            query.setInt(3, wanted.number());
            query.setObject(4, StoredRange.day(plan.from()));
            query.setObject(5, StoredRange.day(plan.to() - 1));
            ResultSet rows = query.executeQuery();
            List<PackedDay> days = new ArrayList<>();
            while (rows.next()) {
                days.add(new PackedDay(rows.getObject(1, LocalDate.class).toEpochDay(),
                        Level.of(rows.getInt(2)), rows.getBytes(3), rows.getBoolean(4)));
            }
            return days;
        }
    }

    private void samples(long from, long to) throws SQLException {
        if (from < to) {
            try (StoredRange samples = new StoredRange(connection, device, page, from, to)) {
                while (samples.next()) {
                    buckets.add(samples);
                }
            }
        }
    }

    private Set<Long> rowDays(long from, long to) throws SQLException {
        Set<Long> days = new HashSet<>();
        for (String table : new String[]{"ingest.frozen", "ingest.sample"}) {
            try (PreparedStatement query = connection.prepareStatement(
                    "SELECT DISTINCT floor(date_part('epoch', ts) / 86400)::bigint FROM " + table
                            + " WHERE device = ? AND page = ? AND ts >= ? AND ts < ?")) {
                bind(query, 1, from, to);
                ResultSet rows = query.executeQuery();
                while (rows.next()) {
                    days.add(rows.getLong(1));
                }
            }
        }
        return days;
    }

    private int bind(PreparedStatement query, int first, long from, long to) throws SQLException {
        query.setInt(first, device);
        query.setInt(first + 1, page);
        query.setObject(first + 2, StoredRange.time(from));
        query.setObject(first + 3, StoredRange.time(to));
        return first + 4;
    }

    private void tail(long from) throws SQLException {
        if (hasFrozen(from)) {
            samples(from, plan.to());
        } else {
            rows(from, plan.to());
        }
    }

    private void rows(long from, long to) throws SQLException {
        sums(new Source("ingest.sample", "ts", "min(v%1$d), max(v%1$d), sum(v%1$d), count(v%1$d)"), from, to);
    }

    /// What the database sums up.
    ///
    /// @param time the column
    /// @param sums of a slot
    private record Source(String relation, String time, String sums) {}

    private void sums(Source source, long from, long to) throws SQLException {
        int[] asked = IntStream.range(0, Slots.COUNT).filter(slot -> (slots & 1 << slot) != 0).toArray();
        String sums = IntStream.of(asked).mapToObj(source.sums()::formatted)
                .collect(Collectors.joining(", "));
        String sql = """
                SELECT date_part('epoch', date_bin(? * interval '1 microsecond', %1$s, ?)), %2$s FROM %3$s
                WHERE device = ? AND page = ? AND %1$s >= ? AND %1$s < ? GROUP BY 1"""
                .formatted(source.time(), sums, source.relation());
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, plan.width());
            query.setObject(2, StoredRange.time(plan.origin()));
            bind(query, 3, from, to);
            ResultSet rows = query.executeQuery();
            while (rows.next()) {
                long micros = Math.round(rows.getDouble(1) * 1e6);
                for (int i = 0; i < asked.length; i++) {
                    int column = 2 + 4 * i;
                    buckets.add(micros, asked[i], rows.getLong(column + 3), rows.getDouble(column),
                            rows.getDouble(column + 1), rows.getDouble(column + 2));
                }
            }
        }
    }

    private boolean hasFrozen(long from) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ANY_FROZEN)) {
            bind(query, 1, from, plan.to());
            ResultSet row = query.executeQuery();
            row.next();
            return row.getBoolean(1);
        }
    }
}
