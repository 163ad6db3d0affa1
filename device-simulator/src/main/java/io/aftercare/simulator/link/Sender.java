package io.aftercare.simulator.link;

import java.util.Map;

/// Where a device's messages go. Thread-safe.
public interface Sender {
    /// Sends one of the device's messages, now or when it is possible again.
    ///
    /// @param topic below `devices/{id}/`
    /// @param value written as JSON
    void send(String topic, Object value);

    /// Sends a sample.
    ///
    /// @param ts epoch milliseconds
    void telemetry(long ts, Map<String, Object> values);

    /// Messages and samples that the broker has not acknowledged yet.
    int waiting();
}
