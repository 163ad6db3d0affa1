package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.listener.Crowd;
import io.aftercare.ingest.mqtt.listener.WebSocketDoor;
import io.aftercare.ingest.mqtt.listener.Listeners;
import io.aftercare.ingest.mqtt.wire.PacketFramer;
import io.aftercare.ingest.mqtt.wire.Doorstep;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.fleet.background.BackgroundLoop;
import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.DeviceId;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.fleet.provision.Provisioning;
import io.aftercare.ingest.message.Inbox;
import io.aftercare.ingest.telemetry.Lane;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.vertx.core.Vertx;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executor;

/// The ports for devices: MQTT 3.1.1 and 5.0 on Vert.x's server. Vert.x brings the event loops, TLS and the proxy protocol;
/// an accepted connection's pipeline gets Netty's codec and our own handler in place of Vert.x's, so that acknowledgements
/// can be gathered and an idle connection is small.
public final class MqttEndpoint implements Endpoint {
    /// One for all connections: it has no state of theirs.
    private static final RecvByteBufAllocator READS = new AdaptiveRecvByteBufAllocator(64, 2048, 16 * 1024);
    /// What Vert.x calls its own handler of a connection.
    private static final String VERTX_HANDLER = "handler";
    private static final Duration CLOSE_MAX = Duration.ofSeconds(3);
    private static final Duration RELOAD_EVERY = Duration.ofSeconds(5);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final MqttConfig config;
    private final List<Lane> lanes;
    private final Sessions sessions;
    private final Inbox inbox;
    private final Handshake handshake;
    private final Trespasses trespasses;
    private final Pauses pauses;
    private final Subscribing subscribing;
    private final Executor threads;
    private final InstantSource clock;
    private final Crowd crowd;
    private final Listeners listeners;
    private volatile boolean closing;
    private final BackgroundLoop sweep;
    private final BackgroundLoop reloading;

    /// What the endpoint works with.
    public record Parts(Database database, Devices devices, MetricDictionary dictionary, List<Lane> lanes,
            Sessions sessions, Inbox inbox, Executor threads, InstantSource clock, MeterRegistry registry,
            Allowance allowance) {
        public Parts {
            lanes = List.copyOf(lanes);
        }
    }

    public MqttEndpoint(Vertx vertx, MqttConfig config, Parts parts) {

        this.config = config;
        this.lanes = parts.lanes();
        this.sessions = parts.sessions();
        this.inbox = parts.inbox();
        this.threads = parts.threads();
        this.clock = parts.clock();
        Provisioning provisioning = new Provisioning(parts.database(), parts.devices(), parts.clock());
        this.listeners = new Listeners(vertx, config, parts.registry(), provisioning::authorities,
                this::accept);
        this.handshake = new Handshake(parts.devices(), parts.dictionary(), provisioning,
                listeners::anyDevice);
        this.trespasses = new Trespasses(parts.database(), threads, clock, parts.registry());
        this.pauses = new Pauses(parts.allowance(), parts.registry());
        this.subscribing = new Subscribing(trespasses);
        this.sweep = BackgroundLoop.every(SWEEP_EVERY, "session-sweep",
                () -> sessions.keeping().sweep());
        this.reloading = BackgroundLoop.every(RELOAD_EVERY, "certificate-reload", this::reload);
        this.crowd = new Crowd(config.limits(), parts.registry());
        Gauge.builder("aftercare.mqtt.connections", crowd, Crowd::size)
                .description("Open connections of devices").register(parts.registry());
    }

    /// Opens the ports; blocks until they are open. A port in use is told by its number.
    public void start() {
        sessions.keeping().start();
        sweep.start();
        listeners.open();
        reloading.start();
    }

    /// Looks whether the certificate files have changed; blocks. Done by itself every few seconds.
    public void reload() {
        listeners.reload();
    }

    /// The port of plain MQTT.
    public int port() {
        return listeners.port(Listeners.Door.TCP);
    }

    /// The port of MQTT over TLS, 0 without.
    public int tlsPort() {
        return listeners.port(Listeners.Door.TLS);
    }

    /// The port of MQTT over WebSocket, 0 without.
    public int webPort() {
        return listeners.port(Listeners.Door.WEB);
    }

    /// The port of MQTT over WebSocket with TLS, 0 without.
    public int webTlsPort() {
        return listeners.port(Listeners.Door.WEB_TLS);
    }

    /// Holds a device that comes by HTTP to the same allowance as one that is connected, and to one for both ways.
    ///
    /// @return how long it has to wait before a message of so many bytes is taken, zero where it may be
    public Duration allow(DeviceId device, int bytes) {
        return pauses.allow(sessions.presence(device), bytes);
    }

    /// Admits nobody any more and reads nothing more: what was read goes on to its end.
    public void stopReading() {
        closing = true;
        sessions.forEach(session -> session.loop().execute(() -> session.pause(Session.Pause.CLOSING)));
    }

    /// Waits until the work of every connection is done.
    ///
    /// @return false where some was still waiting after `max`
    public boolean settle(Duration max) {
        return Waiting.until(sessions::areSettled, max);
    }

    /// Ends the connections, telling those who can hear it, and closes the ports.
    public void close() {
        sweep.close();
        reloading.close();
        sessions.keeping().stop();
        sessions.forEach(session -> session.disconnect(Code.SHUTTING_DOWN));
        Waiting.until(() -> crowd.size() == 0, CLOSE_MAX);
        listeners.close();
    }

    private void accept(NetSocket socket, Listeners.Door door) {
        Peer peer = Peer.of(socket, door.isWeb());
        if (closing || !crowd.enter(peer.address())) {
            socket.close();
            return;
        }
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        channel.config().setRecvByteBufAllocator(READS);
        ChannelPipeline pipeline = channel.pipeline();
        if (door.isWeb()) {
            WebSocketDoor.open(pipeline, config);
        }
        int packetBytesMax = config.limits().packetBytesMax();
        MqttHandler handler = new MqttHandler(this, peer);
        pipeline.addLast(Doorstep.NAME, new Doorstep());
        pipeline.addLast("mqtt-framer", new PacketFramer(packetBytesMax, handler));
        pipeline.addLast("mqtt-decoder", new MqttDecoder(packetBytesMax));
        pipeline.addLast("mqtt-encoder", MqttEncoder.INSTANCE);
        pipeline.addLast("mqtt", handler);
        // Vert.x has accepted, and is not needed any more: its socket has queues that are 5 KB of each connection.
        pipeline.remove(VERTX_HANDLER);
    }

    @Override
    public MqttConfig config() {
        return config;
    }

    @Override
    public Handshake handshake() {
        return handshake;
    }

    @Override
    public Sessions sessions() {
        return sessions;
    }

    @Override
    public Subscribing subscribing() {
        return subscribing;
    }

    @Override
    public Executor threads() {
        return threads;
    }

    @Override
    public Lane lane(Device device) {
        return lanes.get(device.number() % lanes.size());
    }

    @Override
    public Uplink uplink(Session session) {
        return new Uplink(session, inbox, trespasses, pauses, config, clock);
    }

    @Override
    public Pauses pauses() {
        return pauses;
    }

    @Override
    public void spoke(Peer peer) {
        crowd.spoke(peer.address());
    }

    @Override
    public void ended(Peer peer) {
        crowd.leave(peer.address());
    }

    @Override
    public boolean isClosing() {
        return closing;
    }
}
