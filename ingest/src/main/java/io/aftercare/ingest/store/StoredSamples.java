package io.aftercare.ingest.store;

import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.fleet.device.Sample;
import io.aftercare.fleet.postgres.Database;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// What a device has sent, read back whole: for those who must judge it again. Thread-safe; blocks.
public final class StoredSamples {
    // Beyond what anybody's clock says: a device's may be a day ahead.
    static final long ALL_MICROS = 253_370_764_800_000_000L;

    private final Database database;
    private final MetricDictionary dictionary;
    private final Newest newest;

    public StoredSamples(Database database, MetricDictionary dictionary) {
        this.database = database;
        this.dictionary = dictionary;
        this.newest = new Newest(database);
    }

    /// Hands over a device's samples from a moment on; see [#between].
    ///
    /// @param fromMicros event time, microseconds since 1970 UTC
    public void recent(Device device, long fromMicros, Consumer<Sample> consumer) {
        between(device, fromMicros, ALL_MICROS, consumer);
    }

    /// Hands over a device's samples of a span of time, oldest first; the sample is reused between calls. A message of more than sixteen metrics
    /// comes as one sample a page, all of the same moment.
    ///
    /// @param fromMicros event time, microseconds since 1970 UTC
    /// @param toMicros   exclusive
    public void between(Device device, long fromMicros, long toMicros, Consumer<Sample> consumer) {
        ModelMetrics metrics = dictionary.of(device.model());
        Sample sample = new Sample(device, metrics);
        Snapshot.<Sample, RuntimeException>of(database, connection -> {
            List<StoredRange> pages = new ArrayList<>();
            try {
                for (int page = 0; page * Slots.COUNT < metrics.size(); page++) {
                    pages.add(new StoredRange(connection, device.number(), page, fromMicros,
                            toMicros));
                }
                each(pages, (page, row) -> {
                    sample.begin(device, metrics, row.micros());
                    for (int left = row.present(); left != 0; left &= left - 1) {
                        int slot = Integer.numberOfTrailingZeros(left);
                        sample.add(page * Slots.COUNT + slot, row.value(slot));
                    }
                    consumer.accept(sample);
                });
            } finally {
                for (StoredRange page : pages) {
                    page.close();
                }
            }
            return sample;
        });
    }

    @FunctionalInterface
    private interface PageConsumer {
        void row(int page, SampleCursor row);
    }

    // In the order of time, and of pages within a moment.
    private static void each(List<StoredRange> pages, PageConsumer consumer) throws SQLException {
        boolean[] live = new boolean[pages.size()];
        for (int page = 0; page < live.length; page++) {
            live[page] = pages.get(page).next();
        }
        for (int next = first(pages, live); next >= 0; next = first(pages, live)) {
            consumer.row(next, pages.get(next));
            live[next] = pages.get(next).next();
        }
    }

    private static int first(List<StoredRange> pages, boolean[] live) {
        int first = -1;
        for (int page = 0; page < live.length; page++) {
            if (live[page] && (first < 0 || pages.get(page).micros() < pages.get(first).micros())) {
                first = page;
            }
        }
        return first;
    }

    /// The time of a device's newest sample, by its own clock.
    public Optional<Instant> newest(Device device) {
        OptionalLong micros = newest.time(device.number(), dictionary.of(device.model()).size());
        return micros.isPresent()
                ? Optional.of(Micros.instant(micros.getAsLong()))
                : Optional.empty();
    }
}
