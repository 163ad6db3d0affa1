package io.aftercare.ingest.message;

import io.aftercare.fleet.device.Device;
import java.util.function.Predicate;

/// Who is told of devices' messages and of their coming and going. All calls for one device come one after the other, in
/// the order of its packets, on virtual threads: they may block. At most a few dozen run at once.
public interface DeviceMessages {
    /// Takes a message. When this returns the device is answered, so its effects must be committed by then. The same
    /// message may come again.
    ///
    /// @throws IllegalArgumentException where the message makes no sense; it goes to quarantine with this reason
    void received(DeviceMessage message);

    /// The device is connected; it may not have subscribed to anything yet.
    default void connected(Device device) {}

    /// The device can be reached on some topics from now on: it has subscribed, or came back to a session that had. This
    /// is the moment to send again what it must not miss.
    ///
    /// @param reaches whether a topic suffix, such as `ota/offer`, is covered by what was subscribed just now
    default void reachable(Device device, Predicate<String> reaches) {}

    /// The connection has ended; not called where another one of the same device took it over.
    default void disconnected(Device device) {}
}
