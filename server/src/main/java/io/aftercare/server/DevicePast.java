package io.aftercare.server;

import io.aftercare.diagnostics.backtest.StoredHistory;
import io.aftercare.diagnostics.engine.Happening;
import io.aftercare.diagnostics.engine.History;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.ingest.store.StoredHappenings;
import io.aftercare.ingest.store.StoredSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What the store has of a device, as the rule engine and backtests ask for it.
record DevicePast(StoredSamples stored, StoredHappenings reported) implements History, StoredHistory {
    @Override
    public void recent(Device device, long fromMicros, Consumer<Sample> consumer) {
        stored.recent(device, fromMicros, consumer);
    }

    @Override
    public void samples(Device device, long fromMicros, long toMicros, Consumer<Sample> consumer) {
        stored.between(device, fromMicros, toMicros, consumer);
    }

    @Override
    public List<Happening> happenings(Device device, long fromMicros) {
        List<Happening> told = new ArrayList<>();
        reported.recent(device, fromMicros, into(told));
        return told;
    }

    @Override
    public List<Happening> happenings(Device device, long fromMicros, long toMicros) {
        List<Happening> told = new ArrayList<>();
        reported.between(device, fromMicros, toMicros, into(told));
        return told;
    }

    private static StoredHappenings.Listener into(List<Happening> told) {
        return new StoredHappenings.Listener() {
            @Override
            public void event(long micros, String code, boolean requested) {
                told.add(new Happening.Event(micros, code, requested));
            }

            @Override
            public void text(long micros, String name, String text) {
                told.add(new Happening.Text(micros, name, text));
            }
        };
    }
}
