package io.aftercare.fleet.device;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/// A device's secret: 256 random bits in URL-safe Base64, of which only the SHA-256 is kept. A fast hash is right here,
/// because a random secret cannot be guessed from a list as a password can.
public record DeviceToken(String secret) {
    private static final SecureRandom RANDOM = new SecureRandom();

    public static DeviceToken random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new DeviceToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    public byte[] hash() {
        return sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    /// SHA-256, which every JDK has.
    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public String toString() {
        return "DeviceToken(secret)";
    }
}
