package io.aftercare.ingest.mqtt;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Packets of QoS 2 that a device has not released yet (MQTT 5.0, section 4.3.3): each is dealt with once however often
/// it is sent. Outlives the connection in a kept session. Thread-safe; at most 65,535 entries, of a packet identifier each,
/// and no room taken where a device does not use QoS 2.
final class QosTwo {
    /// Most packets that an MQTT 3.1.1 device may leave unreleased; MQTT 5 has the receive maximum for this.
    static final int UNRELEASED_MAX = 4096;

    private Map<Integer, State> packets = Map.of();

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
        State before = room().putIfAbsent(packet, State.PENDING);
        return before == null ? State.NEW : before;
    }

    synchronized void stored(int packet) {
        room().put(packet, State.STORED);
    }

    private Map<Integer, State> room() {
        if (!(packets instanceof HashMap)) {
            packets = new HashMap<>(4);
        }
        return packets;
    }

    /// Released by the device, or refused; false where it was not there.
    synchronized boolean forget(int packet) {
        return !packets.isEmpty() && packets.remove(packet) != null;
    }

    synchronized int size() {
        return packets.size();
    }

    /// What the device still has to release. What was not answered is not among it: it will be sent again, and is found by
    /// the store.
    synchronized List<Integer> unreleased() {
        return packets.entrySet().stream().filter(entry -> entry.getValue() == State.STORED)
                .map(Map.Entry::getKey).toList();
    }

    /// What an earlier connection left unreleased.
    synchronized void restore(List<Integer> unreleased) {
        unreleased.forEach(this::stored);
    }
}
