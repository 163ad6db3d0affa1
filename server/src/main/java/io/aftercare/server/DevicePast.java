package io.aftercare.server;

import io.aftercare.diagnostics.engine.Happening;
import io.aftercare.diagnostics.engine.History;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Sample;
import io.aftercare.ingest.store.StoredHappenings;
import io.aftercare.ingest.store.StoredSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// What the store has of a device, as the rule engine asks for it.
record DevicePast(StoredSamples samples, StoredHappenings happenings) implements History {
    @Override
    public void recent(Device device, long fromMicros, Consumer<Sample> consumer) {
        samples.recent(device, fromMicros, consumer);
    }

    @Override
    public List<Happening> happenings(Device device, long fromMicros) {
        List<Happening> told = new ArrayList<>();
        happenings.recent(device, fromMicros, new StoredHappenings.Listener() {
            @Override
            public void event(long micros, String code, boolean requested) {
                told.add(new Happening.Event(micros, code, requested));
            }

            @Override
            public void text(long micros, String name, String text) {
                told.add(new Happening.Text(micros, name, text));
            }
        });
        return told;
    }
}
