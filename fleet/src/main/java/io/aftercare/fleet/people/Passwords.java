package io.aftercare.fleet.people;

import com.password4j.Argon2Function;
import com.password4j.Hash;
import com.password4j.types.Argon2;
import io.aftercare.fleet.http.Problem;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Hashes passwords with Argon2id, 19 MiB and two passes (OWASP's password storage cheat sheet). At most
/// [#CONCURRENT_MAX] are computed at once, so that a flood of logins takes no more than 80 MiB. Thread-safe; blocks.
final class Passwords {
    static final int LENGTH_MIN = 10;
    /// Bound on the bytes that a stranger can have hashed.
    static final int LENGTH_MAX = 200;
    private static final int CONCURRENT_MAX = 4;
    private static final Duration WAIT_MAX = Duration.ofSeconds(5);
    private static final int SALT_BYTES = 16;
    private static final Argon2Function ARGON2 = Argon2Function.getInstance(19_456, 2, 1, 32, Argon2.ID);

    private final Semaphore permits = new Semaphore(CONCURRENT_MAX, true);
    private final SecureRandom random = new SecureRandom();
    /// What an unknown user's password is compared with, so that it takes as long as a known one's.
    private final FutureTask<String> nobody = new FutureTask<>(this::unguessable);

    /// The hash for nobody is worked out aside: at the start there is enough to do.
    Passwords() {
        var _ = Thread.ofVirtual().name("password-of-nobody").start(nobody);
    }

    private String unguessable() {
        byte[] unguessable = new byte[32];
        random.nextBytes(unguessable);
        return encode(unguessable);
    }

    /// The hash with its salt and parameters; a [Problem] where the password is too short or too long.
    String hash(String password) {
        if (password.length() < LENGTH_MIN || password.length() > LENGTH_MAX) {
            throw Problem.invalid("password", LENGTH_MIN + " to " + LENGTH_MAX + " characters are needed");
        }
        return inTurn(() -> encode(password.getBytes(StandardCharsets.UTF_8)));
    }

    /// Whether this is the password of that hash; null stands for somebody unknown and costs the same time.
    boolean matches(String password, @Nullable String hash) {
        if (password.length() > LENGTH_MAX) {
            return false;
        }
        String expected = hash == null ? hashOfNobody() : hash;
        boolean right = inTurn(
                () -> Argon2Function.getInstanceFromHash(expected).check(password, expected));
        return right && hash != null;
    }

    private String hashOfNobody() {
        try {
            return nobody.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "Busy", "This backend is stopping");
        } catch (ExecutionException e) {
            throw new IllegalStateException("Argon2 does not work here", e);
        }
    }

    private String encode(byte[] password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        Hash hash = ARGON2.hash(password, salt);
        return hash.getResult();
    }

    private <T> T inTurn(Supplier<T> work) {
        try {
            if (!permits.tryAcquire(WAIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw Problem.of(503, "Busy", "Too many logins at once; try again in a moment");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.of(503, "Busy", "This backend is stopping");
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }
}
