package io.aftercare.simulator.load;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// One device's telemetry PUBLISH, made once; each message is a copy with packet id, timestamp and values patched in
/// place. Timestamps have 13 digits (the years 2001 to 2286) and values the form `ddd.dd`, so no length ever changes.
/// Values follow from the timestamp alone: a message sent again is the same, byte for byte. Not thread-safe.
final class PublishTemplate {
    private static final int TS_DIGITS = 13;
    private static final int VALUE_LENGTH = 6;

    private final byte[] frame;
    private final int packetIdAt;
    private final int tsAt;
    private final int[] valuesAt;

    PublishTemplate(MqttVersion version, String topic, int qos, List<String> metrics) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        Frames.text(body, topic);
        int idInBody = body.size();
        if (qos > 0) {
            body.write(0);
            body.write(0);
        }
        if (version == MqttVersion.V5) {
            body.write(0);
        }
        ascii(body, "{\"ts\":");
        int tsInBody = body.size();
        ascii(body, "0".repeat(TS_DIGITS) + ",\"values\":{");
        valuesAt = new int[metrics.size()];
        for (int i = 0; i < valuesAt.length; i++) {
            ascii(body, (i == 0 ? "\"" : ",\"") + metrics.get(i) + "\":");
            valuesAt[i] = body.size();
            ascii(body, "100.00");
        }
        ascii(body, "}}");
        frame = Frames.frame(0x30 | (qos << 1), body.toByteArray());
        int header = frame.length - body.size();
        packetIdAt = qos > 0 ? header + idInBody : -1;
        tsAt = header + tsInBody;
        for (int i = 0; i < valuesAt.length; i++) {
            valuesAt[i] += header;
        }
    }

    int length() {
        return frame.length;
    }

    void write(ByteBuf out, int packetId, long ts) {
        if (packetIdAt >= 0) {
            frame[packetIdAt] = (byte) (packetId >>> 8);
            frame[packetIdAt + 1] = (byte) packetId;
        }
        long rest = ts;
        for (int i = tsAt + TS_DIGITS - 1; i >= tsAt; i--) {
            frame[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        long random = ts * 0x9E3779B97F4A7C15L;
        for (int at : valuesAt) {
            random = (random ^ (random >>> 29)) * 0xBF58476D1CE4E5B9L;
            patchValue(at, (int) (random >>> 33) % 90_000 + 10_000);
        }
        out.writeBytes(frame);
    }

    private void patchValue(int at, int hundredths) {
        int rest = hundredths;
        for (int i = at + VALUE_LENGTH - 1; i >= at; i--) {
            if (i != at + 3) {
                frame[i] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
        }
    }

    private static void ascii(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
