package io.aftercare.fleet.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import io.aftercare.fleet.people.Principal;
import io.aftercare.fleet.postgres.Database;
import io.vertx.core.buffer.Buffer;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Answers a write that came twice with the same `Idempotency-Key` as it answered the first time, for a day. A key is its
/// sender's own. While the first is still at work the second gets 409; a key used for another request gets 422. A request
/// that failed has done nothing, so its key is free again.
///
/// An answer may hold a secret that is shown once (a device's token), so it is kept encrypted under the key itself, of which
/// only a hash is kept. The answer is noted after the deed's own transaction: a backend killed in between does the deed
/// again when asked again, so deeds that must not double have a key of their own in the database too.
public final class Idempotency {
    /// How long an answer is kept.
    public static final Duration KEPT = Duration.ofDays(1);
    /// After this an unanswered key belongs to a backend that died.
    private static final Duration AT_WORK_MAX = Duration.ofMinutes(1);
    private static final int KEY_LENGTH_MAX = 200;

    private final Database database;

    private record Earlier(byte[] fingerprint, byte @Nullable [] answer) {}

    private record Kept(int status, Map<String, String> headers, @Nullable JsonNode body) {}

    public Idempotency(Database database) {
        this.database = database;
    }

    Response once(Request request, String operation, Endpoint endpoint) throws Exception {
        Optional<String> key = request.header("Idempotency-Key");
        if (key.isEmpty() || request.principal().equals(Principal.NOBODY)) {
            return endpoint.handle(request);
        }
        if (key.get().isBlank() || key.get().length() > KEY_LENGTH_MAX) {
            throw Problem.invalid("Idempotency-Key", "1 to " + KEY_LENGTH_MAX + " characters are needed");
        }
        IdempotencyKey claim = IdempotencyKey.of(request, operation, key.get());
        Optional<Response> before = claim(claim);
        if (before.isPresent()) {
            return before.get();
        }
        try {
            Response response = endpoint.handle(request);
            keep(claim, response);
            return response;
        } catch (Exception e) {
            release(claim);
            throw e;
        }
    }

    /// Empty where this request is the first.
    private Optional<Response> claim(IdempotencyKey key) {
        return database.inTransaction(handle -> {
            int first = handle.createUpdate("""
                    INSERT INTO fleet.idempotency AS old (sender, key_hash, fingerprint)
                    VALUES (:sender, :key, :fingerprint)
                    ON CONFLICT (sender, key_hash) DO UPDATE
                    SET fingerprint = excluded.fingerprint, answer = NULL, made_at = now()
                    WHERE old.made_at < now() - :kept * interval '1 second'
                       OR old.answer IS NULL AND old.made_at < now() - :atWork * interval '1 second'""")
                    .bind("sender", key.sender()).bind("key", key.hash())
                    .bind("fingerprint", key.fingerprint()).bind("kept", KEPT.toSeconds())
                    .bind("atWork", AT_WORK_MAX.toSeconds()).execute();
            return first == 1 ? Optional.empty() : Optional.of(repeat(find(handle, key), key));
        });
    }

    private static Optional<Earlier> find(Handle handle, IdempotencyKey key) {
        return handle.createQuery("""
                SELECT fingerprint, answer FROM fleet.idempotency
                WHERE sender = :sender AND key_hash = :key""").bind("sender", key.sender())
                .bind("key", key.hash())
                .map((row, _) -> new Earlier(row.getBytes(1), row.getBytes(2))).findOne();
    }

    private static Response repeat(Optional<Earlier> earlier, IdempotencyKey key) {
        if (earlier.isEmpty()) { // the first one failed just now
            throw Problem.conflict("The first request with this Idempotency-Key failed; send it again");
        }
        if (!MessageDigest.isEqual(earlier.get().fingerprint(), key.fingerprint())) {
            throw Problem.of(422, "Key used before", "This Idempotency-Key belongs to another request");
        }
        byte[] answer = earlier.get().answer();
        if (answer == null) {
            throw Problem.conflict("The first request with this Idempotency-Key is still at work");
        }
        Kept kept = Json.read(key.open(answer), new TypeReference<Kept>() {
        });
        JsonNode body = kept.body();
        return new Response(kept.status(), body == null || body.isNull() ? null : body, kept.headers())
                .with("Idempotency-Replayed", "true");
    }

    private void keep(IdempotencyKey key, Response response) {
        if (response.body() instanceof Buffer) {
            release(key); // long raw answers are not kept; the operation says so
            return;
        }
        JsonNode body = response.body() == null ? null : Json.tree(response.body());
        byte[] sealed = key.seal(Json.text(new Kept(response.status(), response.headers(), body)));
        database.useTransaction(handle -> handle.createUpdate("""
                UPDATE fleet.idempotency SET answer = :answer WHERE sender = :sender AND key_hash = :key""")
                .bind("answer", sealed).bind("sender", key.sender()).bind("key", key.hash()).execute());
    }

    private void release(IdempotencyKey key) {
        database.useTransaction(handle -> handle.createUpdate(
                """
                        DELETE FROM fleet.idempotency WHERE sender = :sender AND key_hash = :key AND answer IS NULL""")
                .bind("sender", key.sender()).bind("key", key.hash()).execute());
    }
}
