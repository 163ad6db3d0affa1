package io.aftercare.ingest.http;

import io.aftercare.fleet.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// A device's request body in memory: at most one byte more than a payload may have, however much it would unpack to.
final class Body {
    static final int BYTES_MAX = 64 * 1024;

    private Body() {}

    /// @param encoding of the `Content-Encoding` header, empty for none
    static byte[] read(InputStream in, String encoding) throws IOException {
        return switch (encoding) {
            case "", "identity" -> in.readNBytes(BYTES_MAX + 1);
            case "gzip" -> unpacked(in);
            default -> throw Problem.of(415, "Unsupported media type",
                    "Send the body as it is, or with Content-Encoding: gzip");
        };
    }

    // What comes after the bound is never unpacked.
    private static byte[] unpacked(InputStream in) throws IOException {
        try (GZIPInputStream unpacked = new GZIPInputStream(in)) {
            return unpacked.readNBytes(BYTES_MAX + 1);
        } catch (ZipException e) {
            throw Problem.badRequest("The body is not gzip: " + e.getMessage());
        }
    }
}
