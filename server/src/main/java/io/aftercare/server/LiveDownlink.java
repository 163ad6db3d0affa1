package io.aftercare.server;

import io.aftercare.fleet.device.DeviceId;
import io.aftercare.ingest.Ingest;
import io.aftercare.remote.Downlink;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The way down to devices by their live connections.
///
/// @param ingest gives null before devices are let in
record LiveDownlink(Supplier<@Nullable Ingest> ingest) implements Downlink {
    @Override
    public boolean send(DeviceId device, String suffix, byte[] payload) {
        Ingest live = ingest.get();
        return live != null && live.sessions().send(device, suffix, payload);
    }

    @Override
    public boolean reaches(DeviceId device) {
        Ingest live = ingest.get();
        return live != null && live.sessions().isConnected(device);
    }
}
