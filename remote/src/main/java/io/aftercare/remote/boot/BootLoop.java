package io.aftercare.remote.boot;

import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// A device that starts again and again.
///
/// @param boots how often, within [#WITHIN]
/// @param since the first of them
record BootLoop(int boots, Instant since) {
    static final Duration WITHIN = Duration.ofMinutes(10);
    static final int BOOTS = 5;

    /// Whether these starts are a loop.
    ///
    /// @param heard when the backend heard of the latest ones, in any order; older ones do no harm
    static Optional<BootLoop> of(List<Instant> heard, Instant now, int bootsMax) {
        List<Instant> lately = heard.stream().filter(at -> at.isAfter(now.minus(WITHIN))).sorted().toList();
        return lately.size() < bootsMax
                ? Optional.empty()
                : Optional.of(new BootLoop(lately.size(), lately.getFirst()));
    }

    /// Why it is not to be started once more.
    String refusal(DeviceId device) {
        return "Device " + device + " has started " + boots + " times since " + since
                + ": restarting it again would not help. Wait until it has run for " + WITHIN.toMinutes()
                + " minutes, or look into why (its boots, crashes and logs)";
    }
}
