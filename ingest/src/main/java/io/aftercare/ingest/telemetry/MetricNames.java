package io.aftercare.ingest.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The name of the metric being read: the members that lead to it, joined with dots. Bounded by the protocol's 64
/// characters; what is longer is cut at one too many, so that it is still seen to be too long.
final class MetricNames {
    static final int LENGTH_MAX = 64;
    private static final boolean[] ALLOWED = new boolean[128];

    static {
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/-".chars()
                .forEach(c -> ALLOWED[c] = true);
    }

    private final byte[] bytes = new byte[LENGTH_MAX + 1];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Goes back to what it was at `before`.
    void cut(int before) {
        length = before;
    }

    /// Adds a level below the present one.
    void append(byte[] from, int start, int end) {
        if (length > 0) {
            append((byte) '.');
        }
        int room = Math.min(end - start, bytes.length - length);
        System.arraycopy(from, start, bytes, length, room);
        length += room;
    }

    /// Adds an index of an array as a level.
    void append(int index) {
        byte[] digits = Integer.toString(index).getBytes(StandardCharsets.ISO_8859_1);
        append(digits, 0, digits.length);
    }

    private void append(byte b) {
        if (length < bytes.length) {
            bytes[length++] = b;
        }
    }

    boolean isValid() {
        return isValid(bytes, 0, length);
    }

    static boolean isValid(byte[] name, int from, int length) {
        if (length == 0 || length > LENGTH_MAX) {
            return false;
        }
        for (int i = from; i < from + length; i++) {
            if (name[i] < 0 || !ALLOWED[name[i]]) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return new String(Arrays.copyOf(bytes, length), StandardCharsets.ISO_8859_1);
    }
}
