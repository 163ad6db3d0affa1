package io.aftercare.ingest.telemetry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// Reads the tokens of JSON (RFC 8259) from bytes, without a tree and, but for text, without allocation. A method that
/// meets what JSON does not allow answers false and leaves the reason in [#error]. Reused; not thread-safe.
final class JsonCursor {
    private static final double[] POWERS = {1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11,
            1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    private static final long MANTISSA_MAX = 1L << 53;

    private byte[] in = new byte[0];
    private int at;
    private int end;
    private BadPayload error = BadPayload.NOT_JSON;
    private int stringStart;
    private int stringEnd;
    private boolean stringPlain;
    private double number;

    void open(byte[] bytes, int from, int to) {
        in = bytes;
        at = from;
        end = to;
        error = BadPayload.NOT_JSON;
    }

    BadPayload error() {
        return error;
    }

    boolean fail(BadPayload reason) {
        error = reason;
        return false;
    }

    /// The next byte that is no white space, not consumed; -1 at the end.
    int peek() {
        while (at < end) {
            byte b = in[at];
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    /// Consumes `wanted` if it is next.
    boolean skip(char wanted) {
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /// Reads a string; its raw bytes lie from [#stringStart] to [#stringEnd], as they stand where it [#isPlain].
    boolean string() {
        if (!skip('"')) {
            return fail(BadPayload.NOT_JSON);
        }
        stringStart = at;
        boolean plain = true;
        while (at < end) {
            byte b = in[at];
            if (b == '"') {
                stringEnd = at++;
                stringPlain = plain;
                return true;
            }
            if (b == '\\') {
                at++;
                plain = false;
            } else if (b < 0) {
                plain = false;
            } else if (b < 0x20) {
                return fail(BadPayload.NOT_JSON);
            }
            at++;
        }
        return fail(BadPayload.NOT_JSON);
    }

    byte[] bytes() {
        return in;
    }

    int stringStart() {
        return stringStart;
    }

    int stringEnd() {
        return stringEnd;
    }

    /// Whether the string read last is ASCII without escapes.
    boolean isPlain() {
        return stringPlain;
    }

    /// The string read last, null where its escapes or its UTF-8 are wrong.
    @Nullable
    String text() {
        if (stringPlain) {
            return new String(in, stringStart, stringEnd - stringStart, StandardCharsets.ISO_8859_1);
        }
        String raw;
        try {
            raw = StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(in, stringStart, stringEnd - stringStart)).toString();
        } catch (CharacterCodingException e) {
            return null; // says "wrong UTF-8", which the caller asked to know
        }
        return raw.indexOf('\\') < 0 ? raw : unescape(raw);
    }

    private static @Nullable String unescape(String raw) {
        StringBuilder text = new StringBuilder(raw.length());
        int i = 0;
        while (i < raw.length()) {
            char c = raw.charAt(i++);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = raw.charAt(i++);
            int plain = "\"\\/bfnrt".indexOf(escape);
            if (plain >= 0) {
                text.append("\"\\/\b\f\n\r\t".charAt(plain));
            } else if (escape == 'u' && i + 4 <= raw.length() && isHex(raw, i)) {
                text.append((char) Integer.parseInt(raw, i, i + 4, 16));
                i += 4;
            } else {
                return null;
            }
        }
        return text.toString();
    }

    private static boolean isHex(String text, int from) {
        for (int i = from; i < from + 4; i++) {
            if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
                return false;
            }
        }
        return true;
    }

    /// Reads `word` literally.
    boolean literal(String word) {
        int length = word.length();
        if (end - at < length) {
            return fail(BadPayload.NOT_JSON);
        }
        for (int i = 0; i < length; i++) {
            if (in[at + i] != word.charAt(i)) {
                return fail(BadPayload.NOT_JSON);
            }
        }
        at += length;
        return true;
    }

    /// The number that [#readNumber] read.
    double number() {
        return number;
    }

    /// Reads a number; an infinite one, and the NaN and Infinity of other dialects, are told apart from what is no JSON.
    boolean readNumber() {
        int start = at;
        boolean negative = at < end && in[at] == '-';
        if (negative) {
            at++;
        }
        if (at < end && (in[at] == 'N' || in[at] == 'I')) {
            return fail(literal("NaN") || literal("Infinity") ? BadPayload.NOT_FINITE : BadPayload.NOT_JSON);
        }
        int whole = at;
        long mantissa = 0;
        while (at < end && isDigit(in[at])) {
            mantissa = mantissa < MANTISSA_MAX ? mantissa * 10 + (in[at] - '0') : Long.MAX_VALUE;
            at++;
        }
        if (at == whole || in[whole] == '0' && at - whole > 1) {
            return fail(BadPayload.NOT_JSON);
        }
        int exponent = 0;
        if (at < end && in[at] == '.') {
            int fraction = ++at;
            while (at < end && isDigit(in[at])) {
                mantissa = mantissa < MANTISSA_MAX ? mantissa * 10 + (in[at] - '0') : Long.MAX_VALUE;
                at++;
            }
            if (at == fraction) {
                return fail(BadPayload.NOT_JSON);
            }
            exponent = fraction - at;
        }
        return readExponent(start, negative, mantissa, exponent);
    }

    private boolean readExponent(int start, boolean negative, long mantissa, int fraction) {
        int exponent = fraction;
        if (at < end && (in[at] == 'e' || in[at] == 'E')) {
            at++;
            boolean minus = at < end && in[at] == '-';
            if (minus || at < end && in[at] == '+') {
                at++;
            }
            int digits = at;
            int value = 0;
            while (at < end && isDigit(in[at])) {
                value = Math.min(value * 10 + (in[at] - '0'), 100_000);
                at++;
            }
            if (at == digits) {
                return fail(BadPayload.NOT_JSON);
            }
            exponent += minus ? -value : value;
        }
        // Clinger's fast path: both are exact doubles, so one multiplication or division rounds once, as it should.
        if (mantissa < MANTISSA_MAX && exponent >= -22 && exponent <= 22) {
            double exact = exponent < 0 ? mantissa / POWERS[-exponent] : mantissa * POWERS[exponent];
            number = negative ? -exact : exact;
            return true;
        }
        number = Double.parseDouble(new String(in, start, at - start, StandardCharsets.ISO_8859_1));
        return Double.isFinite(number) || fail(BadPayload.NOT_FINITE);
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
