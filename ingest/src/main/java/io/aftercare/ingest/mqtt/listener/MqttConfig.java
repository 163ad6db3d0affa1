package io.aftercare.ingest.mqtt.listener;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How devices connect.
///
/// @param tls           certificates of the ports with TLS, null where there are none
/// @param proxyProtocol whether a proxy before the ports says, by the PROXY protocol, where a connection comes from; then
///                      nobody else gets in
/// @param loops         event loops that read and write
public record MqttConfig(String bind, Ports ports, @Nullable Tls tls, boolean proxyProtocol, int loops,
        Limits limits) {
    /// A port that is not opened.
    public static final int OFF = -1;

    /// Ports by transport; 0 takes a free one, [#OFF] opens none.
    public record Ports(int tcp, int tls, int web, int webTls) {
        public Ports {
            for (int port : new int[]{tcp, tls, web, webTls}) {
                if (port < OFF || port > 65_535) {
                    throw new IllegalArgumentException("an MQTT port is 0 to 65535, not " + port);
                }
            }
        }

        /// Whether one of them needs a certificate.
        boolean withTls() {
            return tls != OFF || webTls != OFF;
        }
    }

    /// TLS of the endpoint, from PEM files that are looked at again while it runs.
    ///
    /// @param clientAuthority devices show a certificate of this authority, which names the device id; null: a password
    public record Tls(Path certificate, Path key, @Nullable Path clientAuthority) {}

    /// What the endpoint bears.
    ///
    /// @param connectionsMax      connections at once; one more is closed at once
    /// @param perAddressMax       of these from one address; 0 for no bound of its own
    /// @param silentMax           connections that have sent no CONNECT yet, or ask to be made a device
    /// @param silentPerAddressMax of these from one address
    /// @param receiveMax          QoS 1 and 2 messages that an MQTT 5 device may have unanswered
    /// @param packetBytesMax      a longer packet closes the connection
    /// @param connectMax          time for the CONNECT to come
    /// @param keepAliveMax        an MQTT 5 device that asks for a longer keep-alive, or none, is given this one
    public record Limits(int connectionsMax, int perAddressMax, int silentMax, int silentPerAddressMax,
            int receiveMax, int packetBytesMax, Duration connectMax, Duration keepAliveMax) {
        public static final Limits DEFAULT = new Limits(200_000, 0, 20_000, 5000, 1024, 256 * 1024,
                Duration.ofSeconds(10), Duration.ofHours(1));

        public Limits {
            if (connectionsMax < 1 || perAddressMax < 0 || silentMax < 1 || silentPerAddressMax < 1
                    || receiveMax < 1 || receiveMax > 65_535 || packetBytesMax < 128
                    || keepAliveMax.toSeconds() < 1 || keepAliveMax.toSeconds() > 65_535) {
                throw new IllegalArgumentException("a limit of the MQTT endpoint is out of range");
            }
        }

        public Limits withPerAddressMax(int connections) {
            return new Limits(connectionsMax, connections, silentMax, silentPerAddressMax, receiveMax,
                    packetBytesMax, connectMax, keepAliveMax);
        }

        public Limits withConnectMax(Duration time) {
            return new Limits(connectionsMax, perAddressMax, silentMax, silentPerAddressMax, receiveMax,
                    packetBytesMax, time, keepAliveMax);
        }
    }

    public MqttConfig {
        if (loops < 1) {
            throw new IllegalArgumentException("at least one event loop is needed");
        }
        if (ports.withTls() && tls == null) {
            throw new IllegalArgumentException("a port with TLS needs a certificate");
        }
    }

    /// Plain MQTT alone, with the default limits.
    public static MqttConfig of(String bind, int port) {
        return new MqttConfig(bind, new Ports(port, OFF, OFF, OFF), null, false, 2, Limits.DEFAULT);
    }

    public MqttConfig with(Limits chosen) {
        return new MqttConfig(bind, ports, tls, proxyProtocol, loops, chosen);
    }
}
