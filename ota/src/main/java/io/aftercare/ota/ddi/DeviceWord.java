package io.aftercare.ota.ddi;

import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.device.Device;
import java.time.Instant;

/// Tells the rest of the backend what is heard of devices here.
public interface DeviceWord {
    /// The device was heard of; from any thread, must not block.
    void heard(Device device, Instant at);

    /// The device stated its attributes, to be kept with its reported state; blocks until that is done.
    void attributes(Device device, JsonNode document);
}
