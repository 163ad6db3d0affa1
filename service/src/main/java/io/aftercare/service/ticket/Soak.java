package io.aftercare.service.ticket;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// Judges, when the watch over an installed fix ends, whether the telemetry proves it. Pure; the only way by which a case
/// resolves itself.
final class Soak {
    private static final Duration EXTENSION_MIN = Duration.ofSeconds(5);
    private static final int DOUBLINGS_MAX = 6;

    private Soak() {}

    /// What becomes of the case.
    sealed interface Decision {}

    /// The watch goes on as planned.
    record Wait(Instant until) implements Decision {}

    /// The device has said nothing since the update, which proves nothing: watch longer.
    record Extend(Instant until) implements Decision {}

    record Passed(String rootCause, String evidence) implements Decision {}

    record Broken(String why) implements Decision {}

    static Decision decide(Fix fix, FaultHistory.Sighting seen, Instant now) {
        Instant installed = fix.installedAt();
        Instant until = fix.soakUntil();
        if (installed == null || until == null) {
            throw new IllegalArgumentException("Firmware " + fix.version() + " is not installed yet");
        }
        if (isAfter(seen.lastRaised(), installed)) {
            return new Broken("The fault was raised again at " + second(seen.lastRaised())
                    + ", after firmware " + fix.version() + " was installed");
        }
        if (now.isBefore(until)) {
            return new Wait(until);
        }
        if (!isAfter(seen.lastReport(), installed)) {
            return new Extend(now.plus(longer(fix)));
        }
        if (seen.firing()) {
            return new Broken("The fault still fires " + fix.soak() + " after firmware " + fix.version()
                    + " was installed");
        }
        return new Passed("Fixed by firmware " + fix.version(),
                "Telemetry shows no such fault from " + second(installed) + ", when firmware " + fix.version()
                        + " was installed, until " + second(now));
    }

    private static Duration longer(Fix fix) {
        Duration base = fix.soak().compareTo(EXTENSION_MIN) < 0 ? EXTENSION_MIN : fix.soak();
        return base.multipliedBy(1L << Math.min(fix.extensions(), DOUBLINGS_MAX));
    }

    private static boolean isAfter(@Nullable Instant moment, Instant other) {
        return moment != null && moment.isAfter(other);
    }

    private static String second(@Nullable Instant moment) {
        return moment == null ? "" : moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
