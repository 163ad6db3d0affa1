package io.aftercare.ota.release;

import io.aftercare.fleet.http.Problem;

/// A release, key or envelope that is not accepted, and the attack (or mistake) that it looks like. Thrown by the checks
/// that the upload and the offline tools share.
public final class Refused extends RuntimeException {
    private final Reason reason;

    /// What is wrong; the text says it to people.
    public enum Reason {
        MALFORMED(400, "Malformed"),
        WRONG_KEY(422, "Wrong key"),
        TOO_FEW(422,
                "Key compromise: too few signatures"),
        TAMPERED(422,
                "Tampered payload"),
        WRONG_TYPE(422, "Wrong payload type"),
        EXPIRED(422,
                "Freeze: expired manifest"),
        ROOT_EXPIRED(422,
                "Freeze: expired root"),
        ROLLBACK(409, "Rollback"),
        OUT_OF_ORDER(409,
                "Out of order"),
        FAST_FORWARD(422, "Fast-forward"),
        SIZE(422,
                "Wrong size"),
        ENDLESS_DATA(422,
                "Endless data"),
        HASH(422,
                "Arbitrary software: wrong sha256"),
        MIX_AND_MATCH(
                422,
                "Mix and match: the components are not those of the manifest"),
        NOT_THIS_SERVER(
                422,
                "Foreign assignment key");

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
    ///
    /// @param subject what is refused, such as `Release`
    public Problem problem(String subject) {
        return Problem.of(reason.status, subject + " refused: " + reason.title, text());
    }
}
