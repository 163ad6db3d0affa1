package io.aftercare.fleet.device;

import org.jspecify.annotations.Nullable;
import io.aftercare.fleet.digest.Sha256;
import java.security.SecureRandom;
import java.util.Base64;

/// A device's secret: 256 random bits in URL-safe Base64, of which only the SHA-256 is kept. A fast hash is right here,
/// because a random secret cannot be guessed from a list as a password can.
public record DeviceToken(String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SCHEME = "Bearer ";

    public static DeviceToken random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new DeviceToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] hash() {
        return Sha256.of(secret);
    }

    /// The secret in an `Authorization` header of the scheme Bearer (RFC 6750), empty where there is none.
    public static String ofBearer(@Nullable String header) {
        return header != null && header.startsWith(SCHEME) ? header.substring(SCHEME.length()).strip() : "";
    }

    @Override
    public String toString() {
        return "DeviceToken(secret)";
    }
}
