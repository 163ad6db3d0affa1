package io.aftercare.ingest.mqtt;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/// What goes down to a device: at most [#INFLIGHT_MAX] messages unanswered, fewer where the device takes fewer, and
/// [#PENDING_MAX] in all; more are not taken. Sent from any thread, kept on the event loop.
final class Downlink {
    private static final int INFLIGHT_MAX = 32;
    private static final int PENDING_MAX = 128;
    private static final int HEADER_BYTES = 16;

    private final ChannelHandlerContext channel;
    private final Dialect dialect;
    private final long packetMax;
    private final int inflightMax;
    private final AtomicInteger pending = new AtomicInteger();
    private final ArrayDeque<Dialect.Parcel> waiting = new ArrayDeque<>(1);
    private final Set<Integer> inflight = new HashSet<>(2);
    private int lastPacket;

    Downlink(ChannelHandlerContext channel, Dialect dialect, Credentials credentials) {
        this.channel = channel;
        this.dialect = dialect;
        this.packetMax = credentials.packetMax();
        this.inflightMax = Math.min(INFLIGHT_MAX, credentials.receiveMax());
    }

    /// From any thread.
    ///
    /// @param qos 0 or 1
    /// @return false where there is no room for it, the device takes no packet of that length, or its dialect has no word
    ///         for it
    boolean send(String suffix, byte[] payload, int qos) {
        Dialect.Parcel parcel = dialect.down(suffix, payload);
        if (parcel == null || length(parcel) > packetMax || !channel.channel().isActive()) {
            return false;
        }
        if (qos == 0) {
            channel.executor().execute(() -> write(parcel, MqttQoS.AT_MOST_ONCE, 0));
            return true;
        }
        if (pending.incrementAndGet() > PENDING_MAX) {
            pending.decrementAndGet();
            return false;
        }
        channel.executor().execute(() -> {
            waiting.add(parcel);
            sendWaiting();
        });
        return true;
    }

    private static int length(Dialect.Parcel parcel) {
        return parcel.payload().length + parcel.topic().length() + HEADER_BYTES;
    }

    /// A PUBACK came; false where nothing waits for it.
    boolean acknowledged(int packet) {
        if (!inflight.remove(packet)) {
            return false;
        }
        pending.decrementAndGet();
        sendWaiting();
        return true;
    }

    private void sendWaiting() {
        while (inflight.size() < inflightMax && !waiting.isEmpty()) {
            int packet = nextPacket();
            inflight.add(packet);
            write(waiting.remove(), MqttQoS.AT_LEAST_ONCE, packet);
        }
    }

    private int nextPacket() {
        do {
            lastPacket = lastPacket % 65_535 + 1;
        } while (inflight.contains(lastPacket));
        return lastPacket;
    }

    private void write(Dialect.Parcel parcel, MqttQoS qos, int packet) {
        Wire.send(channel,
                new MqttPublishMessage(new MqttFixedHeader(MqttMessageType.PUBLISH, false, qos, false, 0),
                        new MqttPublishVariableHeader(parcel.topic(), packet),
                        Unpooled.wrappedBuffer(parcel.payload())));
    }
}
