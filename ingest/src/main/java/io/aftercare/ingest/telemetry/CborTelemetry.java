package io.aftercare.ingest.telemetry;

import io.aftercare.fleet.http.Json;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// Writes CBOR (RFC 8949) as JSON, which then goes the way of all telemetry. Devices that send CBOR save radio time, not
/// ours: this costs a few hundred nanoseconds more. Tags are passed over, byte strings become Base64 text. Memory is
/// bounded by the payload's; one use for each payload.
final class CborTelemetry {
    private static final int DEPTH_MAX = 16;
    private static final int BREAK = 0xff;
    /// As RFC 8428 writes data values; other CBOR has no rule of its own.
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final ByteBuffer in;
    private final Names names;
    private final StringBuilder out = new StringBuilder();

    /// What a member's name is that was sent as a number.
    @FunctionalInterface
    interface Names {
        /// As JSON would write the number.
        Names DECIMAL = number -> number < 0 ? null : Long.toString(number);

        /// @return null where that number names nothing
        @Nullable
        String of(long number);
    }

    /// The payload is not what it should be.
    static final class BadCborException extends IOException {
        private final BadPayload reason;

        BadCborException(BadPayload reason) {
            super(reason.text());
            this.reason = reason;
        }

        BadPayload reason() {
            return reason;
        }
    }

    private CborTelemetry(ByteBuffer in, Names names) {
        this.in = in;
        this.names = names;
    }

    static byte[] toJson(byte[] bytes, int from, int to) throws BadCborException {
        return toJson(bytes, from, to, Names.DECIMAL);
    }

    static byte[] toJson(byte[] bytes, int from, int to, Names names) throws BadCborException {
        var reader = new CborTelemetry(ByteBuffer.wrap(bytes, from, to - from), names);
        try {
            reader.item(0);
        } catch (BufferUnderflowException e) {
            throw new BadCborException(BadPayload.NOT_CBOR);
        }
        if (reader.in.hasRemaining()) {
            throw new BadCborException(BadPayload.NOT_CBOR);
        }
        return reader.out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void item(int depth) throws BadCborException {
        if (depth > DEPTH_MAX) {
            throw new BadCborException(BadPayload.TOO_DEEP);
        }
        int head = in.get() & 0xff;
        int detail = head & 0x1f;
        switch (head >> 5) {
            case 0 -> out.append(Long.toUnsignedString(argument(detail)));
            case 1 -> negative(argument(detail));
            case 2 -> out.append('"').append(BASE64.encodeToString(bytes(detail))).append('"');
            case 3 -> out.append(Json.text(text(detail)));
            case 4 -> list(detail, depth, '[', ']');
            case 5 -> list(detail, depth, '{', '}');
            case 6 -> {
                argument(detail);
                item(depth + 1);
            }
            default -> simple(detail);
        }
    }

    private void negative(long below) {
        if (below < 0) {
            out.append(-1.0 - Double.parseDouble(Long.toUnsignedString(below)));
        } else {
            out.append(-1 - below);
        }
    }

    private long argument(int detail) throws BadCborException {
        return switch (detail) {
            case 24 -> in.get() & 0xff;
            case 25 -> in.getShort() & 0xffff;
            case 26 -> in.getInt() & 0xffffffffL;
            case 27 -> in.getLong();
            default -> {
                if (detail > 27) {
                    throw new BadCborException(BadPayload.NOT_CBOR);
                }
                yield detail;
            }
        };
    }

    private byte[] bytes(int detail) throws BadCborException {
        long length = argument(detail);
        if (length < 0 || length > in.remaining()) {
            throw new BadCborException(BadPayload.NOT_CBOR);
        }
        byte[] bytes = new byte[(int) length];
        in.get(bytes);
        return bytes;
    }

    private String text(int detail) throws BadCborException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes(detail))).toString();
        } catch (CharacterCodingException e) {
            throw new BadCborException(BadPayload.NOT_CBOR);
        }
    }

    // Arrays and maps, of a length said before or of one that a break ends.
    private void list(int detail, int depth, char open, char close) throws BadCborException {
        boolean endless = detail == 31;
        long length = endless ? Long.MAX_VALUE : argument(detail);
        if (!endless && (length < 0 || length > in.remaining())) {
            throw new BadCborException(BadPayload.NOT_CBOR);
        }
        out.append(open);
        for (long i = 0; i < length && !(endless && isBreak()); i++) {
            out.append(i == 0 ? "" : ",");
            if (open == '{') {
                name();
            }
            item(depth + 1);
        }
        out.append(close);
    }

    private boolean isBreak() {
        if ((in.get() & 0xff) == BREAK) {
            return true;
        }
        in.position(in.position() - 1);
        return false;
    }

    private void name() throws BadCborException {
        int head = in.get() & 0xff;
        String name = switch (head >> 5) {
            case 0 -> names.of(argument(head & 0x1f));
            case 1 -> names.of(-1 - argument(head & 0x1f));
            case 3 -> text(head & 0x1f);
            default -> null;
        };
        if (name == null) {
            throw new BadCborException(BadPayload.BAD_NAME);
        }
        out.append(Json.text(name)).append(':');
    }

    private void simple(int detail) throws BadCborException {
        switch (detail) {
            case 20 -> out.append("false");
            case 21 -> out.append("true");
            case 22, 23 -> out.append("null");
            case 25 -> number(Float.float16ToFloat(in.getShort()));
            case 26 -> number(in.getFloat());
            case 27 -> number(in.getDouble());
            default -> throw new BadCborException(BadPayload.NOT_CBOR);
        }
    }

    private void number(double value) throws BadCborException {
        if (!Double.isFinite(value)) {
            throw new BadCborException(BadPayload.NOT_FINITE);
        }
        out.append(value);
    }
}
