package io.aftercare.remote.shell;

import io.aftercare.fleet.device.Micros;
import io.aftercare.fleet.digest.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;

/// A piece of a recording: what went through the terminal at a moment. Each one's hash covers the one before it, so that the last
/// one stands for all.
///
/// @param number counted from 1
/// @param at     in microseconds, as the database keeps it
record Piece(int number, Instant at, Kind kind, byte[] data, byte[] hash) {
    /// asciicast's codes.
    enum Kind {
        OUTPUT("o"), INPUT("i"), RESIZE("r"), MARKER("m");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }

        static Kind of(String code) {
            for (Kind kind : values()) {
                if (kind.code.equals(code)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("No kind of piece: " + code);
        }
    }

    /// What the first piece of a session follows.
    static byte[] first(String session) {
        return Sha256.of("shell " + session);
    }

    static Piece after(byte[] previous, int number, Instant at, Kind kind, byte[] data) {
        return new Piece(number, at, kind, data, hash(previous, number, at, kind, data));
    }

    /// Whether it is the one that was written after `previous`.
    boolean follows(byte[] previous, int before) {
        return number == before + 1 && MessageDigest.isEqual(hash, hash(previous, number, at, kind, data));
    }

    // Every field has its length or comes last, so that no two pieces read alike.
    private static byte[] hash(byte[] previous, int number, Instant at, Kind kind, byte[] data) {
        MessageDigest digest = Sha256.digest();
        digest.update(previous);
        digest.update(ByteBuffer.allocate(12).putInt(number).putLong(Micros.of(at)).flip());
        digest.update(kind.code().getBytes(StandardCharsets.US_ASCII));
        return digest.digest(data);
    }
}
