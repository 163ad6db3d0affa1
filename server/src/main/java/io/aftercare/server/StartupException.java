package io.aftercare.server;

/// The backend cannot start, for a reason that its operator can mend; the message is one line that names it.
public final class StartupException extends RuntimeException {
    public StartupException(String message) {
        super(message, null, false, false);
    }
}
