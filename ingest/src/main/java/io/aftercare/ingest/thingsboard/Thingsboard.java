package io.aftercare.ingest.thingsboard;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.ingest.mqtt.Dialect;
import java.util.concurrent.ConcurrentHashMap;

/// The devices that speak ThingsBoard's way: known by their token as the user name, without a password. Thread-safe; a
/// few hundred bytes for each such device that was seen.
public final class Thingsboard {
    private final ConcurrentHashMap<DeviceId, Memory> memories = new ConcurrentHashMap<>();

    /// How a device of this kind names its topics.
    public Dialect dialect(Device device) {
        return new ThingsboardDialect(memories.computeIfAbsent(device.id(), _ -> new Memory()));
    }
}
