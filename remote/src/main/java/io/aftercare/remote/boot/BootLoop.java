package io.aftercare.remote.boot;

import io.aftercare.fleet.device.DeviceId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A device that starts again and again.
///
/// @param boots how often, within [#WITHIN]
/// @param since the first of them
record BootLoop(int boots, Instant since) {
    static final Duration WITHIN = Duration.ofMinutes(10);
    static final int BOOTS = 5;

    /// When a start was, by the device's clock, and when the backend heard of it.
    record Start(Instant at, Instant heardAt) {}

    /// Whether these starts are a loop: heard of within ten minutes, and by the device's clock within ten minutes of each other. A device
    /// that was away and tells late how it started on other days is in none; one whose clock is wrong is wrong about all of them alike.
    ///
    /// @param starts the latest ones, in any order; older ones do no harm
    static Optional<BootLoop> of(List<Start> starts, Instant now, int bootsMax) {
        List<Start> lately = starts.stream().filter(start -> start.heardAt().isAfter(now.minus(WITHIN)))
                .sorted(Comparator.comparing(Start::at)).toList();
        List<Start> most = List.of();
        int from = 0;
        for (int to = 0; to < lately.size(); to++) {
            while (!lately.get(from).at().plus(WITHIN).isAfter(lately.get(to).at())) {
                from++;
            }
            if (to + 1 - from > most.size()) {
                most = lately.subList(from, to + 1);
            }
        }
        return most.size() < bootsMax
                ? Optional.empty()
                : Optional.of(new BootLoop(most.size(),
                        most.stream().map(Start::heardAt).min(Comparator.naturalOrder()).orElseThrow()));
    }

    /// Why it is not to be started once more.
    String refusal(DeviceId device) {
        return "Device " + device + " has started " + boots + " times since " + since
                + ": restarting it again would not help. Wait until it has run for " + WITHIN.toMinutes()
                + " minutes, or look into why (its boots, crashes and logs)";
    }
}
