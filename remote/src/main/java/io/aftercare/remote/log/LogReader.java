package io.aftercare.remote.log;

import io.aftercare.fleet.http.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Reads what a device sent, line by line, holding one of them: plain or gzip, bounded after inflating. Writes each line redacted, as
/// JSON.
final class LogReader {
    static final int LINES_MAX = 200_000;
    static final int LINE_BYTES_MAX = 16 * 1024;
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int GZIP = 0x1f8b;

    private final Redactor redactor;
    private final long bytesMax;
    private final Map<String, Integer> redacted = new TreeMap<>();
    private long bytes;
    private int lines;
    private boolean truncated;

    /// @param bytesMax after inflating; what comes behind is not read
    LogReader(Redactor redactor, long bytesMax) {
        this.redactor = redactor;
        this.bytesMax = bytesMax;
    }

    /// @param bytes     read, after inflating
    /// @param redacted  how much was taken out, by the names of rules
    /// @param truncated whether there was more than allowed
    record Told(long bytes, int lines, Map<String, Integer> redacted, boolean truncated) {}

    /// @throws IOException where it cannot be read, such as gzip that is none
    Told read(InputStream raw, OutputStream kept) throws IOException {
        BufferedInputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
        in.mark(2);
        int magic = in.read() << 8 | in.read();
        in.reset();
        lines(magic == GZIP ? new GZIPInputStream(in, BUFFER_BYTES) : in, kept);
        return new Told(bytes, lines, redacted, truncated);
    }

    private void lines(InputStream in, OutputStream kept) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean cut = false;
        for (int n = in.read(buffer); n >= 0 && !truncated; n = in.read(buffer)) {
            for (int i = 0; i < n && !truncated; i++) {
                bytes++;
                if (bytes > bytesMax || lines >= LINES_MAX) {
                    truncated = true;
                } else if (buffer[i] == '\n') {
                    write(line, cut, kept);
                    cut = false;
                } else if (line.size() < LINE_BYTES_MAX) {
                    line.write(buffer[i]);
                } else {
                    cut = true;
                }
            }
        }
        bytes = Math.min(bytes, bytesMax);
        // What the end cut off may be half of a secret, which no rule knows.
        write(line, cut || truncated, kept);
    }

    private void write(ByteArrayOutputStream line, boolean cut, OutputStream kept) throws IOException {
        String raw = line.toString(StandardCharsets.UTF_8);
        line.reset();
        if (raw.isBlank() || lines >= LINES_MAX) {
            return;
        }
        LogLine parsed = cut ? LogLine.parse(withoutLastWord(raw)) : LogLine.parse(raw);
        String text = redactor.redact(parsed.text(), redacted) + (cut ? " […]" : "");
        kept.write(Json.text(new KeptLine(parsed.at() == null ? null : parsed.at().toEpochMilli(),
                parsed.level() == null ? null : parsed.level().text(), text))
                .getBytes(StandardCharsets.UTF_8));
        kept.write('\n');
        lines++;
    }

    private static String withoutLastWord(String raw) {
        int end = raw.length();
        while (end > 0 && !Character.isWhitespace(raw.charAt(end - 1))) {
            end--;
        }
        return raw.substring(0, end);
    }
}
