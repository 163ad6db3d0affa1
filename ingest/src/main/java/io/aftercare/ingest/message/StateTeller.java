package io.aftercare.ingest.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.http.Json;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;

/// Tells devices what they should become, the difference to what they report: when that changes, and whenever they can be
/// reached. All else goes on to whoever listens besides. Thread-safe.
public final class StateTeller implements DeviceMessages {
    private static final String TOPIC = "desired";

    private final MessageStore store;
    private final DeviceMessages next;
    private final DeviceAnswers.Downlink downlink;

    public StateTeller(MessageStore store, DeviceMessages next, DeviceAnswers.Downlink downlink) {
        this.store = store;
        this.next = next;
        this.downlink = downlink;
    }

    /// @return whether it is on its way; a device that is away hears of it when it comes
    boolean tell(Device device, ObjectNode told) {
        return !told.isEmpty() && downlink.send(device.id(), TOPIC,
                Json.text(told).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void received(DeviceMessage message) {
        // One that counts versions and is behind may have missed a message; it stops being told by saying that it heard.
        if (message instanceof DeviceMessage.StateReported report && report.document().has(Shadow.VERSION)) {
            Shadow shadow = store.shadow(report.device());
            if (shadow.isBehind()) {
                var _ = tell(report.device(), store.told(report.device()));
            }
        }
        next.received(message);
    }

    @Override
    public void connected(Device device) {
        next.connected(device);
    }

    @Override
    public void reachable(Device device, Predicate<String> reaches) {
        if (reaches.test(TOPIC)) {
            var _ = tell(device, store.told(device));
        }
        next.reachable(device, reaches);
    }

    @Override
    public void disconnected(Device device) {
        next.disconnected(device);
    }
}
