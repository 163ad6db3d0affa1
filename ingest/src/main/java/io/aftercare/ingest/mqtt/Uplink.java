package io.aftercare.ingest.mqtt;

import io.aftercare.ingest.mqtt.listener.MqttConfig;
import io.aftercare.ingest.mqtt.wire.Credentials;
import io.aftercare.ingest.mqtt.wire.Code;
import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.device.Device;
import io.aftercare.ingest.message.Inbox;
import io.aftercare.ingest.telemetry.DeviceEvent;
import io.aftercare.ingest.telemetry.Format;
import io.aftercare.ingest.telemetry.Lane;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.mqtt.MqttMessageType;
import io.netty.handler.codec.mqtt.MqttProperties;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What a device publishes: telemetry goes to its lane, other messages to the [Inbox], other devices' topics nowhere.
/// Lives on the connection's event loop.
final class Uplink {
    /// Topic aliases that a device may use.
    static final int ALIASES_MAX = 16;
    /// Said of a PUBLISH that the shortcut does not take.
    static final int DECLINED = -1;
    private static final int RETAIN = 1;
    private static final int QOS_1 = 2;
    private static final String TELEMETRY = "telemetry";
    private static final String STATE = "state";

    private final Session session;
    private final Inbox inbox;
    private final Trespasses trespasses;
    private final Pauses pauses;
    private final MqttConfig config;
    private final InstantSource clock;
    /// Of the device's telemetry, as it stands in a packet: its length, then its characters.
    private final byte[] telemetryTopic;
    private final boolean saysBeside;
    private @Nullable String @Nullable [] aliasTopics;
    private long receivedMicros;
    /// Since the last [#readComplete].
    private int readMessages;
    private long readBytes;

    Uplink(Session session, Inbox inbox, Trespasses trespasses, Pauses pauses, MqttConfig config,
            InstantSource clock) {
        this.session = session;
        this.inbox = inbox;
        this.trespasses = trespasses;
        this.pauses = pauses;
        this.config = config;
        this.clock = clock;
        this.saysBeside = session.dialect().saysBeside();
        this.telemetryTopic = topicBytes(session.dialect().telemetryTopic());
    }

    private static byte[] topicBytes(String topic) {
        byte[] text = topic.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Short.BYTES + text.length).putShort((short) text.length).put(text).array();
    }

    /// Takes a PUBLISH as it lies in the read buffer, if it is telemetry on its own topic in JSON, without properties, with
    /// QoS 0 or 1, and has nothing unusual about it.
    ///
    /// @param flags the low four bits of the first byte
    /// @param from  where the topic begins
    /// @return [#DECLINED] where it has to be decoded, [Code#SUCCESS], or why the connection must end
    int publish(int flags, ByteBuf in, int from, int to) {
        int quality = flags & 0x06;
        int at = from + telemetryTopic.length;
        int payload = at + (quality == 0 ? 0 : Short.BYTES) + (session.v5() ? 1 : 0);
        boolean usual = !saysBeside && (quality == 0 ? flags == 0 : quality == QOS_1 && (flags & RETAIN) == 0)
                && payload <= to
                && isTelemetry(in, from) && (!session.v5() || in.getByte(payload - 1) == 0);
        int packet = usual && quality != 0 ? in.getUnsignedShort(at) : 0;
        if (!usual || quality != 0 && packet == 0) {
            return DECLINED;
        }
        if (quality != 0 && session.received() > config.limits().receiveMax() && session.v5()) {
            return Code.RECEIVE_MAXIMUM_EXCEEDED;
        }
        readMessages++;
        readBytes += to - from;
        boolean dup = (flags & 0x08) != 0;
        return take(session.lane().offer(session, packet, quality >> 1, dup, Format.JSON, in, payload, to,
                received()));
    }

    private boolean isTelemetry(ByteBuf in, int from) {
        for (int i = telemetryTopic.length - 1; i >= 0; i--) { // the end is where devices' topics differ
            if (in.getByte(from + i) != telemetryTopic[i]) {
                return false;
            }
        }
        return true;
    }

    private int take(Lane.Offer offer) {
        return switch (offer) {
            case TAKEN, SHED -> Code.SUCCESS;
            case FULL -> {
                session.pause(Session.Pause.LANE);
                yield Code.SUCCESS;
            }
            case REFUSED -> Code.QUOTA_EXCEEDED;
        };
    }

    /// Takes a PUBLISH; its payload is still the caller's.
    ///
    /// @return [Code#SUCCESS], or why the connection must end
    int publish(MqttPublishMessage message) {
        var fixed = message.fixedHeader();
        var variable = message.variableHeader();
        int qos = fixed.qosLevel().value();
        readMessages++;
        readBytes += message.payload().readableBytes();
        MqttProperties properties = variable.properties();
        int wrong = wrong(variable.topicName(), properties, fixed.isRetain());
        if (wrong != Code.SUCCESS) {
            return wrong;
        }
        String topic = topic(variable.topicName(), properties);
        int packet = qos == 0 ? 0 : variable.packetId();
        if (qos == 2 && isRepeated(packet)) {
            return Code.SUCCESS;
        }
        if (qos > 0 && session.received() > config.limits().receiveMax() && session.v5()
                || qos == 2 && session.qosTwo().size() > QosTwo.UNRELEASED_MAX) {
            return Code.RECEIVE_MAXIMUM_EXCEEDED;
        }
        String suffix = session.dialect().up(topic);
        if (suffix == null) {
            return foreign(topic, packet, qos);
        }
        if (Credentials.number(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, 0) == 1
                && !ByteBufUtil.isText(message.payload(), StandardCharsets.UTF_8)) {
            misfit(suffix, packet, qos, fixed.isDup(), message.payload());
            return Code.SUCCESS;
        }
        Format format = Format.of(suffix, contentType(properties));
        if (format != null) {
            return telemetry(packet, qos, fixed.isDup(), format, message.payload());
        }
        return letter(suffix, packet, qos, fixed.isDup(), message.payload());
    }

    /// All that came at once has been taken: what comes next comes later.
    void readComplete() {
        receivedMicros = 0;
        if (readMessages > 0) {
            pauses.account(session, readMessages, readBytes);
            readMessages = 0;
            readBytes = 0;
        }
    }

    // What a PUBLISH may not say: MQTT 5.0, 3.3.2. In MQTT 3.1.1 there are no properties, and "retain" asks for nothing that
    // an endpoint without readers could do.
    private int wrong(String name, MqttProperties properties, boolean retain) {
        long alias = Credentials.number(properties, MqttProperties.TOPIC_ALIAS, -1);
        if (alias == 0 || alias > ALIASES_MAX) {
            return Code.BAD_TOPIC_ALIAS;
        }
        boolean isNamed = !name.isEmpty()
                || alias > 0 && aliasTopics != null && aliasTopics[(int) alias] != null;
        if (!isNamed || Credentials.number(properties, MqttProperties.PAYLOAD_FORMAT_INDICATOR, 0) > 1
                || properties.getProperty(MqttProperties.SUBSCRIPTION_IDENTIFIER) != null) {
            return Code.PROTOCOL_ERROR;
        }
        return retain && session.v5() ? Code.RETAIN_NOT_SUPPORTED : Code.SUCCESS;
    }

    private String topic(String name, MqttProperties properties) {
        int alias = (int) Credentials.number(properties, MqttProperties.TOPIC_ALIAS, 0);
        if (alias == 0) {
            return name;
        }
        @Nullable
        String[] known = aliasTopics;
        if (known == null) {
            known = new @Nullable String[ALIASES_MAX + 1];
            aliasTopics = known;
        }
        if (!name.isEmpty()) {
            known[alias] = name;
        }
        String meant = known[alias];
        return meant == null ? name : meant;
    }

    private boolean isRepeated(int packet) {
        return switch (session.qosTwo().begin(packet)) {
            case NEW -> false;
            case PENDING -> true;
            case STORED -> {
                session.append(MqttMessageType.PUBREC, packet, Code.SUCCESS);
                yield true;
            }
        };
    }

    /// The device says that it is there.
    void ping() {
        received();
    }

    private long received() {
        if (receivedMicros == 0) {
            receivedMicros = Micros.of(clock.instant());
            session.presence().heard(session.device().number(), receivedMicros);
        }
        return receivedMicros;
    }

    private static String contentType(MqttProperties properties) {
        return properties
                .getProperty(MqttProperties.CONTENT_TYPE) instanceof MqttProperties.StringProperty type
                        ? type.value()
                        : "";
    }

    private int telemetry(int packet, int qos, boolean dup, Format format, ByteBuf payload) {
        if (saysBeside) {
            byte[] bytes = ByteBufUtil.getBytes(payload);
            List<Dialect.Said> beside = session.dialect().beside(bytes);
            if (!beside.isEmpty()) {
                sayBeside(beside, packet, qos, dup, bytes);
                return Code.SUCCESS;
            }
        }
        return offer(packet, qos, dup, format, payload);
    }

    private int offer(int packet, int qos, boolean dup, Format format, ByteBuf payload) {
        return take(session.lane().offer(session, packet, qos, dup, format, payload, payload.readerIndex(),
                payload.writerIndex(), received()));
    }

    // First what is said beside, then the samples: the answer, which the lane gives, stands for both.
    private void sayBeside(List<Dialect.Said> beside, int packet, int qos, boolean dup, byte[] telemetry) {
        Device device = session.device();
        Instant at = at();
        boolean room = session.presence().mailbox().add(() -> {
            for (Dialect.Said said : beside) {
                var letter = new Inbox.Letter(device, said.suffix(), said.payload(), 0, dup, at);
                if (inbox.receive(letter) == Inbox.Outcome.UNFINISHED) {
                    return;
                }
            }
            session.loop().execute(() -> {
                int code = offer(packet, qos, dup, Format.JSON, Unpooled.wrappedBuffer(telemetry));
                if (code != Code.SUCCESS) {
                    session.disconnect(code);
                }
            });
        });
        if (!room) {
            session.pause(Session.Pause.MAILBOX);
        }
    }

    private int letter(String suffix, int packet, int qos, boolean dup, ByteBuf payload) {
        byte[] said = session.dialect().payload(suffix, ByteBufUtil.getBytes(payload));
        Inbox.Letter letter = new Inbox.Letter(session.device(), suffix, said, packet, dup, at());
        Optional<DeviceEvent> event = suffix.equals(DeviceEvent.TOPIC)
                ? inbox.event(letter)
                : Optional.empty();
        if (event.isPresent()) {
            return take(session.lane().offer(session, event.get(), qos, received()));
        }
        if (suffix.equals(STATE)) {
            session.lane().heard(session, received());
        }
        deal(letter, qos, inbox::receive);
        return Code.SUCCESS;
    }

    // The device says that it is text, and it is not: MQTT 5.0, 3.3.2.3.2.
    private void misfit(String suffix, int packet, int qos, boolean dup, ByteBuf payload) {
        byte[] said = ByteBufUtil.getBytes(payload);
        deal(new Inbox.Letter(session.device(), suffix, said, packet, dup, at()), qos,
                letter -> inbox.refuse(letter, "the payload format indicator says UTF-8, which it is not"));
    }

    private Instant at() {
        return Micros.instant(received());
    }

    private void deal(Inbox.Letter letter, int qos, Function<Inbox.Letter, Inbox.Outcome> dealing) {
        int packet = letter.packet();
        boolean room = session.presence().mailbox().add(() -> {
            Inbox.Outcome outcome = dealing.apply(letter);
            if (qos > 0 && outcome != Inbox.Outcome.UNFINISHED) {
                session.loop().execute(() -> {
                    session.answer(packet, qos, code(outcome));
                    session.flush();
                });
            }
        });
        if (!room) {
            session.pause(Session.Pause.MAILBOX);
        }
    }

    private static int code(Inbox.Outcome outcome) {
        return switch (outcome) {
            case ACCEPTED, UNFINISHED -> Code.SUCCESS;
            case QUARANTINED -> Code.BAD_PAYLOAD;
            case UNKNOWN_TOPIC -> Code.BAD_TOPIC_NAME;
        };
    }

    // MQTT 3.1.1 has no way to refuse a message but to end the connection.
    private int foreign(String topic, int packet, int qos) {
        trespasses.note(session.device(), "publish", topic);
        if (!session.v5()) {
            return Code.NOT_AUTHORIZED;
        }
        if (qos > 0) {
            session.answer(packet, qos, Code.NOT_AUTHORIZED);
        }
        return Code.SUCCESS;
    }

    /// Publishes the will of a connection that broke.
    void will(Credentials.Will will, ByteBuf payload) {
        String suffix = session.dialect().up(will.topic());
        if (suffix != null && suffix.equals(TELEMETRY)) {
            telemetry(0, 0, false, Format.JSON, payload);
        } else if (suffix != null) {
            var _ = letter(suffix, 0, 0, false, payload);
        }
    }
}
