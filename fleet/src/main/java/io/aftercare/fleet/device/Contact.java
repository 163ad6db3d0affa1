package io.aftercare.fleet.device;

import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

/// What the devices' side knows of a device at this moment. Asked from any thread; does not wait.
public interface Contact {
    /// Whether it has a connection.
    boolean isConnected(DeviceId id);

    /// When it was last heard of by this backend; empty where that was before its start.
    Optional<Instant> heard(DeviceId id);

    /// Those that have a connection.
    Stream<Device> connectedDevices();

    /// Knows of nothing.
    static Contact none() {
        return new Contact() {
            @Override
            public boolean isConnected(DeviceId id) {
                return false;
            }

            @Override
            public Optional<Instant> heard(DeviceId id) {
                return Optional.empty();
            }

            @Override
            public Stream<Device> connectedDevices() {
                return Stream.empty();
            }
        };
    }
}
