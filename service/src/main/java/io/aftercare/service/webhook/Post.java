package io.aftercare.service.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/// One HTTP/1.1 POST to an address that was looked up and checked before: an ordinary client would look the name up again,
/// and could be led elsewhere. Follows nothing, reads at most [#ANSWER_BYTES_MAX], and ends after [#WHOLE].
final class Post {
    static final Duration WHOLE = Duration.ofSeconds(15);
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int ANSWER_BYTES_MAX = 4096;
    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] (\\d{3})\\b.*");

    private Post() {}

    /// What the receiver said.
    ///
    /// @param beginning of its answer's body, as far as it was read
    record Answer(int status, String beginning) {}

    static Answer send(Target target, InetAddress address, Map<String, String> headers, String body)
            throws IOException {
        long end = System.nanoTime() + WHOLE.toNanos();
        try (Socket plain = new Socket()) {
            // A peer that does not read would hold a write for ever.
            CompletableFuture.delayedExecutor(WHOLE.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
                    .execute(() -> close(plain));
            plain.connect(new InetSocketAddress(address, target.port()), (int) CONNECT.toMillis());
            plain.setSoTimeout((int) CONNECT.toMillis());
            Socket socket = target.tls() ? secured(plain, target) : plain;
            OutputStream out = socket.getOutputStream();
            out.write(request(target, headers, body.getBytes(StandardCharsets.UTF_8)));
            out.flush();
            return read(socket, end);
        }
    }

    private static Socket secured(Socket plain, Target target) throws IOException {
        SSLSocket socket = (SSLSocket) ((SSLSocketFactory) SSLSocketFactory.getDefault())
                .createSocket(plain, target.host(), target.port(), true);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static byte[] request(Target target, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder("POST ").append(target.path()).append(" HTTP/1.1\r\nHost: ")
                .append(target.host());
        if (target.port() != (target.tls() ? 443 : 80)) {
            head.append(':').append(target.port());
        }
        head.append("\r\nContent-Type: application/json\r\nConnection: close\r\nUser-Agent: Aftercare\r\n")
                .append("Content-Length: ").append(body.length).append("\r\n");
        headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    private static Answer read(Socket socket, long end) throws IOException {
        InputStream in = socket.getInputStream();
        byte[] bytes = new byte[ANSWER_BYTES_MAX];
        int length = 0;
        while (length < bytes.length) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (left <= 0) {
                throw new SocketTimeoutException("no whole answer within " + WHOLE.toSeconds() + " s");
            }
            socket.setSoTimeout((int) left);
            int read = in.read(bytes, length, bytes.length - length);
            if (read < 0) {
                break;
            }
            length += read;
            if (indexOfBody(bytes, length) >= 0) {
                break; // the head tells all that matters
            }
        }
        String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
        Matcher status = STATUS.matcher(text.lines().findFirst().orElse(""));
        if (!status.matches()) {
            throw new IOException("the answer is not HTTP");
        }
        int body = indexOfBody(bytes, length);
        return new Answer(Integer.parseInt(status.group(1)),
                body < 0 ? "" : text.substring(body).replaceAll("\\p{Cntrl}+", " ").strip());
    }

    private static int indexOfBody(byte[] bytes, int length) {
        for (int i = 3; i < length; i++) {
            if (bytes[i - 3] == '\r' && bytes[i - 2] == '\n' && bytes[i - 1] == '\r' && bytes[i] == '\n') {
                return i + 1;
            }
        }
        return -1;
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
