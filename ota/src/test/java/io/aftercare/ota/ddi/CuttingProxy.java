package io.aftercare.ota.ddi;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/// A network that breaks: hands bytes on between devices and the server, and cuts the first long answer in the middle.
final class CuttingProxy implements AutoCloseable {
    private final ServerSocket listener;
    private final int server;
    private final int bytesMax;
    private final AtomicBoolean cut = new AtomicBoolean();
    /// What devices asked for, in the order in which they did: each piece that was read of them.
    final List<String> asked = new CopyOnWriteArrayList<>();

    /// @param server   port of the server
    /// @param bytesMax after so many bytes of one connection's answers it is cut, once
    CuttingProxy(int server, int bytesMax) throws IOException {
        this.server = server;
        this.bytesMax = bytesMax;
        this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return listener.getLocalPort();
    }

    boolean hasCut() {
        return cut.get();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket device = listener.accept();
                Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
                Thread.startVirtualThread(() -> pump(device, upstream, true));
                Thread.startVirtualThread(() -> pump(upstream, device, false));
            } catch (IOException e) {
                if (!listener.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pump(Socket from, Socket to, boolean up) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16 * 1024];
            long sum = 0;
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                sum += n;
                if (up) {
                    asked.add(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
                } else if (sum > bytesMax && !cut.getAndSet(true)) {
                    return;
                }
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // the other end has gone, which is what this is for; closing both tells the rest
            asked.add("closed: " + e);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
