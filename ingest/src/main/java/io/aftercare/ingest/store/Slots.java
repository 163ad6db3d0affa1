package io.aftercare.ingest.store;

/// How places of metrics lie in rows: sixteen a row, which is called a page of its moment.
public final class Slots {
    /// Metrics a row.
    public static final int COUNT = 16;

    private Slots() {}

    /// The page that holds a metric's place.
    static int page(int place) {
        return place / COUNT;
    }

    /// The slot of its page that holds a metric's place.
    static int slot(int place) {
        return place % COUNT;
    }

    /// The column of a place.
    static String column(int place) {
        return "v" + slot(place);
    }
}
