package io.aftercare.service.portal;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Problem;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.jdbi.v3.core.Handle;

/// Links by which customers reach their case without a login (R19). A token is 256 random bits; the database has its hash
/// alone, so each letter gets a token of its own and those before it go on working: [#LINKS_MAX] a case, the oldest
/// goes. A link ends after [#VALID]. Works in the caller's transaction.
public final class PortalLinks {
    /// How long a link works.
    public static final Duration VALID = Duration.ofDays(90);
    static final int LINKS_MAX = 50;
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private PortalLinks() {}

    /// A new link to a case.
    ///
    /// @return its token, known to nobody else
    public static String issue(Handle handle, long ticket, Instant now) {
        byte[] secret = new byte[BYTES];
        RANDOM.nextBytes(secret);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        handle.createUpdate("""
                INSERT INTO service.portal_link (hash, ticket, issued_at, expires_at)
                VALUES (:hash, :ticket, :now, :expires)""").bind("hash", hash(token)).bind("ticket", ticket)
                .bind("now", now).bind("expires", now.plus(VALID)).execute();
        handle.createUpdate("""
                DELETE FROM service.portal_link WHERE hash IN (SELECT hash FROM service.portal_link
                    WHERE ticket = :ticket ORDER BY issued_at DESC, hash OFFSET :max)""")
                .bind("ticket", ticket).bind("max", LINKS_MAX).execute();
        return token;
    }

    /// The case that a token leads to; a [Problem] 404, the same for all, where it leads nowhere (any more).
    public static long caseOf(Handle handle, String token, Instant now) {
        return handle.createQuery("""
                SELECT ticket FROM service.portal_link
                WHERE hash = :hash AND revoked_at IS NULL AND expires_at > :now""")
                .bind("hash", hash(token)).bind("now", now).mapTo(Long.class).findOne()
                .orElseThrow(() -> Problem.of(404, "Not found",
                        "This link is not valid, or not any more; ask for a new one"));
    }

    /// Ends all links to a case.
    ///
    /// @return how many there were
    public static int revoke(Handle handle, long ticket, Instant now) {
        return handle.createUpdate(
                """
                        UPDATE service.portal_link SET revoked_at = :now WHERE ticket = :ticket AND revoked_at IS NULL""")
                .bind("ticket", ticket).bind("now", now).execute();
    }

    private static byte[] hash(String token) {
        return Sha256.of(token);
    }
}
