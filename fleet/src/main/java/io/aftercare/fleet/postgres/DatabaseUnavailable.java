package io.aftercare.fleet.postgres;

/// PostgreSQL cannot be used; the message is one line that names the URL and the remedy.
public final class DatabaseUnavailable extends RuntimeException {
    DatabaseUnavailable(String message, Throwable cause) {
        super(message, cause);
    }
}
