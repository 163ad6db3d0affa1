package io.aftercare.remote.shell;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What a device says in a session, read strictly: the sender may be anybody's.
sealed interface Frame {
    /// Bytes in one message from a device, before base64.
    int OUTPUT_BYTES_MAX = 16 << 10;
    /// Bytes in one message to a device, before base64.
    int INPUT_BYTES_MAX = 4 << 10;
    int WHY_CHARACTERS_MAX = 100;

    long seq();

    /// What the terminal shows.
    record Data(long seq, byte[] bytes) implements Frame {}

    /// The device has ended its shell.
    record Close(long seq, String why) implements Frame {}

    /// @throws IllegalArgumentException where it is no message of a shell, in words
    static Frame read(byte[] payload) {
        JsonNode node;
        try {
            node = Json.mapper().readTree(payload);
        } catch (IOException e) {
            throw new IllegalArgumentException("no JSON", e);
        }
        JsonNode seq = node.path("seq");
        if (!seq.isIntegralNumber() || !seq.canConvertToLong() || seq.longValue() < 0) {
            throw new IllegalArgumentException("seq is a number, counted from 1");
        }
        if (node.path("data").isTextual()) {
            return new Data(seq.longValue(), bytes(node.path("data").textValue()));
        }
        if (node.path("close").isTextual()) {
            String why = node.path("close").textValue();
            return new Close(seq.longValue(), plain(why));
        }
        throw new IllegalArgumentException("neither data nor close");
    }

    // People and the database read it.
    private static String plain(String why) {
        String shown = why.length() > WHY_CHARACTERS_MAX ? why.substring(0, WHY_CHARACTERS_MAX) : why;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }

    private static byte[] bytes(String base64) {
        // Before decoding, so that what is too long is not decoded.
        if (base64.length() > (OUTPUT_BYTES_MAX + 2) / 3 * 4) {
            throw new IllegalArgumentException("data is at most " + OUTPUT_BYTES_MAX + " bytes");
        }
        return Base64.getDecoder().decode(base64);
    }

    /// Keys for the terminal.
    static byte[] input(long seq, byte[] bytes) {
        return payload(Json.object().put("seq", seq).put("data", Base64.getEncoder().encodeToString(bytes)));
    }

    static byte[] resize(long seq, Size size) {
        ObjectNode message = Json.object().put("seq", seq);
        message.putObject("resize").put("columns", size.columns()).put("rows", size.rows());
        return payload(message);
    }

    static byte[] close(long seq, String why) {
        return payload(Json.object().put("seq", seq).put("close", why));
    }

    private static byte[] payload(JsonNode message) {
        return Json.text(message).getBytes(StandardCharsets.UTF_8);
    }
}
