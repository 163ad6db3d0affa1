package io.aftercare.server.fault;

import io.aftercare.simulator.credentials.Credential;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A device that speaks MQTT 3.1.1 by hand, so that it can do what no client library lets it do.
public final class RawDevice implements AutoCloseable {
    private static final int CONNECT = 0x10;
    private static final int PUBLISH_QOS_1 = 0x32;

    private final Socket socket;
    private final String id;
    private int packet;

    private RawDevice(int port, String id) throws IOException {
        this.socket = new Socket(InetAddress.getLoopbackAddress(), port);
        this.socket.setSoTimeout(60_000);
        this.id = id;
    }

    public static RawDevice connect(int port, Credential who) throws IOException {
        RawDevice device = new RawDevice(port, who.id());
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.write(4);
        out.write(0xC2); // user name, password, clean session
        out.writeShort(60);
        out.writeUTF(who.id());
        out.writeUTF(who.id());
        out.writeUTF(who.token());
        device.packet(CONNECT, body.toByteArray());
        device.socket.getInputStream().readNBytes(4);
        return device;
    }

    /// Publishes telemetry with QoS 1 and waits for the answer.
    void publish(byte[] payload) throws IOException {
        publish("telemetry", payload);
    }

    /// Publishes under `devices/{id}/` with QoS 1 and waits for the answer.
    public void publish(String topic, byte[] payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("devices/" + id + "/" + topic);
        packet = packet % 65_535 + 1;
        out.writeShort(packet);
        out.write(payload);
        packet(PUBLISH_QOS_1, body.toByteArray());
        if (socket.getInputStream().readNBytes(4).length < 4) {
            throw new IOException("closed instead of acknowledged");
        }
    }

    /// Whatever bytes.
    void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /// Reads until the other side closes.
    void awaitClosed() throws IOException {
        InputStream in = socket.getInputStream();
        byte[] ignored = new byte[1024];
        int read = 0;
        while (read >= 0) {
            read = in.read(ignored);
        }
    }

    private void packet(int first, byte[] body) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first);
        int length = body.length;
        do {
            int digit = length & 0x7f;
            length >>>= 7;
            out.write(length > 0 ? digit | 0x80 : digit);
        } while (length > 0);
        out.write(body);
        send(out.toByteArray());
    }

    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
