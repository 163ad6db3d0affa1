package io.aftercare.simulator.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/// One session's messages: what comes in is typed once and without holes, what goes out is numbered. Says nothing more once it
/// has ended. Does no input or output itself. Not thread-safe.
///
/// | state | what comes | becomes |
/// |---|---|---|
/// | open | the next number with `data` | open, the output |
/// | open | the next number with `resize` | open |
/// | open | a number that was there | open, nothing |
/// | open | a gap, or what cannot be read | ended, `close` `gap` |
/// | open | `close` | ended, `close` `closed` |
/// | open | the shell ends, the time is over, the bound is reached | ended, `close` `exit`, `time`, `limit` |
/// | open | the connection is lost | ended, nothing |
/// | ended | `close` | ended, `close` with number 0 |
/// | ended | anything else | ended, nothing |
final class Dialogue {
    static final int OUTPUT_BYTES_MAX = 5 << 20;
    static final int MESSAGE_BYTES_MAX = 16 << 10;
    private static final int OVERHEAD_BYTES = 64;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Terminal terminal;
    private long heard;
    private long said;
    private long bytes;
    private boolean isOpen = true;

    Dialogue(Terminal terminal) {
        this.terminal = terminal;
    }

    boolean isOpen() {
        return isOpen;
    }

    /// What is sent once it is open.
    List<ObjectNode> greeting() {
        List<ObjectNode> out = new ArrayList<>();
        show(terminal.greeting().getBytes(StandardCharsets.UTF_8), out);
        return out;
    }

    /// Takes a message; returns what is sent for it.
    List<ObjectNode> heard(JsonNode message) {
        if (message.has("close")) {
            return isOpen ? end("closed") : List.of(unknownClose());
        }
        long seq = message.path("seq").asLong();
        if (!isOpen || seq <= heard && seq > 0) {
            return List.of();
        }
        if (seq != heard + 1) {
            return end("gap");
        }
        heard = seq;
        return message.has("data") ? typed(message.path("data").asText()) : List.of();
    }

    private List<ObjectNode> typed(String base64) {
        List<ObjectNode> out = new ArrayList<>();
        try {
            show(terminal.typed(Base64.getDecoder().decode(base64)), out);
        } catch (IllegalArgumentException e) {
            return end("gap"); // what was typed is not known
        }
        if (isOpen && terminal.isOver()) {
            out.addAll(end("exit"));
        }
        return out;
    }

    private void show(byte[] output, List<ObjectNode> out) {
        for (int from = 0; from < output.length && isOpen; from += MESSAGE_BYTES_MAX) {
            byte[] part = Arrays.copyOfRange(output, from, Math.min(output.length, from + MESSAGE_BYTES_MAX));
            bytes += part.length + OVERHEAD_BYTES;
            if (bytes > OUTPUT_BYTES_MAX) {
                out.addAll(end("limit"));
            } else {
                said++;
                out.add(JSON.createObjectNode().put("seq", said).put("data",
                        Base64.getEncoder().encodeToString(part)));
            }
        }
    }

    /// Ends it, saying why.
    List<ObjectNode> end(String why) {
        if (!isOpen) {
            return List.of();
        }
        isOpen = false;
        said++;
        return List.of(JSON.createObjectNode().put("seq", said).put("close", why));
    }

    /// Ends it where nobody can be told.
    void lost() {
        isOpen = false;
    }

    /// The answer to a `close` of a session that is not there.
    static ObjectNode unknownClose() {
        return JSON.createObjectNode().put("seq", 0).put("close", "unknown");
    }
}
