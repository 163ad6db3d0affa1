package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.Peer;
import io.aftercare.ingest.mqtt.wire.Wire;
import io.aftercare.ingest.mqtt.wire.Replies;
import io.aftercare.ingest.mqtt.wire.PacketFramer;
import io.aftercare.ingest.mqtt.wire.Doorstep;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.ConnectRules;
import io.aftercare.ingest.mqtt.wire.Code;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttIdentifierRejectedException;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttPubReplyMessageVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttReasonCodeAndPropertiesVariableHeader;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttSubscribeMessage;
import io.netty.handler.codec.mqtt.MqttUnacceptableProtocolVersionException;
import io.netty.handler.codec.mqtt.MqttUnsubscribeMessage;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection's protocol. Its phases, each left in one way only:
///
/// - silent: nothing but a CONNECT may come, within ten seconds; then knocking;
/// - knocking: the CONNECT is being looked at on a virtual thread, what comes meanwhile is held; then open or closed;
/// - open: a [Session] is there; then closed;
/// - closed.
///
/// Lives on the connection's event loop. Reads come in bursts: what a burst brings about is written once at its end.
final class MqttHandler extends ChannelInboundHandlerAdapter implements PacketFramer.Shortcut {
    private static final Logger LOG = LoggerFactory.getLogger(MqttHandler.class);
    private static final int HELD_MAX = 1024;

    private final Endpoint endpoint;
    private final Peer peer;
    /// Whether an [Enrolment] has taken the connection over.
    private boolean handedOver;
    private Phase phase = new Phase.Silent();
    private final KeepAlive keepAlive = new KeepAlive();
    private boolean hasSpoken;
    /// Whether the decoder has brought a message since it was last given a packet.
    private boolean arrived;
    private @Nullable ChannelHandlerContext context;
    private String why = "connection lost";

    private sealed interface Phase {
        record Silent() implements Phase {}

        record Knocking(ArrayDeque<Object> held) implements Phase {}

        record Open(Session session, Uplink uplink) implements Phase {}

        record Closed() implements Phase {}
    }

    MqttHandler(Endpoint endpoint, Peer peer) {
        this.endpoint = endpoint;
        this.peer = peer;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        keepAlive.expect(ctx.executor(), endpoint.config().limits().connectMax().toMillis(), () -> {
            if (phase instanceof Phase.Silent) {
                Wire.close(ctx);
            }
        });
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        keepAlive.packet();
        arrived = true;
        switch (phase) {
            case Phase.Knocking knocking -> {
                knocking.held().add(message);
                if (knocking.held().size() > HELD_MAX) {
                    Wire.close(ctx);
                }
            }
            case Phase.Silent _, Phase.Open _, Phase.Closed _ -> {
                try {
                    take(ctx, (MqttMessage) message);
                } finally {
                    ReferenceCountUtil.release(message);
                }
            }
        }
    }

    private void take(ChannelHandlerContext ctx, MqttMessage message) {
        if (message.decoderResult().isFailure()) {
            malformed(ctx, message.decoderResult().cause());
            return;
        }
        switch (phase) {
            case Phase.Silent _ -> knock(ctx, message);
            case Phase.Open open -> open(ctx, open, message);
            case Phase.Knocking _, Phase.Closed _ -> LOG.trace("Nothing more is heard on {}", ctx.channel());
        }
    }

    /// Takes a PUBLISH before it is decoded, where it is telemetry in its common form; see [PacketFramer].
    @Override
    public boolean publish(int flags, ByteBuf in, int from, int to) {
        if (!(phase instanceof Phase.Open open)) {
            return false;
        }
        keepAlive.packet();
        int code = open.uplink().publish(flags, in, from, to);
        if (code > Code.SUCCESS) {
            end(open.session().channel(), open.session(), code);
        }
        return code != Uplink.DECLINED;
    }

    @Override
    public void decoded() {
        if (!arrived && !handedOver) {
            switch (phase) {
                case Phase.Open open -> end(open.session().channel(), open.session(), Code.MALFORMED_PACKET);
                case Phase.Silent _, Phase.Knocking _ -> Wire.close(Objects.requireNonNull(context));
                case Phase.Closed _ -> LOG.trace("Nothing more is heard");
            }
        }
        arrived = false;
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        keepAlive.burstEnded();
        if (phase instanceof Phase.Open open) {
            open.uplink().readComplete();
            if (open.session().presence().mailbox().isFull()) { // of subscriptions, too
                open.session().pause(Session.Pause.MAILBOX);
            }
            open.session().flush();
        }
        ctx.fireChannelReadComplete();
    }

    private void knock(ChannelHandlerContext ctx, MqttMessage message) {
        if (!(message instanceof MqttConnectMessage connect)) {
            Wire.close(ctx);
            return;
        }
        ctx.pipeline().remove(Doorstep.NAME);
        int code = ConnectRules.check(connect);
        if (code != Code.SUCCESS) {
            refuse(ctx, connect, code);
            return;
        }
        Credentials shown = Credentials.of(connect);
        if (peer.names().isEmpty() && Enrolment.isWanted(shown)) {
            keepAlive.cancel();
            handedOver = true;
            phase = new Phase.Closed();
            ctx.pipeline().replace(this, "mqtt",
                    new Enrolment(endpoint, endpoint.handshake().provisioning(), peer, shown.v5()));
            return;
        }
        hasSpoken = true;
        endpoint.spoke(peer);
        phase = new Phase.Knocking(new ArrayDeque<>());
        ctx.channel().config().setAutoRead(false);
        new Arrival(endpoint, ctx, shown, peer, host(ctx, shown)).begin();
    }

    // MQTT 3.1.1 has no answer to a CONNECT that breaks the rules.
    private void refuse(ChannelHandlerContext ctx, MqttConnectMessage connect, int code) {
        phase = new Phase.Closed();
        if (connect.variableHeader().version() == MqttVersion.MQTT_5.protocolLevel()) {
            Wire.sendAndClose(ctx, Replies.refusal(code, true));
        } else {
            Wire.close(ctx);
        }
    }

    private Arrival.Host host(ChannelHandlerContext ctx, Credentials shown) {
        return new Arrival.Host() {
            @Override
            public boolean isWaiting() {
                return phase instanceof Phase.Knocking && ctx.channel().isActive();
            }

            @Override
            public void refused(int code) {
                if (phase instanceof Phase.Knocking knocking) {
                    release(knocking);
                }
                phase = new Phase.Closed();
                Wire.sendAndClose(ctx, Replies.refusal(code, shown.v5()));
            }

            @Override
            public void admitted(Arrival.Found found) {
                welcome(ctx, found);
            }
        };
    }

    private void welcome(ChannelHandlerContext ctx, Arrival.Found found) {
        ArrayDeque<Object> held = phase instanceof Phase.Knocking knocking
                ? knocking.held()
                : new ArrayDeque<>();
        Credentials shown = found.shown();
        SessionStore.Opened opened = found.opened();
        Session session = new Session(ctx, shown, found.clientId(), found.admission(),
                endpoint.lane(found.device()), endpoint.sessions().presence(found.device().id()),
                endpoint.pauses());
        session.restore(opened);
        endpoint.sessions().enter(session, peer);
        phase = new Phase.Open(session, endpoint.uplink(session));
        int imposed = KeepAlive.imposed(shown,
                (int) endpoint.config().limits().keepAliveMax().toSeconds());
        Wire.send(ctx, shown.v5()
                ? Replies.welcome5(opened.present(), endpoint.bounds(), found.assigned(), imposed)
                : Replies.welcome(opened.present()));
        if (opened.isStored()) {
            session.downlink().courier(endpoint.sessions().keeping().courier(session, opened.sentSeq()));
        }
        endpoint.sessions().welcomed(session);
        held.forEach(message -> channelRead(ctx, message));
        channelReadComplete(ctx);
        keepAlive.watch(ctx.executor(), imposed > 0 ? imposed : shown.keepAliveSeconds(),
                new Watched(session));
        if (!session.isPaused()) { // by what came with the CONNECT
            ctx.channel().config().setAutoRead(true);
        }
    }

    private final class Watched implements KeepAlive.Watched {
        private final Session session;

        Watched(Session session) {
            this.session = session;
        }

        @Override
        public boolean isPaused() {
            return session.isPaused();
        }

        @Override
        public void silentTooLong() {
            why = "keep-alive passed without a packet";
            session.disconnect(Code.KEEP_ALIVE_TIMEOUT);
        }
    }

    private void open(ChannelHandlerContext ctx, Phase.Open open, MqttMessage message) {
        Session session = open.session();
        switch (message.fixedHeader().messageType()) {
            case PUBLISH -> {
                int code = open.uplink().publish((MqttPublishMessage) message);
                if (code != Code.SUCCESS) {
                    end(ctx, session, code);
                }
            }
            case PUBACK -> session.downlink().acknowledged(packet(message), code(message));
            case PUBREL -> session.append(MqttMessageType.PUBCOMP, packet(message),
                    session.released(packet(message)));
            case SUBSCRIBE -> subscribe(ctx, session, (MqttSubscribeMessage) message);
            case UNSUBSCRIBE -> unsubscribe(ctx, session, (MqttUnsubscribeMessage) message);
            case PINGREQ -> {
                open.uplink().ping();
                session.appendPing();
            }
            case DISCONNECT -> disconnect(ctx, open, message);
            case CONNECT, CONNACK, PUBREC, PUBCOMP, SUBACK, UNSUBACK, PINGRESP, AUTH -> end(ctx, session,
                    Code.PROTOCOL_ERROR);
        }
    }

    private static int code(MqttMessage message) {
        return message.variableHeader() instanceof MqttPubReplyMessageVariableHeader header
                ? header.reasonCode() & 0xff
                : Code.SUCCESS;
    }

    private static int packet(MqttMessage message) {
        return ((MqttMessageIdVariableHeader) message.variableHeader()).messageId();
    }

    private void subscribe(ChannelHandlerContext ctx, Session session, MqttSubscribeMessage message) {
        if (session.v5() && Subscribing.hasIdentifier(message)) {
            end(ctx, session, Code.SUBSCRIPTION_IDS_NOT_SUPPORTED);
            return;
        }
        if (message.payload().topicSubscriptions().isEmpty()) {
            end(ctx, session, Code.PROTOCOL_ERROR);
            return;
        }
        Subscribing.Result result = endpoint.subscribing().subscribe(session, message);
        answerStored(ctx, session, result.answer(), () -> {
            if (!result.granted().isEmpty()) {
                endpoint.sessions().reachable(session, result.granted());
            }
        });
    }

    private void unsubscribe(ChannelHandlerContext ctx, Session session, MqttUnsubscribeMessage message) {
        if (message.payload().topics().isEmpty()) {
            end(ctx, session, Code.PROTOCOL_ERROR);
            return;
        }
        answerStored(ctx, session, endpoint.subscribing().unsubscribe(session, message), () -> {
        });
    }

    // What a kept session subscribes to is committed before the device is answered.
    private void answerStored(ChannelHandlerContext ctx, Session session, MqttMessage answer,
            Runnable answered) {
        if (!session.isStored()) {
            Wire.send(ctx, answer);
            answered.run();
            return;
        }
        endpoint.sessions().keeping().subscriptions(session, () -> ctx.executor().execute(() -> {
            Wire.send(ctx, answer);
            answered.run();
        }));
    }

    private void disconnect(ChannelHandlerContext ctx, Phase.Open open, MqttMessage message) {
        boolean publishWill = false;
        if (message.variableHeader() instanceof MqttReasonCodeAndPropertiesVariableHeader header) {
            publishWill = header.reasonCode() == 0x04; // "disconnect with will message"
            long expiry = Credentials.number(header.properties(), MqttProperties.SESSION_EXPIRY_INTERVAL,
                    open.session().expirySeconds());
            if (expiry > 0 && open.session().credentials().expirySeconds() == 0) {
                end(ctx, open.session(), Code.PROTOCOL_ERROR);
                return;
            }
            open.session().expirySeconds(expiry);
        }
        why = "disconnected by the device";
        leave(open, publishWill);
        Wire.close(ctx);
    }

    // A violation: those who can hear it are told why.
    private void end(ChannelHandlerContext ctx, Session session, int code) {
        why = "closed for a violation of the protocol, reason 0x" + Integer.toHexString(code);
        session.disconnect(code);
        ctx.channel().config().setAutoRead(false);
        if (phase instanceof Phase.Open open) {
            leave(open, true);
        }
    }

    private void malformed(ChannelHandlerContext ctx, @Nullable Throwable cause) {
        LOG.debug("Malformed packet on {}", ctx.channel(), cause);
        int code = cause instanceof TooLongFrameException ? Code.PACKET_TOO_LARGE : Code.MALFORMED_PACKET;
        switch (phase) {
            case Phase.Open open -> end(ctx, open.session(), code);
            case Phase.Silent _ -> refuseMalformed(ctx, cause);
            case Phase.Knocking _, Phase.Closed _ -> Wire.close(ctx);
        }
        phase = new Phase.Closed();
    }

    private static void refuseMalformed(ChannelHandlerContext ctx, @Nullable Throwable cause) {
        if (cause instanceof MqttUnacceptableProtocolVersionException) {
            Wire.sendAndClose(ctx, Replies.refusal(Code.UNSUPPORTED_VERSION, false));
        } else if (cause instanceof MqttIdentifierRejectedException) {
            Wire.sendAndClose(ctx, Replies.refusal(Code.BAD_CLIENT_ID, false));
        } else {
            Wire.close(ctx);
        }
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (phase instanceof Phase.Open open) {
            // A device that does not take its answers is not read from either.
            if (ctx.channel().isWritable()) {
                open.session().unpause(Session.Pause.WRITES);
            } else {
                open.session().pause(Session.Pause.WRITES);
            }
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        keepAlive.cancel();
        switch (phase) {
            case Phase.Open open -> leave(open, true);
            case Phase.Knocking knocking -> release(knocking);
            case Phase.Silent _, Phase.Closed _ -> LOG.trace("{} has ended", ctx.channel());
        }
        phase = new Phase.Closed();
        if (!hasSpoken) {
            endpoint.spoke(peer);
        }
        endpoint.ended(peer);
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        LOG.debug("{} broke", ctx.channel(), cause);
        Wire.close(ctx);
    }

    private void leave(Phase.Open open, boolean publishWill) {
        phase = new Phase.Closed();
        keepAlive.cancel();
        boolean last = endpoint.sessions().leave(open.session(), why);
        // The backend's own stop is nothing that a device would want to be told of itself.
        if (publishWill && !endpoint.isClosing()) {
            publishWill(open, last);
        }
        open.session().closed();
        if (open.session().isStored()) {
            endpoint.sessions().keeping().close(open.session());
        }
    }

    // At once, or after its delay if the device is not back by then, or when the session ends: MQTT 5.0, 3.1.2.5.
    private static void publishWill(Phase.Open open, boolean last) {
        Session session = open.session();
        Credentials.Will will = session.credentials().will();
        if (will == null) {
            return;
        }
        Runnable publish = () -> open.uplink().will(will, Unpooled.wrappedBuffer(will.payload()));
        long seconds = Math.min(will.delaySeconds(), session.expirySeconds());
        Session next = session.presence().session();
        boolean goesOn = next != null && next.isPresent();
        if (seconds == 0 || !last && !goesOn) {
            publish.run();
        } else if (last) {
            session.presence().willAfter(seconds, session.channel().executor(), publish);
        }
    }

    private static void release(Phase.Knocking knocking) {
        knocking.held().forEach(ReferenceCountUtil::release);
    }
}
