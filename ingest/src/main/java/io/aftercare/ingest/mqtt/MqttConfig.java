package io.aftercare.ingest.mqtt;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// How devices connect.
///
/// @param port           of plain MQTT; 0 takes a free one
/// @param tls            MQTT over TLS beside it, null for none
/// @param loops          event loops that read and write
/// @param connectionsMax connections at once; one more is closed at once
/// @param receiveMax     QoS 1 and 2 messages that an MQTT 5 device may have unanswered
/// @param packetBytesMax a longer packet closes the connection
/// @param connectMax     time for the CONNECT to come
public record MqttConfig(String bind, int port, @Nullable Tls tls, int loops, int connectionsMax,
        int receiveMax,
        int packetBytesMax, Duration connectMax) {
    /// TLS of the endpoint, from PEM files.
    ///
    /// @param clientAuthority devices show a certificate of this authority, whose CN is the device id; null: a password
    public record Tls(int port, Path certificate, Path key, @Nullable Path clientAuthority) {}

    public MqttConfig {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("the MQTT port is 0 to 65535, not " + port);
        }
        if (loops < 1 || connectionsMax < 1 || receiveMax < 1 || receiveMax > 65_535
                || packetBytesMax < 128) {
            throw new IllegalArgumentException("a limit of the MQTT endpoint is out of range");
        }
    }

    /// The default limits.
    public static MqttConfig of(String bind, int port, @Nullable Tls tls) {
        return new MqttConfig(bind, port, tls, 2, 200_000, 1024, 256 * 1024, Duration.ofSeconds(10));
    }
}
