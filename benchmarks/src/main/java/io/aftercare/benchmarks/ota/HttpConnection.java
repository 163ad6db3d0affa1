package io.aftercare.benchmarks.ota;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// One connection of HTTP/1.1 that is kept open, as cheap as can be: what it costs is not to be measured. For one thread.
final class HttpConnection implements AutoCloseable {
    private static final int BUFFER_BYTES = 256 * 1024;
    private static final String LENGTH = "content-length:";

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final byte[] buffer = new byte[BUFFER_BYTES];

    HttpConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream(), BUFFER_BYTES);
        out = socket.getOutputStream();
    }

    /// A GET request; several may be sent over one connection, one after the other.
    static byte[] get(String path, String authorization) {
        String proof = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + proof + "\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    /// Sends it and reads the whole answer.
    ///
    /// @return bytes of the body
    /// @throws IOException also where the answer is not 200
    long ask(byte[] request) throws IOException {
        out.write(request);
        String status = line();
        if (!status.startsWith("HTTP/1.1 200")) {
            throw new IOException("the answer was " + status);
        }
        long length = -1;
        for (String head = line(); !head.isEmpty(); head = line()) {
            if (head.toLowerCase(Locale.ROOT).startsWith(LENGTH)) {
                length = Long.parseLong(head.substring(LENGTH.length()).strip());
            }
        }
        long left = length;
        while (left > 0) {
            int n = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            if (n < 0) {
                throw new IOException("the answer broke off");
            }
            left -= n;
        }
        return length;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the connection was closed");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
