package io.aftercare.ingest.mqtt.wire;

import io.aftercare.fleet.device.DeviceId;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// What a CONNECT says, as plain values.
///
/// @param user          device id, empty for none
/// @param password      device token, empty for none
/// @param expirySeconds how long the session is kept after the connection
/// @param receiveMax    QoS 1 messages that the device takes at once
/// @param packetMax     longest packet that the device takes
public record Credentials(boolean v5, String clientId, String user, String password, boolean cleanStart,
        long expirySeconds, int keepAliveSeconds, int receiveMax, long packetMax,
        boolean extendedAuthentication,
        @Nullable Will will) {
    /// An MQTT 3.1.1 session that is not clean has no term of its own: it is kept for a week.
    private static final long V3_EXPIRY_SECONDS = 7 * 86_400L;
    private static final int REASON_PACKET_BYTES = 128;

    /// What the endpoint publishes for a device whose connection breaks.
    public record Will(String topic, byte[] payload, long delaySeconds) {}

    public static Credentials of(MqttConnectMessage connect) {
        var header = connect.variableHeader();
        var payload = connect.payload();
        boolean v5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
        MqttProperties properties = header.properties();
        byte[] password = payload.passwordInBytes();
        Will will = header.isWillFlag()
                ? new Will(payload.willTopic(), payload.willMessageInBytes(),
                        number(payload.willProperties(), MqttProperties.WILL_DELAY_INTERVAL, 0))
                : null;
        long expiry = header.isCleanSession() ? 0 : V3_EXPIRY_SECONDS;
        return new Credentials(v5, payload.clientIdentifier(),
                payload.userName() == null ? "" : payload.userName(),
                password == null ? "" : new String(password, StandardCharsets.UTF_8), header.isCleanSession(),
                v5 ? number(properties, MqttProperties.SESSION_EXPIRY_INTERVAL, 0) : expiry,
                header.keepAliveTimeSeconds(),
                (int) number(properties, MqttProperties.RECEIVE_MAXIMUM, 65_535),
                number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, Integer.MAX_VALUE),
                properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) != null, will);
    }

    /// What is kept of it once the device was admitted: not the password, and no second copy of the device's id.
    public Credentials admitted(DeviceId device) {
        String id = device.value();
        return new Credentials(v5, clientId.equals(id) ? id : clientId, id, "", cleanStart, expirySeconds,
                keepAliveSeconds, receiveMax, packetMax, extendedAuthentication, will);
    }

    /// Whether there is room for a reason in words in every packet.
    public boolean takesReasons() {
        return packetMax >= REASON_PACKET_BYTES;
    }

    /// A property that is a number; MQTT's numbers have no sign.
    public static long number(MqttProperties properties, int id, long otherwise) {
        return properties.getProperty(id) instanceof MqttProperties.IntegerProperty property
                ? property.value() & 0xffffffffL
                : otherwise;
    }
}
