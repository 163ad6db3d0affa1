package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.wire.Wire;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.Code;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// What goes down one connection: messages of the moment, which nobody keeps here, and by a [Courier] those that wait in the
/// store. Together at most [#INFLIGHT_MAX] are unanswered, fewer where the device takes fewer; of the moment's at most
/// [#PENDING_MAX] wait for an answer or, with QoS 0, to be written; more are not taken. Sent from any thread, kept on the event loop; what is not used takes no room.
final class Downlink implements Courier.Line {
    private static final int INFLIGHT_MAX = 32;
    private static final int PENDING_MAX = 128;
    private static final int HEADER_BYTES = 16;

    private final ChannelHandlerContext channel;
    private final Dialect dialect;
    private final boolean v5;
    private final long packetMax;
    private final int inflightMax;
    private final Mailbox mailbox;
    private final AtomicInteger pending = new AtomicInteger();
    private @Nullable ArrayDeque<Dialect.Parcel> waiting;
    private @Nullable Set<Integer> inflight;
    private @Nullable Courier courier;
    private int lastPacket;

    Downlink(ChannelHandlerContext channel, Dialect dialect, Credentials credentials, Mailbox mailbox) {
        this.channel = channel;
        this.dialect = dialect;
        this.v5 = credentials.v5();
        this.packetMax = credentials.packetMax();
        this.inflightMax = Math.min(INFLIGHT_MAX, credentials.receiveMax());
        this.mailbox = mailbox;
    }

    /// From any thread: sends what is of the moment.
    ///
    /// @param qos 0 or 1
    /// @return false where there is no room for it, the device takes no packet of that length, or its dialect has no word
    ///         for it
    boolean send(String suffix, byte[] payload, int qos) {
        Dialect.Parcel parcel = dialect.down(suffix, payload);
        if (parcel == null || isTooLong(parcel) || !channel.channel().isActive()) {
            return false;
        }
        if (pending.incrementAndGet() > PENDING_MAX) {
            pending.decrementAndGet();
            return false;
        }
        if (qos == 0) {
            channel.executor().execute(() -> sendUnanswered(parcel));
            return true;
        }
        channel.executor().execute(() -> {
            ArrayDeque<Dialect.Parcel> queue = waiting;
            if (queue == null) {
                queue = new ArrayDeque<>(2);
                waiting = queue;
            }
            queue.add(parcel);
            sendWaiting();
        });
        return true;
    }

    // What the device does not read lies here until it is written.
    private void sendUnanswered(Dialect.Parcel parcel) {
        var _ = channel
                .writeAndFlush(
                        packet(parcel, MqttQoS.AT_MOST_ONCE, 0, false, MqttProperties.NO_PROPERTIES))
                .addListener(_ -> pending.decrementAndGet());
    }

    /// Brings what waits in the store from now on.
    void courier(Courier chosen) {
        courier = chosen;
        chosen.wake();
    }

    /// Something was stored for the device.
    void wake() {
        if (courier != null) {
            courier.wake();
        }
    }

    /// A PUBACK came; false where nothing waits for it.
    boolean acknowledged(int packet, int code) {
        if (packet >= Courier.FIRST_PACKET) {
            return courier != null && courier.acknowledged(packet, code < Code.UNSPECIFIED);
        }
        if (inflight == null || !inflight.remove(packet)) {
            return false;
        }
        pending.decrementAndGet();
        sendWaiting();
        if (courier != null) {
            courier.pump();
        }
        return true;
    }

    /// The connection has ended.
    void close() {
        if (courier != null) {
            courier.close();
        }
    }

    private void sendWaiting() {
        while (room() > 0 && waiting != null && !waiting.isEmpty()) {
            write(waiting.remove(), MqttQoS.AT_LEAST_ONCE, nextPacket(), false, MqttProperties.NO_PROPERTIES);
        }
    }

    private int nextPacket() {
        Set<Integer> taken = inflight;
        if (taken == null) {
            taken = new HashSet<>(4);
            inflight = taken;
        }
        do {
            lastPacket = lastPacket % (Courier.FIRST_PACKET - 1) + 1;
        } while (!taken.add(lastPacket));
        return lastPacket;
    }

    @Override
    public int room() {
        int stored = courier == null ? 0 : courier.inflight();
        return inflightMax - stored - (inflight == null ? 0 : inflight.size());
    }

    @Override
    public boolean write(Downlinks.Parcel parcel, int packet, boolean repeated, long secondsLeft) {
        Dialect.Parcel said = dialect.down(parcel.topic(), parcel.payload());
        if (said == null || isTooLong(said)) {
            return false;
        }
        MqttProperties properties = MqttProperties.NO_PROPERTIES;
        if (v5 && secondsLeft > 0) {
            properties = new MqttProperties();
            properties.add(new MqttProperties.IntegerProperty(MqttProperties.PUBLICATION_EXPIRY_INTERVAL,
                    (int) Math.min(secondsLeft, 0xffff_ffffL)));
        }
        write(said, MqttQoS.AT_LEAST_ONCE, packet, repeated, properties);
        return true;
    }

    private boolean isTooLong(Dialect.Parcel parcel) {
        return parcel.payload().length + ByteBufUtil.utf8MaxBytes(parcel.topic()) + HEADER_BYTES > packetMax;
    }

    @Override
    public Executor loop() {
        return channel.executor();
    }

    @Override
    public Executor mailbox() {
        return mailbox::add;
    }

    @Override
    public void later(Runnable work) {
        var _ = channel.executor().schedule(work, 1, TimeUnit.SECONDS);
    }

    private void write(Dialect.Parcel parcel, MqttQoS qos, int packet, boolean repeated,
            MqttProperties properties) {
        Wire.send(channel, packet(parcel, qos, packet, repeated, properties));
    }

    private static MqttPublishMessage packet(Dialect.Parcel parcel, MqttQoS qos, int packet,
            boolean repeated, MqttProperties properties) {
        return new MqttPublishMessage(
                new MqttFixedHeader(MqttMessageType.PUBLISH, repeated, qos, false, 0),
                new MqttPublishVariableHeader(parcel.topic(), packet, properties),
                Unpooled.wrappedBuffer(parcel.payload()));
    }
}
