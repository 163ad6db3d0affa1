package io.aftercare.ingest.mqtt.wire;

import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.mqtt.MqttMessageType;

/// Short answers, written as bytes at once: MQTT 5.0, sections 3.4 to 3.7 and 3.13.
public final class Frames {
    /// Most bytes of an [#answer].
    public static final int ANSWER_BYTES_MAX = 5;

    private Frames() {}

    /// A PUBACK, PUBREC, PUBREL or PUBCOMP.
    ///
    /// @param code said to MQTT 5 clients where it is not success; MQTT 3.1.1 has no room for it
    public static void answer(ByteBuf out, MqttMessageType type, int packet, int code, boolean v5) {
        int flags = type == MqttMessageType.PUBREL ? 0x02 : 0;
        boolean withCode = v5 && code != Code.SUCCESS;
        out.writeByte(type.value() << 4 | flags).writeByte(withCode ? 3 : 2).writeShort(packet);
        if (withCode) {
            out.writeByte(code);
        }
    }

    public static void pingResponse(ByteBuf out) {
        out.writeByte(MqttMessageType.PINGRESP.value() << 4).writeByte(0);
    }
}
