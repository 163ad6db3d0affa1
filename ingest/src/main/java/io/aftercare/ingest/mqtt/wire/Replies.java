package io.aftercare.ingest.mqtt.wire;

import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubAckMessage;
import io.netty.handler.codec.mqtt.MqttSubAckPayload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The endpoint's longer answers.
public final class Replies {
    private Replies() {}

    /// CONNACK for an admitted MQTT 3.1.1 client.
    public static MqttConnAckMessage welcome(boolean sessionPresent) {
        return MqttMessageBuilders.connAck().returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(sessionPresent).build();
    }

    /// What the endpoint takes, as a CONNACK of MQTT 5 says it.
    ///
    /// @param receiveMax     QoS 1 and 2 messages that may be unanswered
    /// @param packetBytesMax a longer packet closes the connection
    public record Bounds(int receiveMax, int topicAliasMax, int packetBytesMax) {}

    /// CONNACK for an admitted MQTT 5 client: what the endpoint can and cannot do.
    ///
    /// @param assignedId       the client id given to a client that brought none
    /// @param keepAliveSeconds the keep-alive in place of the one asked for, 0 where that one holds
    public static MqttConnAckMessage welcome5(boolean sessionPresent, Bounds bounds,
            @Nullable String assignedId, int keepAliveSeconds) {
        return MqttMessageBuilders.connAck().returnCode(MqttConnectReturnCode.CONNECTION_ACCEPTED)
                .sessionPresent(sessionPresent).properties(properties -> {
                    properties.receiveMaximum(bounds.receiveMax())
                            .topicAliasMaximum(bounds.topicAliasMax())
                            .maximumPacketSize(bounds.packetBytesMax()).retainAvailable(false)
                            .sharedSubscriptionAvailable(false).subscriptionIdentifiersAvailable(false);
                    if (keepAliveSeconds > 0) {
                        properties.serverKeepAlive(keepAliveSeconds);
                    }
                    if (assignedId != null) {
                        properties.assignedClientId(assignedId);
                    }
                }).build();
    }

    /// CONNACK that refuses: the MQTT 5 code, or what MQTT 3.1.1 has for it.
    public static MqttConnAckMessage refusal(int code, boolean v5) {
        MqttConnectReturnCode said = v5 ? MqttConnectReturnCode.valueOf((byte) code) : switch (code) {
            case Code.UNSUPPORTED_VERSION ->
                MqttConnectReturnCode.CONNECTION_REFUSED_UNACCEPTABLE_PROTOCOL_VERSION;
            case Code.BAD_CLIENT_ID -> MqttConnectReturnCode.CONNECTION_REFUSED_IDENTIFIER_REJECTED;
            case Code.SERVER_UNAVAILABLE -> MqttConnectReturnCode.CONNECTION_REFUSED_SERVER_UNAVAILABLE;
            default -> MqttConnectReturnCode.CONNECTION_REFUSED_NOT_AUTHORIZED;
        };
        var answer = MqttMessageBuilders.connAck().returnCode(said).sessionPresent(false);
        String reason = v5 ? Code.reason(code) : "";
        return (reason.isEmpty() ? answer : answer.properties(properties -> properties.reasonString(reason)))
                .build();
    }

    public static MqttMessage subscribed(int packet, int[] codes) {
        return new MqttSubAckMessage(
                new MqttFixedHeader(MqttMessageType.SUBACK, false, MqttQoS.AT_MOST_ONCE, false, 0),
                new MqttMessageIdAndPropertiesVariableHeader(packet, MqttProperties.NO_PROPERTIES),
                new MqttSubAckPayload(codes));
    }

    public static MqttMessage unsubscribed(int packet, List<Short> codes) {
        return MqttMessageBuilders.unsubAck().packetId(packet).addReasonCodes(codes.toArray(Short[]::new))
                .build();
    }

    /// DISCONNECT, which MQTT 5 alone lets a server send.
    ///
    /// @param inWords whether the device takes a packet of that length
    public static MqttMessage disconnect(int code, boolean inWords) {
        String reason = inWords ? Code.reason(code) : "";
        MqttProperties properties = new MqttProperties();
        if (!reason.isEmpty()) {
            properties.add(new MqttProperties.StringProperty(MqttProperties.REASON_STRING, reason));
        }
        return MqttMessageBuilders.disconnect().reasonCode((byte) code).properties(properties).build();
    }
}
