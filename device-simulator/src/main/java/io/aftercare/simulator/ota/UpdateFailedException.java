package io.aftercare.simulator.ota;

/// An update that did not come about, and might another time. The message begins with a code that machines read, such as
/// `flash`, and a colon.
public final class UpdateFailedException extends Exception {
    private static final long serialVersionUID = 1;

    UpdateFailedException(String code, String detail) {
        super(code + ": " + detail);
    }

    UpdateFailedException(String code, String detail, Throwable cause) {
        super(code + ": " + detail, cause);
    }
}
