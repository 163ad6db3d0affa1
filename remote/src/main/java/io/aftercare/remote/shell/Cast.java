package io.aftercare.remote.shell;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Writes a recording in asciinema's format, asciicast version 2 (<https://docs.asciinema.org/manual/asciicast/v2/>): a line of JSON
/// about the terminal, then a line for each piece. A character whose bytes lie in two pieces appears in the second one; bytes that are no UTF-8
/// become U+FFFD. Not for two threads.
final class Cast {
    private final StringBuilder text = new StringBuilder();
    private final Instant start;
    private final Map<Piece.Kind, Utf8> texts = new EnumMap<>(Map.of(Piece.Kind.OUTPUT, new Utf8(),
            Piece.Kind.INPUT, new Utf8()));
    private long lastMicros;

    Cast(Shell shell) {
        this.start = Objects.requireNonNullElse(shell.openedAt(), shell.createdAt());
        ObjectNode header = Json.object().put("version", 2).put("width", shell.columns())
                .put("height", shell.rows()).put("timestamp", start.getEpochSecond());
        if (shell.closedAt() != null) {
            header.put("duration",
                    Math.max(0, Duration.between(start, shell.closedAt()).toMillis()) / 1000.0);
        }
        header.put("title", shell.id() + " on " + shell.device() + " for " + shell.ticket() + ", by "
                + shell.requestedBy());
        header.putObject("env").put("TERM", "xterm-256color");
        text.append(Json.text(header)).append('\n');
    }

    Cast add(Piece piece) {
        // A clock that was put back must not turn a recording round.
        lastMicros = Math.max(lastMicros, Duration.between(start, piece.at()).toNanos() / 1000);
        Utf8 reader = texts.get(piece.kind());
        line(piece.kind(), reader == null
                ? new String(piece.data(), StandardCharsets.UTF_8)
                : reader.read(piece.data(), false));
        return this;
    }

    /// The whole recording, with what half a character was left.
    String end() {
        texts.forEach((kind, reader) -> line(kind, reader.read(new byte[0], true)));
        return text.toString();
    }

    private void line(Piece.Kind kind, String data) {
        if (!data.isEmpty() || kind == Piece.Kind.MARKER) {
            text.append('[').append(String.format(Locale.ROOT, "%.6f", lastMicros / 1e6)).append(", \"")
                    .append(kind.code()).append("\", ").append(Json.text(data)).append("]\n");
        }
    }

    /// Bytes that come in pieces, as text.
    private static final class Utf8 {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private byte[] rest = new byte[0];

        String read(byte[] bytes, boolean isLast) {
            ByteBuffer in = ByteBuffer.allocate(rest.length + bytes.length).put(rest).put(bytes).flip();
            CharBuffer out = CharBuffer.allocate(in.remaining() + 1);
            decoder.decode(in, out, isLast);
            rest = new byte[in.remaining()];
            in.get(rest);
            return out.flip().toString();
        }
    }
}
