package io.aftercare.simulator.ota;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A small HTTP server with one file, which can be made to misbehave.
public final class FirmwareServer implements AutoCloseable {
    private final HttpServer server;
    private final byte[] file;
    final List<String> ranges = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();

    /// Breaks the connection after so many bytes of each answer; 0: never.
    volatile int breakAfter;
    volatile boolean ignoreRange;
    volatile int extraBytes;
    volatile boolean hideLength;
    final AtomicInteger failures = new AtomicInteger();

    public FirmwareServer(byte[] file) throws IOException {
        this.file = file;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            @Nullable
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(String.valueOf(range));
            if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            int from = range == null || ignoreRange ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
            int length = file.length - from + extraBytes;
            if (from > 0) {
                exchange.getResponseHeaders().set("Content-Range",
                        "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, hideLength ? 0 : length);
            OutputStream out = exchange.getResponseBody();
            int send = breakAfter > 0 ? Math.min(breakAfter, length) : length;
            for (int i = 0; i < send; i++) {
                out.write(from + i < file.length ? file[from + i] : 0);
            }
            out.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
