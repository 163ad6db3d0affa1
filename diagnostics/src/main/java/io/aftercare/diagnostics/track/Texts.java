package io.aftercare.diagnostics.track;

import java.nio.charset.StandardCharsets;

/// Texts as tracks take them.
public final class Texts {
    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final int DROPPED_BITS = 12;

    private Texts() {}

    /// A whole number below 2^52 for a text: the top of its FNV-1a hash. Different texts have different ones but for one pair in 2^52.
    public static double fingerprint(String text) {
        long hash = FNV_OFFSET;
        for (byte letter : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ letter & 0xff) * FNV_PRIME;
        }
        return hash >>> DROPPED_BITS;
    }
}
