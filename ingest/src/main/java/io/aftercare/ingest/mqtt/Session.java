package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Wire;
import io.aftercare.ingest.mqtt.wire.Replies;
import io.aftercare.ingest.mqtt.wire.Frames;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.ModelMetrics;
import io.aftercare.ingest.message.Connectivity;
import io.aftercare.ingest.telemetry.DeviceClock;
import io.aftercare.ingest.telemetry.Lane;
import io.aftercare.ingest.telemetry.Source;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.mqtt.MqttMessageType;
import java.time.Instant;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// One authenticated connection: what it may, what it has unanswered, why it is not read from. Lives on its event loop;
/// what other threads may call says so.
final class Session implements Source {
    /// Why a connection is not read from; reading goes on when none is left.
    enum Pause {
        LANE(1), MAILBOX(2), WRITES(4), CLOSING(8), RATE(16);

        private final int bit;

        Pause(int bit) {
            this.bit = bit;
        }
    }

    private final ChannelHandlerContext channel;
    private final Credentials credentials;
    private final String clientId;
    private final ModelMetrics metrics;
    private final Lane lane;
    private final Presence presence;
    private final Pauses paused;
    private final Dialect dialect;
    private final Downlink downlink;
    private volatile Device device;
    private volatile Subscriptions subscriptions = Subscriptions.NONE;
    private final QosTwo qosTwo = new QosTwo();
    private boolean present;
    private boolean stored;
    private long expirySeconds;
    private volatile long beganSeconds;
    private volatile @Nullable Peer peer;
    private int unanswered;
    private int unreleased;
    private int pauses;
    private boolean closed;
    private @Nullable ByteBuf answers;

    Session(ChannelHandlerContext channel, Credentials credentials, String clientId,
            Handshake.Admission.Admitted admitted, Lane lane, Presence presence, Pauses paused) {
        this.channel = channel;
        this.credentials = credentials.admitted(admitted.device().id());
        this.clientId = clientId;
        this.metrics = admitted.metrics();
        this.device = admitted.device();
        this.lane = lane;
        this.presence = presence;
        this.paused = paused;
        this.dialect = admitted.dialect();
        this.expirySeconds = credentials.expirySeconds();
        this.downlink = new Downlink(channel, dialect, credentials, presence.mailbox());
    }

    /// When the connection was admitted, and whose it is.
    void began(Instant at, Peer who) {
        beganSeconds = at.getEpochSecond();
        peer = who;
    }

    /// For the log of connections.
    ///
    /// @param end when it ended, null before
    Connectivity.Visit visit(@Nullable Instant end) {
        Peer who = peer;
        String protocol = (v5() ? "MQTT 5.0" : "MQTT 3.1.1") + (who == null ? "" : who.transport());
        return new Connectivity.Visit(who == null ? "" : who.address(), protocol,
                end == null ? null : Long.valueOf(end.getEpochSecond() - beganSeconds));
    }

    ChannelHandlerContext channel() {
        return channel;
    }

    @Override
    public Device device() {
        return device;
    }

    /// From any thread: the device has changed.
    void device(Device changed) {
        device = changed;
    }

    @Override
    public ModelMetrics metrics() {
        return metrics;
    }

    @Override
    public DeviceClock clock() {
        return presence.clock();
    }

    @Override
    public Executor loop() {
        return channel.executor();
    }

    Lane lane() {
        return lane;
    }

    Presence presence() {
        return presence;
    }

    Downlink downlink() {
        return downlink;
    }

    boolean v5() {
        return credentials.v5();
    }

    boolean cleanStart() {
        return credentials.cleanStart();
    }

    String clientId() {
        return clientId;
    }

    Credentials credentials() {
        return credentials;
    }

    /// How this connection names its topics.
    Dialect dialect() {
        return dialect;
    }

    /// From any thread.
    Subscriptions subscriptions() {
        return subscriptions;
    }

    void subscriptions(Subscriptions changed) {
        subscriptions = changed;
    }

    QosTwo qosTwo() {
        return qosTwo;
    }

    /// How long the session is kept after the connection.
    long expirySeconds() {
        return expirySeconds;
    }

    void expirySeconds(long changed) {
        expirySeconds = changed;
    }

    /// Takes over what an earlier connection left; before the first packet.
    void restore(SessionStore.Opened opened) {
        present = opened.present();
        stored = opened.isStored();
        subscriptions = opened.subscriptions();
        qosTwo.restore(opened.unreleased());
    }

    /// Whether it goes on where an earlier connection ended.
    boolean isPresent() {
        return present;
    }

    /// Whether it outlives the connection.
    boolean isStored() {
        return stored;
    }

    /// Who owns the stored session.
    Object connection() {
        return channel;
    }

    /// A QoS 1 or 2 message has come.
    ///
    /// @return how many are unfinished now: not answered, or of QoS 2 and not released (MQTT 5.0, section 4.9)
    int received() {
        return ++unanswered + unreleased;
    }

    /// The device releases a packet of QoS 2.
    ///
    /// @return [Code#SUCCESS], or that there is no such packet
    int released(int packet) {
        if (!qosTwo.forget(packet)) {
            return Code.PACKET_ID_NOT_FOUND;
        }
        unreleased = Math.max(0, unreleased - 1);
        return Code.SUCCESS;
    }

    @Override
    public boolean acknowledge(int packet, int qos, boolean accepted) {
        boolean first = answers == null;
        answer(packet, qos, accepted ? Code.SUCCESS : Code.BAD_PAYLOAD);
        return first && answers != null;
    }

    /// Answers a PUBLISH; [#flush] sends it.
    void answer(int packet, int qos, int code) {
        unanswered--;
        if (qos == 1) {
            append(MqttMessageType.PUBACK, packet, code);
            return;
        }
        // MQTT 3.1.1 hears no refusal: it goes on with PUBREL either way.
        if (code < Code.UNSPECIFIED || !v5()) {
            qosTwo.stored(packet);
            unreleased++;
        } else {
            qosTwo.forget(packet);
        }
        append(MqttMessageType.PUBREC, packet, code);
    }

    /// Adds a short answer; [#flush] sends it.
    void append(MqttMessageType type, int packet, int code) {
        if (channel.channel().isActive()) {
            Frames.answer(room(), type, packet, code, v5());
        }
    }

    void appendPing() {
        Frames.pingResponse(room());
    }

    private ByteBuf room() {
        ByteBuf out = answers;
        if (out == null) {
            out = channel.alloc().ioBuffer(64);
            answers = out;
        }
        return out;
    }

    @Override
    public void flush() {
        ByteBuf out = answers;
        answers = null;
        if (out != null) {
            Wire.send(channel, out);
        }
    }

    @Override
    public void resume() {
        unpause(Pause.LANE);
    }

    void mailboxHasRoom() {
        unpause(Pause.MAILBOX);
    }

    void pause(Pause reason) {
        if (pauses == 0 && !closed) {
            paused.began();
        }
        pauses |= reason.bit;
        channel.channel().config().setAutoRead(false);
    }

    void unpause(Pause reason) {
        boolean wasPaused = pauses != 0;
        pauses &= ~reason.bit;
        if (wasPaused && pauses == 0 && !closed) {
            paused.ended();
        }
        if (pauses == 0) {
            channel.channel().config().setAutoRead(true);
        }
    }

    boolean isPaused() {
        return pauses != 0;
    }

    /// From any thread: ends the connection, saying why to those who can hear it.
    void disconnect(int code) {
        channel.executor().execute(() -> {
            flush();
            if (v5()) {
                Wire.sendAndClose(channel, Replies.disconnect(code, credentials.takesReasons()));
            } else {
                Wire.close(channel);
            }
        });
    }

    /// The connection has ended.
    void closed() {
        if (pauses != 0 && !closed) {
            paused.ended();
        }
        closed = true;
        downlink.close();
        ByteBuf out = answers;
        answers = null;
        if (out != null) {
            out.release();
        }
    }
}
