package io.aftercare.benchmarks.idle;

import io.aftercare.benchmarks.peer.Broker;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// MQTT 3.1.1 connections that log in and then say nothing, from many addresses of loopback, because one address has no more
/// than some 28,000 ports. Blocking sockets: an idle one costs this process nothing but its descriptor.
final class IdleConnections implements AutoCloseable {
    private static final int CONNECTING_AT_ONCE = 64;
    private static final int ADDRESSES = 200;
    private static final int CONNACK_BYTES = 4;

    private final List<SocketChannel> open = new ArrayList<>();

    /// Opens as many more as there are from `from` to `to`, exclusive; answers how many seconds it took.
    double grow(Broker broker, int from, int to) throws IOException {
        long start = System.nanoTime();
        List<Future<List<SocketChannel>>> shares = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTING_AT_ONCE)) {
            for (int share = 0; share < CONNECTING_AT_ONCE; share++) {
                int first = from + share;
                shares.add(threads.submit(() -> share(broker, first, to)));
            }
            for (Future<List<SocketChannel>> share : shares) {
                open.addAll(share.get());
            }
        } catch (ExecutionException e) {
            throw new IOException(broker.name() + " did not take a connection: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while connecting");
        }
        return (System.nanoTime() - start) / 1e9;
    }

    private static List<SocketChannel> share(Broker broker, int first, int to) throws IOException {
        List<SocketChannel> opened = new ArrayList<>();
        for (int i = first; i < to; i += CONNECTING_AT_ONCE) {
            opened.add(connect(broker, i));
        }
        return opened;
    }

    private static SocketChannel connect(Broker broker, int index) throws IOException {
        SocketChannel channel = SocketChannel.open();
        byte[] source = {127, 0, 1, (byte) (1 + index % ADDRESSES)};
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(source), 0));
        channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), broker.port()));
        var device = broker.devices().get(index);
        channel.write(hello(device.id(), device.token()));
        ByteBuffer answer = ByteBuffer.allocate(CONNACK_BYTES);
        while (answer.hasRemaining()) {
            if (channel.read(answer) < 0) {
                throw new IOException("connection " + index + " was closed instead of being answered");
            }
        }
        if (answer.get(0) != 0x20 || answer.get(3) != 0) {
            throw new IOException("connection " + index + " was refused with code " + answer.get(3));
        }
        return channel;
    }

    /// CONNECT of MQTT 3.1.1 (section 3.1): a clean session without a keep-alive.
    private static ByteBuffer hello(String id, String token) {
        int length = 10 + 2 + id.length() + (token.isEmpty() ? 0 : 4 + id.length() + token.length());
        ByteBuffer out = ByteBuffer.allocate(length + 3).put((byte) 0x10);
        if (length > 127) {
            out.put((byte) (length & 0x7f | 0x80)).put((byte) (length >> 7));
        } else {
            out.put((byte) length);
        }
        text(out, "MQTT");
        out.put((byte) 4).put((byte) (token.isEmpty() ? 0x02 : 0xC2)).putShort((short) 0);
        text(out, id);
        if (!token.isEmpty()) {
            text(out, id);
            text(out, token);
        }
        return out.flip();
    }

    private static void text(ByteBuffer out, String text) {
        out.putShort((short) text.length()).put(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : open) {
            channel.close();
        }
        open.clear();
    }
}
