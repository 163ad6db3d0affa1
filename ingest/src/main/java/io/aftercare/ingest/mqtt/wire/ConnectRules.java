package io.aftercare.ingest.mqtt.wire;

import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttVersion;

/// What a CONNECT may not say, beyond what the codec looks at: MQTT 5.0, section 3.1, and MQTT 3.1.1, section 3.1.
public final class ConnectRules {
    private static final int QOS_MAX = 2;

    private ConnectRules() {}

    /// @return [Code#SUCCESS], or the reason of the refusal
    public static int check(MqttConnectMessage connect) {
        var header = connect.variableHeader();
        boolean v5 = header.version() == MqttVersion.MQTT_5.protocolLevel();
        if (!header.isWillFlag() && (header.willQos() != 0 || header.isWillRetain())
                || header.willQos() > QOS_MAX || !v5 && header.hasPassword() && !header.hasUserName()) {
            return Code.MALFORMED_PACKET;
        }
        if (!v5) {
            return Code.SUCCESS;
        }
        MqttProperties properties = header.properties();
        if (Credentials.number(properties, MqttProperties.RECEIVE_MAXIMUM, 1) == 0
                || Credentials.number(properties, MqttProperties.MAXIMUM_PACKET_SIZE, 1) == 0
                || Credentials.number(properties, MqttProperties.REQUEST_PROBLEM_INFORMATION, 0) > 1
                || Credentials.number(properties, MqttProperties.REQUEST_RESPONSE_INFORMATION, 0) > 1
                || properties.getProperty(MqttProperties.AUTHENTICATION_DATA) != null
                        && properties.getProperty(MqttProperties.AUTHENTICATION_METHOD) == null) {
            return Code.PROTOCOL_ERROR;
        }
        return header.isWillRetain() ? Code.RETAIN_NOT_SUPPORTED : Code.SUCCESS;
    }
}
