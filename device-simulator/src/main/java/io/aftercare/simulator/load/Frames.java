package io.aftercare.simulator.load;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The few packets a publisher sends, made by hand (MQTT 3.1.1 and 5.0, chapter 3 of each specification).
final class Frames {
    static final int KEEP_ALIVE_SECONDS = 180;
    static final byte[] PINGREQ = {(byte) 0xC0, 0};
    static final byte[] DISCONNECT = {(byte) 0xE0, 0};

    private Frames() {}

    /// A clean session with a user name and password; an empty user name leaves both out.
    static byte[] connect(MqttVersion version, String clientId, String user, String password) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(version.level());
        body.write(user.isEmpty() ? 0x02 : 0xC2);
        body.write(KEEP_ALIVE_SECONDS >>> 8);
        body.write(KEEP_ALIVE_SECONDS & 0xFF);
        if (version == MqttVersion.V5) {
            body.write(0);
        }
        text(body, clientId);
        if (!user.isEmpty()) {
            text(body, user);
            text(body, password);
        }
        return frame(0x10, body.toByteArray());
    }

    static byte[] frame(int header, byte[] body) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(body.length + 5);
        out.write(header);
        int left = body.length;
        do {
            out.write(left > 127 ? (left & 0x7F) | 0x80 : left);
            left >>>= 7;
        } while (left > 0);
        out.writeBytes(body);
        return out.toByteArray();
    }

    static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0xFFFF) {
            throw new IllegalArgumentException("a text of " + bytes.length + " bytes does not fit MQTT");
        }
        out.write(bytes.length >>> 8);
        out.write(bytes.length & 0xFF);
        out.writeBytes(bytes);
    }
}
