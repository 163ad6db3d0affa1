package io.aftercare.benchmarks.action;

import io.aftercare.benchmarks.peer.Broker;
import io.aftercare.simulator.credentials.Credential;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/// A device by MQTT 3.1.1 that has subscribed to its actions and waits for one. A blocking socket costs this process nothing but
/// its descriptor while it is silent. For one thread at a time.
final class Receiver implements AutoCloseable {
    private static final int ADDRESSES = 200;
    private static final int ANSWER_MILLIS_MAX = 10_000;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int SUBACK = 9;

    private final Socket socket = new Socket();
    private final String id;

    /// A packet as it came; `first` is the fixed header's first byte.
    private record Packet(int first, byte[] body) {
        int type() {
            return first >> 4;
        }
    }

    /// Connects and subscribes.
    ///
    /// @param index tells the source address: one has no more than some 28,000 ports
    Receiver(Broker broker, int index) throws IOException {
        Credential device = broker.devices().get(index);
        this.id = device.id();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(ANSWER_MILLIS_MAX);
        byte[] source = {127, 0, 1, (byte) (1 + index % ADDRESSES)};
        socket.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
        connect(device.token());
        subscribe();
    }

    String id() {
        return id;
    }

    /// Waits for a PUBLISH, acknowledges it and answers its topic. The time is to be taken when this returns.
    String await() throws IOException {
        Packet packet = read(PUBLISH);
        int length = (packet.body()[0] & 0xff) << 8 | packet.body()[1] & 0xff;
        if ((packet.first() & 0x06) != 0) {
            byte[] acknowledgement = {0x40, 2, packet.body()[2 + length], packet.body()[3 + length]};
            socket.getOutputStream().write(acknowledgement);
        }
        return new String(packet.body(), 2, length, StandardCharsets.UTF_8);
    }

    /// Sends with QoS 0.
    void publish(String topic, String payload) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF(topic);
        out.write(payload.getBytes(StandardCharsets.UTF_8));
        write(0x30, body.toByteArray());
    }

    private void connect(String token) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeUTF("MQTT");
        out.write(4);
        out.write(token.isEmpty() ? 0x02 : 0xC2);
        out.writeShort(0);
        out.writeUTF(id);
        if (!token.isEmpty()) {
            out.writeUTF(id);
            out.writeUTF(token);
        }
        write(0x10, body.toByteArray());
        if (read(CONNACK).body()[1] != 0) {
            throw new IOException(id + " was refused");
        }
    }

    private void subscribe() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(body);
        out.writeShort(1);
        out.writeUTF("devices/" + id + "/actions/+");
        out.write(1);
        write(0x82, body.toByteArray());
        if (read(SUBACK).body()[2] != 1) {
            throw new IOException(id + " could not subscribe");
        }
    }

    private void write(int first, byte[] body) throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.write(first);
        int rest = body.length;
        do {
            packet.write(rest > 127 ? rest & 0x7f | 0x80 : rest);
            rest >>= 7;
        } while (rest > 0);
        packet.write(body);
        socket.getOutputStream().write(packet.toByteArray());
    }

    private Packet read(int type) throws IOException {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        while (true) {
            int first = in.readUnsignedByte();
            int length = 0;
            int shift = 0;
            int digit;
            do {
                digit = in.readUnsignedByte();
                length |= (digit & 0x7f) << shift;
                shift += 7;
            } while ((digit & 0x80) != 0);
            Packet packet = new Packet(first, in.readNBytes(length));
            if (packet.type() == type) {
                return packet;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
