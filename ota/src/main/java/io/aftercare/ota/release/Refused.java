package io.aftercare.ota.release;

import io.aftercare.fleet.http.Problem;

/// A release, key or envelope that is not accepted, and the attack (or mistake) that it looks like. Thrown by the checks
/// that the upload and the offline tools share.
public final class Refused extends RuntimeException {
    private final Reason reason;

    /// What is wrong; the text says it to people.
    public enum Reason {
        MALFORMED(400, "Malformed"), WRONG_KEY(422, "Wrong key"), TAMPERED(422,
                "Tampered payload"), WRONG_TYPE(422, "Wrong payload type"), EXPIRED(422,
                        "Freeze: expired manifest"), ROLLBACK(409, "Rollback"), SIZE(422,
                                "Wrong size"), ENDLESS_DATA(422, "Endless data"), HASH(422,
                                        "Arbitrary software: wrong sha256"), MIX_AND_MATCH(422,
                                                "Mix and match: the components are not those of the manifest");

        private final int status;
        private final String title;

        Reason(int status, String title) {
            this.status = status;
            this.title = title;
        }

        public String title() {
            return title;
        }
    }

    public Refused(Reason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    public static Refused malformed(String detail) {
        return new Refused(Reason.MALFORMED, detail);
    }

    public Reason reason() {
        return reason;
    }

    /// One line for people: the attack, and what was found.
    public String text() {
        return reason.title + ": " + getMessage();
    }

    /// As the staff's API answers it.
    public Problem problem() {
        return Problem.of(reason.status, "Release refused: " + reason.title, text());
    }
}
