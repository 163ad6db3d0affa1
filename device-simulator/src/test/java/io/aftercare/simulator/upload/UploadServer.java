package io.aftercare.simulator.upload;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// The other side of an upload, as `docs/protocol/remote.md` has it: one file, and faults by dice. Thread-safe.
public final class UploadServer implements AutoCloseable {
    private final HttpServer server;
    private final Random random;
    private final int faultPercent;
    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    final List<Integer> statuses = new CopyOnWriteArrayList<>();
    volatile int refuse;
    private boolean isComplete;
    private boolean hasWrongHash;

    /// @param faultPercent how many of a hundred requests end in a broken connection, a 503 or a cut piece
    public UploadServer(long seed, int faultPercent) throws IOException {
        this.random = new Random(seed);
        this.faultPercent = faultPercent;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    public URI base() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /// What has come.
    public synchronized byte[] file() {
        return file.toByteArray();
    }

    public synchronized boolean isComplete() {
        return isComplete;
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            int fault = random.nextInt(100) < faultPercent ? random.nextInt(4) : -1;
            if (refuse > 0) {
                reply(exchange, refuse);
            } else if (fault == 0) {
                return; // the connection breaks, and nothing came
            } else if (fault == 1) {
                reply(exchange, 503);
            } else {
                int status = take(exchange.getRequestHeaders().getFirst("Content-Range"), body,
                        exchange.getRequestHeaders().getFirst("Repr-Digest"), fault == 2);
                if (fault != 3) {
                    reply(exchange, status); // else it came, and the answer is lost
                }
            }
        }
    }

    private int take(@Nullable String range, byte[] body, @Nullable String digest, boolean isCut) {
        if (isComplete) {
            return 200;
        }
        String[] parts = String.valueOf(range).replace("bytes ", "").split("[-/]", -1);
        boolean isQuestion = parts[0].equals("*");
        int from = range == null || isQuestion ? 0 : Integer.parseInt(parts[0]);
        int total = range == null ? body.length : Integer.parseInt(parts[parts.length - 1]);
        if (isQuestion) {
            return 308;
        }
        if (from != file.size()) {
            return 416;
        }
        file.write(body, 0, isCut ? body.length / 2 : body.length);
        if (file.size() < total) {
            return 308;
        }
        if (!String.valueOf(digest).equals("sha-256=:" + sha256(file.toByteArray()) + ":")) {
            file.reset();
            hasWrongHash = true;
            return 422;
        }
        isComplete = true;
        return 201;
    }

    boolean hasWrongHash() {
        return hasWrongHash;
    }

    private void reply(HttpExchange exchange, int status) throws IOException {
        statuses.add(status);
        exchange.getResponseHeaders().set("Upload-Offset", "" + file.size());
        if (status == 503) {
            exchange.getResponseHeaders().set("Retry-After", "0");
        }
        exchange.sendResponseHeaders(status, -1);
    }

    private static String sha256(byte[] bytes) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
