package io.aftercare.server;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.Ingest;
import io.aftercare.ota.ddi.DeviceWord;
import java.time.Instant;

/// What devices that poll for updates say of themselves, for the room that keeps what devices say.
record PolledDevices(Ingest ingest) implements DeviceWord {
    @Override
    public void heard(Device device, Instant at) {
        ingest.sessions().heard(device, at);
    }

    @Override
    public void attributes(Device device, JsonNode document) {
        ingest.reported(device, document);
    }
}
