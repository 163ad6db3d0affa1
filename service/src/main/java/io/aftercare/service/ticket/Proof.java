package io.aftercare.service.ticket;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What telemetry shows of a fix that held.
///
/// @param quietSince   since when there was no such fault
/// @param raisedBefore how often the fault was raised before
/// @param raisedSince  and since; a proof has none
/// @param metrics      of the fault, while it fired and since it is quiet
public record Proof(Instant quietSince, Instant until, int raisedBefore, int raisedSince,
        List<Measured> metrics) {
    public Proof {
        metrics = List.copyOf(metrics);
    }

    /// A metric before and after.
    ///
    /// @param before while the fault fired, null where nothing was stored
    /// @param after  since it is quiet, null where nothing was stored
    public record Measured(String metric, @Nullable Numbers before, @Nullable Numbers after) {
        private String text() {
            return metric + " " + text(before) + " before, " + text(after) + " after";
        }

        private static String text(@Nullable Numbers numbers) {
            return numbers == null
                    ? "not measured"
                    : String.format(Locale.ROOT, "%.4g (%.4g to %.4g)", numbers.mean(), numbers.min(),
                            numbers.max());
        }
    }

    public Duration length() {
        return Duration.between(quietSince, until);
    }

    /// For the case's verification, such as `fuser_temp 214.5 (190.2 to 231.0) before, …`.
    String text() {
        StringBuilder text = new StringBuilder("The fault was raised ").append(raisedBefore)
                .append(raisedBefore == 1 ? " time" : " times").append(" before and ")
                .append(raisedSince).append(" times since, over ").append(Duration
                        .ofSeconds(length().toSeconds()));
        metrics.forEach(metric -> text.append("; ").append(metric.text()));
        return text.toString();
    }
}
