package io.aftercare.ota.release;

import java.util.Arrays;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `multipart/form-data` body (RFC 7578) part by part from a stream, holding 64 KiB of it. Not thread-safe.
final class Multipart {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int HEADERS_BYTES_MAX = 8 * 1024;
    private static final int PARTS_MAX = 128;
    private static final Pattern BOUNDARY = Pattern
            .compile("multipart/form-data\\s*;.*\\bboundary=(?:\"([^\"]{1,70})\"|([^\\s;,\"]{1,70})).*",
                    Pattern.CASE_INSENSITIVE);

    private final InputStream in;
    private final byte[] delimiter;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private int count;
    private boolean ended;

    /// @param contentType of the request
    Multipart(InputStream in, String contentType) {
        Matcher matcher = BOUNDARY.matcher(contentType);
        if (!matcher.matches()) {
            throw Refused.malformed("The request is not multipart/form-data with a boundary");
        }
        String boundary = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
        this.in = in;
        this.delimiter = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        // the first delimiter may stand at the very beginning, without the line's end before it
        buffer[0] = '\r';
        buffer[1] = '\n';
        this.to = 2;
    }

    /// The next part, empty after the last; what is left of the one before is passed over.
    Optional<Part> next() throws IOException {
        if (ended) {
            return Optional.empty();
        }
        new Part("", "").transferTo(OutputStream.nullOutputStream()); // the preamble, or the rest of the part before
        from += delimiter.length;
        if (startsWith("--")) {
            ended = true;
            return Optional.empty();
        }
        if (++count > PARTS_MAX) {
            throw Refused.malformed("The request has more than " + PARTS_MAX + " parts");
        }
        String headers = headers();
        return Optional.of(new Part(parameter(headers, "name"), parameter(headers, "filename")));
    }

    private boolean startsWith(String text) throws IOException {
        while (to - from < text.length()) {
            if (!fill()) {
                throw broken();
            }
        }
        return new String(buffer, from, text.length(), StandardCharsets.ISO_8859_1).equals(text);
    }

    // from the end of the delimiter's line to the empty line
    private String headers() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        while (true) {
            if (from == to && !fill()) {
                throw broken();
            }
            text.write(buffer[from++]);
            if (text.size() > HEADERS_BYTES_MAX) {
                throw Refused
                        .malformed("The headers of a part have more than " + HEADERS_BYTES_MAX + " bytes");
            }
            String soFar = text.size() < 4 || buffer[from - 1] != '\n'
                    ? ""
                    : text.toString(StandardCharsets.UTF_8);
            if (soFar.endsWith("\r\n\r\n")) {
                return soFar;
            }
        }
    }

    private static String parameter(String headers, String name) {
        Matcher matcher = Pattern
                .compile("(?im)^content-disposition:.*;\\s*" + name + "=(?:\"([^\"]*)\"|([^;\\s]+))")
                .matcher(headers);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    }

    /// Moves what is left to the front and reads more.
    ///
    /// @return false at the end of the stream
    private boolean fill() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, to - from);
        to -= from;
        from = 0;
        int n = in.read(buffer, to, buffer.length - to);
        to += Math.max(n, 0);
        return n >= 0;
    }

    /// How many bytes from `from` on certainly belong to the part: up to the delimiter, or to what may be its beginning.
    private int content() {
        for (int at = from; at < to; at++) {
            if (buffer[at] == '\r' && mayBegin(at)) {
                return at - from;
            }
        }
        return to - from;
    }

    private boolean mayBegin(int at) {
        int length = Math.min(delimiter.length, to - at);
        return Arrays.equals(buffer, at, at + length, delimiter, 0, length);
    }

    private static Refused broken() {
        return Refused.malformed("The multipart body ends in the middle; it was cut off on its way");
    }

    /// One part: a field, or a file with its name. Ends where the next begins; only the newest may be read.
    final class Part extends InputStream {
        private final String field;
        private final String fileName;

        private Part(String field, String fileName) {
            this.field = field;
            this.fileName = fileName;
        }

        String field() {
            return field;
        }

        /// Empty for a plain field.
        String fileName() {
            return fileName;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            Objects.checkFromIndexSize(offset, length, into.length);
            if (length == 0) {
                return 0;
            }
            while (true) {
                int content = content();
                if (content > 0) {
                    int n = Math.min(length, content);
                    System.arraycopy(buffer, from, into, offset, n);
                    from += n;
                    return n;
                }
                if (to - from >= delimiter.length) {
                    return -1;
                }
                if (!fill()) {
                    throw broken();
                }
            }
        }
    }
}
