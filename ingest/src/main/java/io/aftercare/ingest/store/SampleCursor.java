package io.aftercare.ingest.store;

import java.sql.SQLException;

/// Samples of one page of one device, one after the other in the order of time, each moment once. Not thread-safe.
interface SampleCursor {
    /// Goes to the next sample; false after the last one. Before the first call there is none.
    boolean next() throws SQLException;

    /// When it was measured, microseconds since 1970.
    long micros();

    /// The slots that hold something, as bits.
    int present();

    /// The value of a slot that holds something.
    double value(int slot);
}
