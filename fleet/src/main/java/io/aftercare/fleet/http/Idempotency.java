package io.aftercare.fleet.http;

import io.aftercare.fleet.postgres.Database;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Answers a write that came twice with the same `Idempotency-Key` as it answered the first time, for a day. A key is its
/// sender's own. While the first is still at work the second gets 409; a key used for another request gets 422.
public final class Idempotency {
    private static final Duration KEPT = Duration.ofDays(1);
    private static final int KEY_LENGTH_MAX = 200;

    private final Database database;

    private record Earlier(byte[] fingerprint, @Nullable Integer status, @Nullable String headers,
            @Nullable String body) {}

    public Idempotency(Database database) {
        this.database = database;
    }

    Response once(Request request, String operation, Endpoint endpoint) throws Exception {
        Optional<String> key = request.header("Idempotency-Key");
        if (key.isEmpty()) {
            return endpoint.handle(request);
        }
        if (key.get().length() > KEY_LENGTH_MAX) {
            throw Problem.invalid("Idempotency-Key", "at most " + KEY_LENGTH_MAX + " characters");
        }
        byte[] fingerprint = fingerprint(operation, request);
        String sender = request.principal().name();
        Optional<Response> before = claim(sender, key.get(), fingerprint);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Response response = endpoint.handle(request);
            keep(sender, key.get(), response);
            return response;
        } catch (Exception e) {
            release(sender, key.get()); // nothing was done, so it may be tried again
            throw e;
        }
    }

    /// Empty where this request is the first.
    private Optional<Response> claim(String sender, String key, byte[] fingerprint) {
        return database.inTransaction(handle -> {
            handle.createUpdate(
                    "DELETE FROM fleet.idempotency WHERE made_at < now() - :kept * interval '1 second'"
                            + " OR (status IS NULL AND made_at < now() - interval '1 minute')")
                    .bind("kept", KEPT.toSeconds()).execute();
            int first = handle
                    .createUpdate(
                            """
                                    INSERT INTO fleet.idempotency (sender, key, fingerprint) VALUES (:sender, :key, :fingerprint)
                                    ON CONFLICT DO NOTHING""")
                    .bind("sender", sender).bind("key", key)
                    .bind("fingerprint", fingerprint).execute();
            return first == 1
                    ? Optional.empty()
                    : Optional.of(repeat(find(handle, sender, key), fingerprint));
        });
    }

    private static Earlier find(Handle handle, String sender, String key) {
        return handle.createQuery("""
                SELECT fingerprint, status, headers, body FROM fleet.idempotency
                WHERE sender = :sender AND key = :key""").bind("sender", sender).bind("key", key)
                .map((row, context) -> new Earlier(row.getBytes(1), row.getObject(2, Integer.class),
                        row.getString(3),
                        row.getString(4)))
                .one();
    }

    private static Response repeat(Earlier earlier, byte[] fingerprint) {
        if (!MessageDigest.isEqual(earlier.fingerprint(), fingerprint)) {
            throw Problem.of(422, "Key used before", "This Idempotency-Key belongs to another request");
        }
        if (earlier.status() == null) {
            throw Problem.conflict("The first request with this Idempotency-Key is still at work");
        }
        String body = earlier.body();
        Map<String, String> headers = earlier.headers() == null
                ? Map.of()
                : Json.read(earlier.headers(), new com.fasterxml.jackson.core.type.TypeReference<>() {
                });
        return new Response(earlier.status(), body == null ? null : Json.parse(body), headers);
    }

    private void keep(String sender, String key, Response response) {
        database.useTransaction(handle -> handle.createUpdate("""
                UPDATE fleet.idempotency SET status = :status, headers = :headers, body = :body
                WHERE sender = :sender AND key = :key""").bind("status", response.status())
                .bind("headers", Json.text(response.headers()))
                .bind("body", response.body() == null ? null : Json.text(response.body()))
                .bind("sender", sender)
                .bind("key", key).execute());
    }

    private void release(String sender, String key) {
        database.useTransaction(handle -> handle
                .createUpdate("DELETE FROM fleet.idempotency WHERE sender = :sender AND key = :key")
                .bind("sender", sender).bind("key", key).execute());
    }

    private static byte[] fingerprint(String operation, Request request) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((operation + request.path()).getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return digest.digest(request.body());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
