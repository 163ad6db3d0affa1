package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Wire;
import io.aftercare.ingest.mqtt.wire.Replies;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.Code;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import io.aftercare.fleet.provision.Provisioning;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.mqtt.MqttFixedHeader;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttPublishVariableHeader;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A connection of somebody who is no device yet, and asks to become one: user name `provision`, a request on
/// `/provision/request`, the answer on `/provision/response`, as ThingsBoard has it. It may do nothing else, asks
/// [#REQUESTS_MAX] times at most, says [#PACKETS_MAX] things in all, and ends after [#SECONDS_MAX]. It shows nothing of who it
/// is, so until its end it counts among the silent. Lives on the connection's event loop.
final class Enrolment extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Enrolment.class);
    private static final String REQUEST = "/provision/request";
    private static final String RESPONSE = "/provision/response";
    private static final int REQUESTS_MAX = 5;
    // Each is answered, and nobody says that the answers are read.
    private static final int PACKETS_MAX = 100;
    private static final int REQUEST_BYTES_MAX = 4096;
    private static final int SECONDS_MAX = 60;

    private final Endpoint endpoint;
    private final Provisioning provisioning;
    private final Peer peer;
    private final boolean v5;
    private int requests;
    private int packets;

    Enrolment(Endpoint endpoint, Provisioning provisioning, Peer peer, boolean v5) {
        this.endpoint = endpoint;
        this.provisioning = provisioning;
        this.peer = peer;
        this.v5 = v5;
    }

    /// Whether a CONNECT asks for this.
    static boolean isWanted(Credentials shown) {
        return shown.user().equals("provision") && shown.password().isEmpty() && shown.will() == null;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Wire.send(ctx, v5
                ? Replies.welcome5(false, endpoint.bounds(), "provision", 0)
                : Replies.welcome(false));
        var _ = ctx.executor().schedule(() -> Wire.close(ctx), SECONDS_MAX, TimeUnit.SECONDS);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object read) {
        try {
            MqttMessage message = (MqttMessage) read;
            if (message.decoderResult().isFailure() || ++packets > PACKETS_MAX) {
                Wire.close(ctx);
                return;
            }
            take(ctx, message);
        } finally {
            ReferenceCountUtil.release(read);
        }
    }

    private void take(ChannelHandlerContext ctx, MqttMessage message) {
        switch (message.fixedHeader().messageType()) {
            case SUBSCRIBE -> Wire.send(ctx, subscribed((MqttSubscribeMessage) message));
            case PUBLISH -> request(ctx, (MqttPublishMessage) message);
            case PINGREQ -> Wire.send(ctx, MqttMessage.PINGRESP);
            case PUBACK -> LOG.trace("An answer arrived at {}", ctx.channel());
            case DISCONNECT, CONNECT, CONNACK, PUBREC, PUBREL, PUBCOMP, SUBACK, UNSUBSCRIBE, UNSUBACK,
                    PINGRESP,
                    AUTH ->
                Wire.close(ctx);
        }
    }

    private MqttMessage subscribed(MqttSubscribeMessage message) {
        int refused = v5 ? Code.NOT_AUTHORIZED : Code.V3_SUBSCRIPTION_REFUSED;
        int[] codes = message.payload().topicSubscriptions().stream()
                .mapToInt(wanted -> wanted.topicFilter().equals(RESPONSE) ? 0 : refused).toArray();
        return Replies.subscribed(message.variableHeader().messageId(), codes);
    }

    private void request(ChannelHandlerContext ctx, MqttPublishMessage message) {
        // Without a name it is a topic by its alias, and there is but one topic to have an alias.
        String topic = message.variableHeader().topicName();
        boolean known = (topic.equals(REQUEST) || topic.isEmpty())
                && message.fixedHeader().qosLevel() != MqttQoS.EXACTLY_ONCE
                && message.payload().readableBytes() <= REQUEST_BYTES_MAX;
        if (!known || ++requests > REQUESTS_MAX) {
            Wire.close(ctx);
            return;
        }
        byte[] payload = ByteBufUtil.getBytes(message.payload());
        int packet = message.variableHeader().packetId();
        boolean acknowledged = message.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE;
        endpoint.threads().execute(() -> {
            ObjectNode answer = answer(payload, peer.address());
            ctx.executor().execute(() -> {
                if (acknowledged) {
                    Wire.send(ctx, new MqttMessage(
                            new MqttFixedHeader(MqttMessageType.PUBACK, false, MqttQoS.AT_MOST_ONCE, false,
                                    0),
                            MqttMessageIdVariableHeader.from(packet)));
                }
                Wire.send(ctx, new MqttPublishMessage(
                        new MqttFixedHeader(MqttMessageType.PUBLISH, false, MqttQoS.AT_MOST_ONCE, false, 0),
                        new MqttPublishVariableHeader(RESPONSE, 0), Unpooled
                                .wrappedBuffer(Json.text(answer).getBytes(StandardCharsets.UTF_8))));
            });
        });
    }

    private ObjectNode answer(byte[] payload, String address) {
        try {
            JsonNode request = Json.mapper().readTree(payload);
            return answer(provisioning.provision(new Provisioning.Wish(
                    request.path("deviceName").asText(), request.path("provisionDeviceKey").asText(),
                    request.path("provisionDeviceSecret").asText(), address)));
        } catch (IOException e) {
            return failure("FAILURE", "the request is no JSON");
        } catch (RuntimeException e) {
            LOG.warn("A device cannot register itself for now: {}", e.getMessage());
            return failure("FAILURE", "the server cannot do this now; try again in a minute");
        }
    }

    private static ObjectNode answer(Provisioning.Outcome outcome) {
        return switch (outcome) {
            case Provisioning.Outcome.Given given -> Json.object().put("status", "SUCCESS")
                    .put("credentialsType", "ACCESS_TOKEN").put("credentialsValue", given.token().secret());
            case Provisioning.Outcome.Refused _ -> failure("NOT_FOUND", "key and secret are not right");
            case Provisioning.Outcome.Unfit unfit -> failure("FAILURE", unfit.reason());
            case Provisioning.Outcome.Wait wait ->
                failure("FAILURE", "too many attempts; try again in " + wait.time().toSeconds() + " s");
        };
    }

    private static ObjectNode failure(String status, String why) {
        return Json.object().put("status", status).put("errorMsg", why);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        endpoint.spoke(peer);
        endpoint.ended(peer);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{} broke", ctx.channel(), cause);
        Wire.close(ctx);
    }
}
