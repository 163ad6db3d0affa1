package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.postgres.Database;
import java.time.OffsetDateTime;

/// What a device reported beside its samples, read back in the order of its time: for those who must judge it again. At most
/// [#ROWS_MAX] of the newest. Thread-safe; blocks.
public final class StoredHappenings {
    static final int ROWS_MAX = 10_000;
    // The texts as they were at the beginning come first, with the times at which they had become so.
    private static final String SELECT = """
            SELECT * FROM (
                SELECT at, code, NULL AS text, asked IS NOT NULL OR coalesce((data ->> 'requested') = 'true', false) AS requested, id
                FROM ingest.event WHERE device = :device AND at >= :from AND at < :to
                UNION ALL
                SELECT changed_at, name, value, false, 0 FROM ingest.attribute_history
                WHERE device = :device AND changed_at >= :from AND changed_at < :to
                UNION ALL
                (SELECT DISTINCT ON (name) changed_at, name, value, false, 0 FROM ingest.attribute_history
                WHERE device = :device AND changed_at < :from ORDER BY name, changed_at DESC)
                ORDER BY 1 DESC, 5 DESC LIMIT :limit) newest
            ORDER BY 1, 5""";

    private final Database database;

    /// Hears of them. Times are microseconds of event time.
    public interface Listener {
        /// @param requested whether somebody asked for what it tells of
        void event(long micros, String code, boolean requested);

        void text(long micros, String name, String text);
    }

    public StoredHappenings(Database database) {
        this.database = database;
    }

    /// Tells what a device reported from a moment on.
    public void recent(Device device, long fromMicros, Listener listener) {
        between(device, fromMicros, StoredSamples.ALL_MICROS, listener);
    }

    /// Tells what a device reported in a span of time, its end exclusive, after the texts as they were at its beginning.
    public void between(Device device, long fromMicros, long toMicros, Listener listener) {
        database.jdbi().useHandle(handle -> handle.createQuery(SELECT).bind("device", device.number())
                .bind("from", Micros.time(fromMicros)).bind("to", Micros.time(toMicros))
                .bind("limit", ROWS_MAX)
                .map((row, _) -> {
                    long micros = Micros.of(row.getObject("at", OffsetDateTime.class).toInstant());
                    String text = row.getString("text");
                    if (text == null) {
                        listener.event(micros, row.getString("code"), row.getBoolean("requested"));
                    } else {
                        listener.text(micros, row.getString("code"), text);
                    }
                    return micros;
                }).list());
    }
}
