package io.aftercare.ingest.store;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Rows in the order of device, page and time, as groups of one device, page and day each. After [#nextGroup] it is the
/// cursor of that group, which is read to its end before the next. Not thread-safe.
final class GroupedRows implements SampleCursor {
    /// What is selected.
    static final String COLUMNS = "device, page, " + RowCursor.COLUMNS;

    private final ResultSet rows;
    private final RowCursor row;
    private boolean started;
    private boolean more;
    private boolean first;
    private int device;
    private int page;
    private long day;

    GroupedRows(ResultSet rows) {
        this.rows = rows;
        this.row = new RowCursor(rows, 3);
    }

    /// Goes to the next group; false after the last one.
    boolean nextGroup() throws SQLException {
        if (!started) {
            started = true;
            more = rows.next();
        }
        if (!more) {
            return false;
        }
        row.take();
        device = rows.getInt(1);
        page = rows.getInt(2);
        day = Math.floorDiv(row.micros(), Partitions.DAY_MICROS);
        first = true;
        return true;
    }

    int device() {
        return device;
    }

    int page() {
        return page;
    }

    /// Days since 1970 UTC.
    long day() {
        return day;
    }

    @Override
    public boolean next() throws SQLException {
        if (first) {
            first = false;
            return true;
        }
        more = rows.next();
        if (!more || rows.getInt(1) != device || rows.getInt(2) != page) {
            return false;
        }
        row.take();
        return Math.floorDiv(row.micros(), Partitions.DAY_MICROS) == day;
    }

    @Override
    public long micros() {
        return row.micros();
    }

    @Override
    public int present() {
        return row.present();
    }

    @Override
    public double value(int slot) {
        return row.value(slot);
    }
}
