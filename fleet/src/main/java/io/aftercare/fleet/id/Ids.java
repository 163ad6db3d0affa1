package io.aftercare.fleet.id;

import java.security.SecureRandom;
import java.time.InstantSource;

/// Names for what people see: a letter for the kind, the time, and 30 random bits, in Crockford's Base32 (lower case), so that
/// later ones sort after earlier ones. Thread-safe.
public final class Ids {
    private static final char[] DIGITS = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
    private static final int TIME_DIGITS = 9;
    private static final int RANDOM_DIGITS = 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    public static String next(char kind, InstantSource clock) {
        StringBuilder id = new StringBuilder(1 + TIME_DIGITS + RANDOM_DIGITS).append(kind);
        append(id, clock.millis(), TIME_DIGITS);
        append(id, RANDOM.nextLong(), RANDOM_DIGITS);
        return id.toString();
    }

    private static void append(StringBuilder id, long number, int digits) {
        for (int digit = digits - 1; digit >= 0; digit--) {
            id.append(DIGITS[(int) (number >>> 5 * digit) & 31]);
        }
    }
}
