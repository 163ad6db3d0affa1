package io.aftercare.service.engineer;

import io.aftercare.service.text.Cause;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Somebody's certification for a model, by one version of its standard. Immutable; what changes it is decided here, purely.
///
/// @param renews the certification that this one follows, null for the first
public record Certification(long id, int version, String engineer, String model, int standard,
        @Nullable Long renews, Instant appliedAt, @Nullable Marks marks, @Nullable Term term,
        @Nullable Revocation revocation) {
    /// What the review found.
    public record Marks(int theory, int practical, String reviewer, Instant at) {
        boolean pass(Standard standard) {
            return theory >= standard.theoryPass() && practical >= standard.practicalPass();
        }
    }

    /// From when until when a certificate is good.
    public record Term(Instant issuedAt, Instant expiresAt) {}

    public record Revocation(Instant at, String why) {}

    /// What came of a step.
    sealed interface Outcome {
        record Done(Certification certification) implements Outcome {}

        record Refused(String why) implements Outcome {}
    }

    /// The number on the certificate, such as `CE-000012`.
    public String number() {
        return String.format(Locale.ROOT, "CE-%06d", id);
    }

    /// @param expiring how long before its end it is called expiring
    public CertificationState state(Instant now, Duration expiring) {
        if (revocation != null) {
            return CertificationState.REVOKED;
        }
        if (term == null) {
            return marks == null ? CertificationState.APPLIED : CertificationState.REVIEWED;
        }
        if (!now.isBefore(term.expiresAt())) {
            return CertificationState.EXPIRED;
        }
        return now.isBefore(term.expiresAt().minus(expiring))
                ? CertificationState.VALID
                : CertificationState.EXPIRING;
    }

    Outcome reviewed(Marks seen, Instant now) {
        if (!state(now, Duration.ZERO).mayBecome(CertificationState.REVIEWED)) {
            return refused(now, "cannot be reviewed; apply for its renewal");
        }
        if (seen.reviewer().equals(engineer)) {
            return new Outcome.Refused("Nobody reviews themselves; another person must");
        }
        return new Outcome.Done(
                new Certification(id, version, engineer, model, standard, renews, appliedAt, seen,
                        null, null));
    }

    /// Issues the certificate where the marks are good enough.
    Outcome issued(Standard by, Instant now) {
        if (marks == null || term != null || revocation != null) {
            return refused(now, marks == null ? "needs a review first" : "cannot be issued again");
        }
        if (!marks.pass(by)) {
            return new Outcome.Refused(number() + " did not pass: theory " + marks.theory() + " of "
                    + by.theoryPass() + ", practical " + marks.practical() + " of " + by.practicalPass()
                    + "; review it once more");
        }
        Instant end = now.atZone(ZoneOffset.UTC).plusMonths(by.validMonths()).toInstant();
        return new Outcome.Done(
                new Certification(id, version, engineer, model, standard, renews, appliedAt, marks,
                        new Term(now, end), null));
    }

    Outcome revoked(String why, Instant now) {
        if (!state(now, Duration.ZERO).mayBecome(CertificationState.REVOKED)) {
            return refused(now, "has nothing to revoke");
        }
        return new Outcome.Done(
                new Certification(id, version, engineer, model, standard, renews, appliedAt, marks,
                        term, new Revocation(now, why)));
    }

    /// Why it does not let its engineer work on the model at that time; empty where it does.
    ///
    /// @param needed the standard in force then
    Optional<Cause> refusal(Standard needed, Instant at, Instant now) {
        String whose = engineer + "'s certification " + number() + " for " + model;
        if (revocation != null) {
            String on = day(revocation.at());
            return Optional.of(cause("certificate-revoked", whose + " was revoked on " + on + ": "
                    + revocation.why()).with("on", on).with("reason", revocation.why()));
        }
        if (term == null) {
            return Optional.of(cause("certificate-not-issued", whose + " has not been issued; it is "
                    + state(at, Duration.ZERO).text()));
        }
        if (!at.isBefore(term.expiresAt())) {
            String end = day(term.expiresAt());
            return Optional.of((now.isBefore(term.expiresAt())
                    ? cause("certificate-ends", whose + " expires on " + end + ", before the work ends")
                    : cause("certificate-expired", whose + " expired on " + end)).with("on", end));
        }
        if (standard < needed.version()) {
            String since = day(needed.inForceFrom());
            return Optional.of(cause("certificate-outdated", whose + " is for version " + standard
                    + " of the standard; version " + needed.version() + " is in force since " + since)
                    .with("version", standard).with("needed", needed.version()).with("on", since));
        }
        return Optional.empty();
    }

    private Cause cause(String code, String text) {
        return Cause.of(code, text).with("engineer", engineer).with("certificate", number()).with("model",
                model);
    }

    private Outcome refused(Instant now, String why) {
        return new Outcome.Refused(number() + " is " + state(now, Duration.ZERO).text() + " and " + why);
    }

    private static String day(Instant at) {
        return at.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
