package io.aftercare.ingest.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.HexFormat;

/// A client that sends packets byte by byte and tells the answers as hexadecimal, `closed` at the end of the connection.
final class RawClient implements AutoCloseable {
    private final Socket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    RawClient(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(20_000);
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /// A CONNECT with user name and password.
    static byte[] connect(int level, String clientId, String user, String password, int flags,
            int keepAlive, byte... properties) {
        var body = new ByteArrayOutputStream();
        text(body, "MQTT");
        body.write(level);
        body.write(0xC0 | flags);
        body.write(keepAlive >> 8);
        body.write(keepAlive);
        if (level == 5) {
            body.write(properties.length);
            body.writeBytes(properties);
        }
        text(body, clientId);
        text(body, user);
        text(body, password);
        return packet(0x10, body.toByteArray());
    }

    static byte[] publish(int level, int flags, String topic, int packet, String payload) {
        var body = new ByteArrayOutputStream();
        text(body, topic);
        if ((flags & 0x06) != 0) {
            body.write(packet >> 8);
            body.write(packet);
        }
        if (level == 5) {
            body.write(0);
        }
        body.writeBytes(payload.getBytes(UTF_8));
        return packet(0x30 | flags, body.toByteArray());
    }

    static byte[] subscribe(int level, int packet, String filter, int qos) {
        var body = new ByteArrayOutputStream();
        body.write(packet >> 8);
        body.write(packet);
        if (level == 5) {
            body.write(0);
        }
        text(body, filter);
        body.write(qos);
        return packet(0x82, body.toByteArray());
    }

    static byte[] packet(int first, byte[] body) {
        var packet = new ByteArrayOutputStream();
        packet.write(first);
        int left = body.length;
        do {
            packet.write(left & 0x7f | (left > 0x7f ? 0x80 : 0));
            left >>= 7;
        } while (left > 0);
        packet.writeBytes(body);
        return packet.toByteArray();
    }

    private static void text(ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(UTF_8);
        to.write(bytes.length >> 8);
        to.write(bytes.length);
        to.writeBytes(bytes);
    }

    void send(byte[]... packets) throws IOException {
        for (byte[] packet : packets) {
            out.write(packet);
        }
        out.flush();
    }

    void sendHex(String hex) throws IOException {
        send(HexFormat.of().parseHex(hex));
    }

    /// The next packet from the server.
    String next() throws IOException {
        try {
            int first = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int digit;
            do {
                digit = in.readUnsignedByte();
                length |= (digit & 0x7f) << shift;
                shift += 7;
            } while ((digit & 0x80) != 0);
            byte[] body = in.readNBytes(length);
            return HexFormat.of().formatHex(new byte[]{(byte) first}) + HexFormat.of().formatHex(body);
        } catch (EOFException | SocketException e) {
            return "closed"; // what the tests want to know
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
