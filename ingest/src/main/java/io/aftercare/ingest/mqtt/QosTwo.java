package io.aftercare.ingest.mqtt;

import java.util.HashMap;
import java.util.Map;

/// Packets of QoS 2 that a device has not released yet (MQTT 5.0, section 4.3.3): each is dealt with once however often
/// it is sent. Outlives the connection in a kept session. Thread-safe; at most 65,535 entries, of a packet identifier each.
final class QosTwo {
    private final Map<Integer, State> packets = new HashMap<>();

    enum State {
        /// Not seen before.
        NEW,
        /// Being stored; its PUBREC comes after the commit.
        PENDING,
        /// Stored and answered.
        STORED
    }

    /// A PUBLISH came: what was known of it before.
    synchronized State begin(int packet) {
        State before = packets.putIfAbsent(packet, State.PENDING);
        return before == null ? State.NEW : before;
    }

    synchronized void stored(int packet) {
        packets.put(packet, State.STORED);
    }

    /// Released by the device, or refused; false where it was not there.
    synchronized boolean forget(int packet) {
        return packets.remove(packet) != null;
    }

    /// The connection has ended: what was not answered by then will be sent again, and is found by the store.
    synchronized void forgetPending() {
        packets.values().removeIf(state -> state == State.PENDING);
    }
}
