package io.aftercare.fleet.people;

import io.aftercare.fleet.digest.Sha256;
import io.aftercare.fleet.http.Problem;
import io.netty.handler.codec.http.cookie.Cookie;
import io.netty.handler.codec.http.cookie.ServerCookieDecoder;
import io.vertx.core.MultiMap;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;

/// The secret of a session: 256 random bits in URL-safe Base64.
record SessionToken(String secret) {
    static final String COOKIE = "aftercare_session";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String SCHEME = "Bearer ";

    /// A token as a request shows it.
    record Shown(SessionToken token, boolean byCookie) {}

    static SessionToken random() {
        byte[] bytes = new byte[32];
        RANDOM.nextBytes(bytes);
        return new SessionToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /// The token in `Authorization`, else in the console's cookie; a [Problem] 401 for another scheme.
    static Optional<Shown> shown(MultiMap headers) {
        String authorization = headers.get("Authorization");
        if (authorization != null) {
            if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
                throw Problem.unauthorized(
                        "Send Authorization: Bearer <token>; POST /api/v1/session gives a token");
            }
            String secret = authorization.substring(SCHEME.length()).strip();
            return Optional.of(new Shown(new SessionToken(secret), false));
        }
        String cookies = headers.get("Cookie");
        return cookies == null
                ? Optional.empty()
                : ServerCookieDecoder.LAX.decode(cookies).stream()
                        .filter(cookie -> cookie.name().equals(COOKIE))
                        .map(Cookie::value).findFirst()
                        .map(secret -> new Shown(new SessionToken(secret), true));
    }

    /// What is kept of it.
    byte[] hash() {
        return Sha256.of("session " + secret);
    }

    /// What a page of ours knows and a page of another site does not: sent back with every write.
    String csrf() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(Sha256.of("csrf " + secret));
    }

    @Override
    public String toString() {
        return "SessionToken(secret)";
    }
}
