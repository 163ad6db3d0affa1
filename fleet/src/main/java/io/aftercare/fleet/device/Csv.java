package io.aftercare.fleet.device;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads CSV (RFC 4180: commas, quotes doubled within quotes, CRLF or LF, a byte-order mark allowed) record by record, a few
/// KiB at a time. A record that is too long or whose quotes are amiss is told as such and the reading goes on after it.
final class Csv {
    static final int RECORD_CHARS_MAX = 16_384;
    private static final int BUFFER_CHARS = 8192;
    /// What the decoder puts where bytes are no UTF-8.
    private static final char REPLACEMENT = '\ufffd';

    private final Reader in;
    private final char[] buffer = new char[BUFFER_CHARS];
    private int length;
    private int position;
    private long line = 1;

    /// A record of the file.
    ///
    /// @param line where it begins, from 1
    /// @param flaw what is wrong with it as CSV, empty for nothing
    record Row(long line, List<String> cells, String flaw) {}

    Csv(InputStream bytes) throws IOException {
        in = new InputStreamReader(bytes, StandardCharsets.UTF_8);
        if (peek() == '\ufeff') {
            position++;
        }
    }

    /// The next record that is not an empty line; empty at the end.
    Optional<Row> next() throws IOException {
        while (peek() == '\n' || peek() == '\r') {
            read();
        }
        return peek() < 0 ? Optional.empty() : Optional.of(row());
    }

    private Row row() throws IOException {
        long begin = line;
        List<String> cells = new ArrayList<>();
        StringBuilder cell = new StringBuilder();
        String flaw = "";
        int chars = 0;
        boolean quoted = false;
        while (true) {
            int c = read();
            if (c < 0 || c == '\n' && !quoted) {
                flaw = quoted && flaw.isEmpty() ? "a quote is never closed" : flaw;
                cells.add(cell.toString());
                return new Row(begin, cells, flaw);
            }
            if (++chars > RECORD_CHARS_MAX) {
                return new Row(begin, List.of(), skipLine(c));
            }
            if (c == '"') {
                if (quoted && peek() == '"') {
                    cell.append((char) read());
                } else if (quoted || cell.isEmpty()) {
                    quoted = !quoted;
                } else {
                    flaw = "a quote stands inside an unquoted cell";
                }
            } else if (c == ',' && !quoted) {
                cells.add(cell.toString());
                cell.setLength(0);
            } else if (c != '\r' || quoted || peek() != '\n') {
                flaw = c == REPLACEMENT ? "it is not in UTF-8; save the file as UTF-8" : flaw;
                cell.append((char) c);
            }
        }
    }

    private String skipLine(int last) throws IOException {
        int c = last;
        while (c >= 0 && c != '\n') {
            c = read();
        }
        return "it has more than " + RECORD_CHARS_MAX + " characters, or a quote that is never closed";
    }

    private int peek() throws IOException {
        if (position == length) {
            position = 0;
            length = Math.max(0, in.read(buffer));
        }
        return length == 0 ? -1 : buffer[position];
    }

    private int read() throws IOException {
        int c = peek();
        if (c >= 0) {
            position++;
        }
        if (c == '\n') {
            line++;
        }
        return c;
    }
}
