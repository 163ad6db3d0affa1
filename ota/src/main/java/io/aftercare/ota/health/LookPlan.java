package io.aftercare.ota.health;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// When the gate looks: after each tenth of the soak, though not more often than every ten seconds, and when it is over.
///
/// @param number   of the look within its soak, from 1; a look that was missed is not made up for
/// @param fraction of the soak that has passed
record LookPlan(int number, double fraction, boolean last) {
    private static final int LOOKS = 10;
    private static final Duration APART_MIN = Duration.ofSeconds(10);

    /// The look that is due now, if any.
    ///
    /// @param taken number of the last one, 0 for none
    static Optional<LookPlan> due(Instant reachedAt, Duration soak, int taken, Instant now) {
        long passed = Duration.between(reachedAt, now).toMillis();
        long whole = Math.max(1, soak.toMillis());
        long apart = Math.max(APART_MIN.toMillis(), Math.ceilDiv(whole, LOOKS));
        int numberOfLast = (int) Math.ceilDiv(whole, apart);
        if (passed >= whole) {
            return taken >= numberOfLast
                    ? Optional.empty()
                    : Optional.of(new LookPlan(numberOfLast, 1, true));
        }
        int number = (int) (passed / apart);
        return number <= taken || number >= numberOfLast
                ? Optional.empty()
                : Optional.of(new LookPlan(number, (double) passed / whole, false));
    }
}
