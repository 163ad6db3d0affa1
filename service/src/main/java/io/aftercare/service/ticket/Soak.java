package io.aftercare.service.ticket;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Judges, when the watch over an installed fix ends, whether the telemetry proves it. Pure; the only way by which a case
/// resolves itself.
final class Soak {
    private static final Duration EXTENSION_MIN = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 6;
    /// A hot part cools and a queue drains after the fix is in: a fault gets the soak's length to end, or this if it is more.
    private static final Duration SETTLING_MIN = Duration.ofMinutes(5);
    private static final Duration LOOK_AGAIN_MIN = Duration.ofSeconds(1);
    private static final Duration LOOK_AGAIN_MAX = Duration.ofMinutes(1);

    private Soak() {}

    /// What becomes of the case.
    sealed interface Decision {}

    /// The watch goes on as planned.
    record Wait(Instant until) implements Decision {}

    /// The device has said nothing since the update, which proves nothing: watch longer.
    record Extend(Instant until) implements Decision {}

    /// The fault outlived the installation: the quiet that proves the fix begins when it clears.
    record Settle(Instant until) implements Decision {}

    /// @param proof the numbers, null where they were not asked for
    record Passed(String rootCause, String evidence, Instant quietSince, @Nullable Proof proof)
            implements
                Decision {
        Passed with(Proof numbers) {
            return new Passed(rootCause, evidence + ". " + numbers.text(), quietSince, numbers);
        }
    }

    record Broken(String why) implements Decision {}

    static Decision decide(Fix fix, FaultHistory.Sighting seen, Instant now) {
        Instant installed = fix.installedAt();
        Instant until = fix.soakUntil();
        if (installed == null || until == null) {
            throw new IllegalArgumentException(fix.what() + " is not installed yet");
        }
        if (isAfter(seen.lastRaised(), installed)) {
            return new Broken("The fault was raised again at " + second(seen.lastRaised())
                    + ", after " + fix.deed());
        }
        if (now.isBefore(until)) {
            return new Wait(until);
        }
        if (!isAfter(seen.lastReport(), installed)) {
            return new Extend(now.plus(longer(fix)));
        }
        if (seen.firing()) {
            return stillFiring(fix, installed, now);
        }
        Instant quiet = isAfter(seen.cleared(), installed)
                ? Objects.requireNonNull(seen.cleared())
                : installed;
        if (quiet.isAfter(installed) && now.isBefore(quiet.plus(fix.soak()))) {
            return new Settle(quiet.plus(fix.soak()));
        }
        return new Passed(fix.cause(),
                "Telemetry shows no such fault from " + second(quiet) + " until " + second(now)
                        + "; " + fix.deed() + " at " + second(installed),
                quiet, null);
    }

    private static Decision stillFiring(Fix fix, Instant installed, Instant now) {
        Duration settling = fix.soak().compareTo(SETTLING_MIN) > 0 ? fix.soak() : SETTLING_MIN;
        if (now.isBefore(installed.plus(settling))) {
            Duration tenth = fix.soak().dividedBy(10);
            Duration pause = tenth.compareTo(LOOK_AGAIN_MIN) < 0
                    ? LOOK_AGAIN_MIN
                    : tenth.compareTo(LOOK_AGAIN_MAX) > 0 ? LOOK_AGAIN_MAX : tenth;
            return new Settle(now.plus(pause));
        }
        return new Broken(
                "The fault still fires " + Duration.between(installed, now).truncatedTo(ChronoUnit.SECONDS)
                        + " after " + fix.deed());
    }

    private static Duration longer(Fix fix) {
        Duration base = fix.soak().compareTo(EXTENSION_MIN) < 0 ? EXTENSION_MIN : fix.soak();
        return base.multipliedBy(1L << Math.min(fix.extensions(), DOUBLINGS_MAX));
    }

    private static boolean isAfter(@Nullable Instant moment, Instant other) {
        return moment != null && moment.isAfter(other);
    }

    static String second(@Nullable Instant moment) {
        return moment == null ? "" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
