package io.aftercare.ingest.message;

import io.aftercare.ingest.telemetry.BadPayload;

/// A message that goes to quarantine, for a reason that has a word of its own.
final class BadMessageException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String code;

    BadMessageException(String code, String reason) {
        super(reason);
        this.code = code;
    }

    BadMessageException(BadPayload reason) {
        this(reason.code(), reason.text());
    }

    BadMessageException(BadPayload reason, Throwable cause) {
        super(reason.text(), cause);
        this.code = reason.code();
    }

    /// The word for what is wrong with a message, such as `not-json`.
    static String code(IllegalArgumentException failure) {
        return failure instanceof BadMessageException bad ? bad.code : "bad-message";
    }
}
