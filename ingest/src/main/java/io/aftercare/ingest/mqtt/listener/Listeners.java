package io.aftercare.ingest.mqtt.listener;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The endpoint's open ports, one server for each event loop sharing each of them, and the certificates of those with TLS,
/// which may change while connections stay.
public final class Listeners {
    private static final Logger LOG = LoggerFactory.getLogger(Listeners.class);
    private static final int BACKLOG = 4096;
    private static final int PROXY_SECONDS_MAX = 10;

    /// Ways in.
    public enum Door {
        TCP(false, false), TLS(true, false), WEB(false, true), WEB_TLS(true, true);

        private final boolean secure;
        private final boolean web;

        Door(boolean secure, boolean web) {
            this.secure = secure;
            this.web = web;
        }

        public boolean isWeb() {
            return web;
        }

        private int wanted(MqttConfig.Ports ports) {
            return switch (this) {
                case TCP -> ports.tcp();
                case TLS -> ports.tls();
                case WEB -> ports.web();
                case WEB_TLS -> ports.webTls();
            };
        }
    }

    private final Vertx vertx;
    private final MqttConfig config;
    private final Supplier<List<X509Certificate>> products;
    private final BiConsumer<NetSocket, Door> accept;
    private final Counter reloaded;
    private final Counter refused;
    private final List<String> deployments = new ArrayList<>();
    private final List<NetServer> secure = new ArrayList<>();
    private final Map<Door, Integer> ports = new EnumMap<>(Door.class);
    private volatile @Nullable TlsFiles files;
    private volatile List<X509Certificate> anyDevice = List.of();
    private String lastComplaint = "";

    /// @param products asked for the authorities of products at the start and at each [#reload]; may block
    public Listeners(Vertx vertx, MqttConfig config, MeterRegistry registry,
            Supplier<List<X509Certificate>> products, BiConsumer<NetSocket, Door> accept) {
        this.products = products;
        this.vertx = vertx;
        this.config = config;
        this.accept = accept;
        this.reloaded = counter(registry, "taken");
        this.refused = counter(registry, "refused");
        if (config.tls() != null) {
            Gauge.builder("aftercare.mqtt.certificate.expiry", this, Listeners::secondsLeft)
                    .baseUnit("seconds").description("Until the endpoint's certificate ends")
                    .register(registry);
        }
    }

    private static Counter counter(MeterRegistry registry, String outcome) {
        return Counter.builder("aftercare.mqtt.certificate.changes").tag("outcome", outcome)
                .description("Changes of the certificate files while the endpoint runs").register(registry);
    }

    private double secondsLeft() {
        TlsFiles known = files;
        return known == null
                ? Double.NaN
                : known.expires().getEpochSecond()
                        - TimeUnit.MILLISECONDS.toSeconds(System.currentTimeMillis());
    }

    /// Opens the ports; blocks until they are open. A port in use is told by its number.
    public void open() {
        if (config.tls() != null) {
            try {
                TlsFiles found = TlsFiles.read(vertx, config.tls(), products.get());
                anyDevice = found.anyDevice();
                files = found;
            } catch (TlsFiles.Unusable | CertificateException e) {
                throw new IllegalStateException("TLS for MQTT: " + e.getMessage(), e);
            }
        }
        for (Door door : Door.values()) {
            int wanted = door.wanted(config.ports());
            if (wanted != MqttConfig.OFF) {
                ports.put(door, open(door, wanted));
            }
        }
    }

    /// The port of a door, 0 where it is shut.
    public int port(Door door) {
        return ports.getOrDefault(door, 0);
    }

    private int open(Door door, int wanted) {
        // Vert.x lets servers share a free port by the same negative number.
        int asked = wanted == 0 ? -1 - deployments.size() : wanted;
        int actual = 0;
        for (int loop = 0; loop < config.loops(); loop++) {
            Listener listener = new Listener(door, options(door), asked);
            try {
                deployments.add(vertx.deployVerticle(listener).await());
            } catch (Exception e) {
                throw new IllegalStateException("Port " + wanted + " for MQTT cannot be opened on "
                        + config.bind() + ": " + e.getMessage() + "; is another server running there?", e);
            }
            actual = listener.actualPort();
        }
        return actual;
    }

    private NetServerOptions options(Door door) {
        NetServerOptions options = new NetServerOptions().setUseProxyProtocol(config.proxyProtocol())
                .setProxyProtocolTimeout(PROXY_SECONDS_MAX).setProxyProtocolTimeoutUnit(TimeUnit.SECONDS);
        options.setTcpNoDelay(true).setTcpKeepAlive(true).setAcceptBacklog(BACKLOG);
        TlsFiles known = files;
        if (door.secure && known != null) {
            var tls = known.options();
            options.setSsl(true).setKeyCertOptions(tls.getKeyCertOptions())
                    .setTrustOptions(tls.getTrustOptions()).setClientAuth(tls.getClientAuth());
        }
        return options;
    }

    /// Takes the certificates anew where files or products' authorities have changed; blocks. Files that cannot be used are left alone: the
    /// certificate of before goes on.
    public void reload() {
        TlsFiles before = files;
        if (config.tls() == null || before == null) {
            return;
        }
        try {
            TlsFiles found = TlsFiles.read(vertx, config.tls(), products(before));
            if (!found.isSame(before)) {
                for (NetServer server : secure) {
                    server.updateSSLOptions(found.options(), true).await();
                }
                anyDevice = found.anyDevice();
                files = found;
                reloaded.increment();
                LOG.info(
                        "Certificates were changed: the one shown to devices ends at {}, {} products' authorities "
                                + "are trusted",
                        found.expires(), found.products().size());
            }
            lastComplaint = "";
        } catch (Exception e) {
            String complaint = String.valueOf(e.getMessage());
            if (!complaint.equals(lastComplaint)) {
                refused.increment();
                LOG.error("Changed certificates are not taken, the ones of before stay in use: {}",
                        complaint);
                lastComplaint = complaint;
            }
        }
    }

    private List<X509Certificate> products(TlsFiles before) {
        try {
            return products.get();
        } catch (RuntimeException e) {
            LOG.debug("Products' authorities cannot be looked up now; those of before stay", e);
            return before.products();
        }
    }

    /// The authorities whose certificates stand for devices of every product.
    public List<X509Certificate> anyDevice() {
        return anyDevice;
    }

    public void close() {
        deployments.forEach(id -> vertx.undeploy(id).await());
    }

    private final class Listener extends VerticleBase {
        private final Door door;
        private final NetServerOptions options;
        private final int wanted;
        private @Nullable NetServer server;

        Listener(Door door, NetServerOptions options, int wanted) {
            this.door = door;
            this.options = options;
            this.wanted = wanted;
        }

        @Override
        public Future<?> start() {
            NetServer listening = vertx.createNetServer(options)
                    .connectHandler(socket -> accept.accept(socket, door));
            server = listening;
            if (door.secure) {
                secure.add(listening);
            }
            return listening.listen(wanted, config.bind());
        }

        int actualPort() {
            return server == null ? 0 : server.actualPort();
        }
    }
}
