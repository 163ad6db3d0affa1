package io.aftercare.remote.upload;

import io.aftercare.fleet.http.Problem;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The SHA-256 in a header `Repr-Digest` (RFC 9530).
final class ReprDigest {
    private static final Pattern SHA_256 = Pattern
            .compile("(?:^|,)\\s*sha-256=:([A-Za-z0-9+/=]{1,100}):\\s*(?:,|$)");
    private static final int BYTES = 32;

    private ReprDigest() {}

    /// In hexadecimal; null where there is none, or of other algorithms alone.
    ///
    /// @throws Problem 400 where it is no hash
    static @Nullable String sha256(@Nullable String header) {
        if (header == null || !header.contains("sha-256=")) {
            return null;
        }
        Matcher found = SHA_256.matcher(header);
        if (!found.find()) {
            throw none();
        }
        try {
            byte[] hash = Base64.getDecoder().decode(found.group(1));
            if (hash.length == BYTES) {
                return HexFormat.of().formatHex(hash);
            }
        } catch (IllegalArgumentException e) {
            throw none();
        }
        throw none();
    }

    private static Problem none() {
        return Problem.badRequest("Repr-Digest is sha-256=:<Base64 of 32 bytes>:");
    }
}
