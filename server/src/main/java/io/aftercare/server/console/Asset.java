package io.aftercare.server.console;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

/// One file as a browser gets it, compressed once and not at each request.
///
/// @param plain  the bytes as they are
/// @param zipped the same by gzip
/// @param type   its `Content-Type`
record Asset(Buffer plain, Buffer zipped, String type) {
    private static final Map<String, String> TYPES = Map.of("js", "text/javascript; charset=utf-8", "mjs",
            "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "svg", "image/svg+xml",
            "html", "text/html; charset=utf-8", "png", "image/png");

    static Asset of(String name, byte[] bytes) {
        String ending = name.substring(name.lastIndexOf('.') + 1);
        return new Asset(Buffer.buffer(bytes), Buffer.buffer(zip(bytes)),
                TYPES.getOrDefault(ending, "application/octet-stream"));
    }

    private static byte[] zip(byte[] bytes) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /// Answers with this file, in the encoding that the browser understands.
    void send(HttpServerRequest request, HttpServerResponse response) {
        String accepted = request.getHeader(HttpHeaders.ACCEPT_ENCODING);
        response.putHeader(HttpHeaders.CONTENT_TYPE, type)
                .putHeader(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING)
                .putHeader("X-Content-Type-Options", "nosniff");
        if (accepted != null && accepted.contains("gzip")) {
            response.putHeader(HttpHeaders.CONTENT_ENCODING, "gzip").end(zipped);
        } else {
            response.end(plain);
        }
    }
}
