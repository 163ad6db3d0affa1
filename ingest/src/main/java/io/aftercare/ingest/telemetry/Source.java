package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import java.util.concurrent.Executor;

/// A device's connection as its lane sees it.
public interface Source {
    /// The device as it stands now; from any thread.
    Device device();

    ModelMetrics metrics();

    DeviceClock clock();

    /// The event loop on which [#acknowledge], [#flush] and [#resume] are called; one object for each loop.
    Executor loop();

    /// The message is dealt with, durably. Gathers the answer; [#flush] sends it.
    ///
    /// @param packet   MQTT packet identifier
    /// @param qos      1 or 2
    /// @param accepted false where the message went to quarantine
    /// @return whether it is the first answer since the last [#flush]
    boolean acknowledge(int packet, int qos, boolean accepted);

    /// Hears, on the lane's thread and before [#acknowledge], why a message is refused.
    ///
    /// @return whether it goes to quarantine; false where the source keeps it itself
    default boolean refused(int packet, BadPayload reason) {
        return true;
    }

    /// Sends the gathered answers in one write.
    void flush();

    /// The lane has room again: reading may go on.
    void resume();
}
