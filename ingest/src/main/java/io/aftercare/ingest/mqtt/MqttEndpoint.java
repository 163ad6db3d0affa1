package io.aftercare.ingest.mqtt;

import io.aftercare.fleet.device.Device;
import io.aftercare.fleet.device.Devices;
import io.aftercare.fleet.device.MetricDictionary;
import io.aftercare.fleet.postgres.Database;
import io.aftercare.ingest.message.Inbox;
import io.aftercare.ingest.telemetry.Lane;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The port for devices: MQTT 3.1.1 and 5.0 on Vert.x's server, whose pipeline gets Netty's codec and our own handler.
/// Vert.x brings the event loops and TLS; messages do not pass through it, so that acknowledgements can be gathered.
/// One server for each event loop shares the port.
public final class MqttEndpoint implements Endpoint {
    private static final int READ_BYTES_MAX = 16 * 1024;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(3);
    private static final Duration SWEEP_EVERY = Duration.ofMinutes(1);

    private final Vertx vertx;
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
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> deployments = new ArrayList<>();
    private volatile boolean closing;
    private long sweepTimer;
    private int port;
    private int tlsPort;

    /// What the endpoint works with.
    public record Parts(Database database, Devices devices, MetricDictionary dictionary, List<Lane> lanes,
            Sessions sessions, Inbox inbox, Executor threads, InstantSource clock, MeterRegistry registry,
            Allowance allowance) {
        public Parts {
            lanes = List.copyOf(lanes);
        }
    }

    public MqttEndpoint(Vertx vertx, MqttConfig config, Parts parts) {
        this.vertx = vertx;
        this.config = config;
        this.lanes = parts.lanes();
        this.sessions = parts.sessions();
        this.inbox = parts.inbox();
        this.threads = parts.threads();
        this.clock = parts.clock();
        this.handshake = new Handshake(parts.devices(), parts.dictionary());
        this.trespasses = new Trespasses(parts.database(), threads, clock, parts.registry());
        this.pauses = new Pauses(parts.allowance(), parts.registry());
        this.subscribing = new Subscribing(trespasses);
        Gauge.builder("aftercare.mqtt.connections", connections, AtomicInteger::get)
                .description("Open connections of devices").register(parts.registry());
    }

    /// Opens the ports; blocks until they are open. A port in use is told by its number.
    public void start() {
        sessions.keeping().start();
        sweepTimer = vertx.setPeriodic(SWEEP_EVERY.toMillis(),
                _ -> threads.execute(() -> sessions.keeping().sweep()));
        port = listen(new NetServerOptions(), config.port());
        if (config.tls() != null) {
            tlsPort = listen(tls(config.tls()), config.tls().port());
        }
    }

    /// The port of plain MQTT.
    public int port() {
        return port;
    }

    /// The port of MQTT over TLS, 0 without.
    public int tlsPort() {
        return tlsPort;
    }

    private int listen(NetServerOptions options, int wanted) {
        options.setTcpNoDelay(true).setTcpKeepAlive(true).setAcceptBacklog(4096);
        // Vert.x lets servers share a free port by the same negative number.
        int asked = wanted == 0 ? -1 - deployments.size() : wanted;
        int actual = 0;
        for (int loop = 0; loop < config.loops(); loop++) {
            Listener listener = new Listener(options, asked);
            try {
                deployments.add(vertx.deployVerticle(listener).await());
            } catch (Exception e) {
                throw new IllegalStateException(
                        "Port " + wanted + " for MQTT cannot be opened on " + config.bind()
                                + ": " + e.getMessage() + "; is another server running there?",
                        e);
            }
            actual = listener.actualPort();
        }
        return actual;
    }

    private static NetServerOptions tls(MqttConfig.Tls tls) {
        NetServerOptions options = new NetServerOptions().setSsl(true)
                .setKeyCertOptions(new PemKeyCertOptions().addCertPath(tls.certificate().toString())
                        .addKeyPath(tls.key().toString()));
        if (tls.clientAuthority() != null) {
            options.setClientAuth(ClientAuth.REQUIRED)
                    .setTrustOptions(new PemTrustOptions().addCertPath(tls.clientAuthority().toString()));
        }
        return options;
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
        vertx.cancelTimer(sweepTimer);
        sessions.keeping().stop();
        sessions.forEach(session -> session.disconnect(Code.SHUTTING_DOWN));
        Waiting.until(() -> connections.get() == 0, CLOSE_MAX);
        deployments.forEach(id -> vertx.undeploy(id).await());
    }

    private final class Listener extends VerticleBase {
        private final NetServerOptions options;
        private final int wanted;
        private @Nullable NetServer server;

        Listener(NetServerOptions options, int wanted) {
            this.options = options;
            this.wanted = wanted;
        }

        @Override
        public Future<?> start() {
            NetServer listening = vertx.createNetServer(options).connectHandler(MqttEndpoint.this::accept);
            server = listening;
            return listening.listen(wanted, config.bind());
        }

        int actualPort() {
            return server == null ? 0 : server.actualPort();
        }
    }

    private void accept(NetSocket socket) {
        if (connections.incrementAndGet() > config.connectionsMax() || closing) {
            connections.decrementAndGet();
            socket.close();
            return;
        }
        var channel = ((NetSocketInternal) socket).channelHandlerContext();
        channel.channel().config()
                .setRecvByteBufAllocator(new AdaptiveRecvByteBufAllocator(64, 2048, READ_BYTES_MAX));
        ChannelPipeline pipeline = channel.pipeline();
        // Before Vert.x's own handler, which sees no message of MQTT: bytes in, messages to our handler; out the other way.
        MqttHandler handler = new MqttHandler(this, Certificates.commonName(socket));
        pipeline.addBefore("handler", "mqtt-framer",
                new PacketFramer(config.packetBytesMax(), handler::publish));
        pipeline.addBefore("handler", "mqtt-decoder", new MqttDecoder(config.packetBytesMax()));
        pipeline.addBefore("handler", "mqtt-encoder", MqttEncoder.INSTANCE);
        pipeline.addBefore("handler", "mqtt", handler);
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
    public void ended() {
        connections.decrementAndGet();
    }
}
