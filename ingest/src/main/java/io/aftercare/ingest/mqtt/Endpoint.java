package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Replies;
import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.telemetry.Lane;
import java.util.concurrent.Executor;

/// What a connection needs of the endpoint that it came in by.
interface Endpoint {
    MqttConfig config();

    /// What a CONNACK says that the endpoint takes.
    default Replies.Bounds bounds() {
        MqttConfig.Limits limits = config().limits();
        return new Replies.Bounds(limits.receiveMax(), Uplink.ALIASES_MAX, limits.packetBytesMax());
    }

    Handshake handshake();

    Sessions sessions();

    Subscribing subscribing();

    /// Virtual threads, for what blocks.
    Executor threads();

    /// The lane that owns a device.
    Lane lane(Device device);

    Uplink uplink(Session session);

    Pauses pauses();

    /// A connection has said who it is, or is gone without; before [#ended].
    void spoke(Peer peer);

    /// A connection has ended.
    void ended(Peer peer);

    /// Whether the backend stops.
    boolean isClosing();
}
