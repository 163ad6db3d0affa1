package io.aftercare.fleet.people;

import io.aftercare.fleet.http.Authenticator;
import io.aftercare.fleet.http.Problem;
import io.aftercare.fleet.postgres.Database;
import io.vertx.core.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Who is logged in. A session is a random token, of which the database keeps the SHA-256; it ends after twelve hours, when
/// it is closed, or when its owner's rights shrink. A session looked up is believed for five seconds, so that a busy
/// console costs no query a request; what this process ends, ends at once. Thread-safe.
public final class Sessions implements Authenticator {
    static final Duration LIFE = Duration.ofHours(12);
    private static final Duration BELIEVED = Duration.ofSeconds(5);
    private static final int CACHED_MAX = 10_000;

    private final Database database;
    private final InstantSource clock;
    private final ConcurrentHashMap<String, Cached> cache = new ConcurrentHashMap<>();

    private record Cached(Principal principal, Instant expires, Instant readAt) {}

    /// A session just opened.
    record Opened(SessionToken token, Instant expires) {}

    /// Also listens to `staff`, to forget whoever changes.
    public Sessions(Database database, Staff staff, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        staff.onChange(this::forget);
    }

    @Override
    public Principal authenticate(Credentials credentials) {
        Optional<SessionToken.Shown> shown = SessionToken.shown(credentials.headers());
        if (shown.isEmpty()) {
            return Principal.NOBODY;
        }
        Principal principal = find(shown.get().token()).orElseThrow(() -> Problem.unauthorized(
                "This session is unknown or has ended; log in again at POST /api/v1/session"));
        if (shown.get().byCookie() && isWrite(credentials.method())) {
            requireCsrf(shown.get().token(), credentials.headers().get("X-CSRF-Token"));
        }
        return principal;
    }

    Opened open(Member member) {
        SessionToken token = SessionToken.random();
        Instant expires = clock.instant().plus(LIFE);
        database.useTransaction(handle -> handle
                .createUpdate(
                        "INSERT INTO fleet.session (token_hash, name, expires_at) VALUES (:hash, :name, :at)")
                .bind("hash", token.hash()).bind("name", member.username()).bind("at", expires).execute());
        return new Opened(token, expires);
    }

    void close(SessionToken token) {
        database.useTransaction(
                handle -> handle.createUpdate("DELETE FROM fleet.session WHERE token_hash = :hash")
                        .bind("hash", token.hash()).execute());
        cache.remove(HexFormat.of().formatHex(token.hash()));
    }

    private static boolean isWrite(HttpMethod method) {
        return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
    }

    private static void requireCsrf(SessionToken token, @Nullable String shown) {
        byte[] expected = token.csrf().getBytes(StandardCharsets.UTF_8);
        if (shown == null || !MessageDigest.isEqual(expected, shown.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.forbidden("A write with the session cookie needs the X-CSRF-Token of this session");
        }
    }

    private Optional<Principal> find(SessionToken token) {
        String key = HexFormat.of().formatHex(token.hash());
        Instant now = clock.instant();
        Cached cached = cache.get(key);
        if (cached == null || now.isAfter(cached.readAt().plus(BELIEVED))) {
            cached = load(token, now).orElse(null);
            if (cached == null) {
                cache.remove(key);
                return Optional.empty();
            }
            remember(key, cached, now);
        }
        return now.isBefore(cached.expires()) ? Optional.of(cached.principal()) : Optional.empty();
    }

    private void remember(String key, Cached session, Instant now) {
        if (cache.size() >= CACHED_MAX) {
            cache.values().removeIf(old -> now.isAfter(old.readAt().plus(BELIEVED)));
        }
        if (cache.size() < CACHED_MAX) {
            cache.put(key, session);
        }
    }

    private Optional<Cached> load(SessionToken token, Instant now) {
        return database.jdbi().withHandle(handle -> handle.createQuery("""
                SELECT s.name, m.roles, m.region, m.outlet, s.expires_at
                FROM fleet.session s JOIN fleet.staff m USING (name)
                WHERE s.token_hash = :hash AND s.expires_at > :now AND m.active""")
                .bind("hash", token.hash()).bind("now", Timestamp.from(now))
                .map((row, _) -> new Cached(
                        new Principal(row.getString("name"), StaffRow.roles(row), row.getString("region"),
                                row.getString("outlet")),
                        row.getTimestamp("expires_at").toInstant(), now))
                .findOne());
    }

    private void forget(String name) {
        cache.values().removeIf(cached -> cached.principal().name().equals(name));
    }
}
