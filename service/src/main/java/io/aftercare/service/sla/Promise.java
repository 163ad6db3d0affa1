package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How much time a clock has: `{"target": "PT24H"}` around the clock, `{"target": "PT8H", "count": "business"}` in hours of business,
/// `{"workingDays": 3}` in whole working days, `{"none": true}` where nothing is promised.
///
/// @param count    `always` or `business`
/// @param calendar another calendar than the region's
@JsonInclude(JsonInclude.Include.NON_NULL)
record Promise(@Nullable Duration target, @Nullable Integer workingDays, @Nullable String count,
        @Nullable Boolean none, @Nullable String calendar) {
    private static final Duration TARGET_MAX = Duration.ofDays(3650);

    /// What is wrong with it, empty where nothing is.
    Optional<String> fault() {
        int kinds = (target == null ? 0 : 1) + (workingDays == null ? 0 : 1) + (isNone() ? 1 : 0);
        if (kinds != 1) {
            return Optional.of("needs exactly one of target, workingDays and none");
        }
        if (isNone()) {
            return Optional.empty();
        }
        Duration time = time();
        return time.isNegative() || time.isZero() || time.compareTo(TARGET_MAX) > 0
                ? Optional.of("needs a positive time of at most ten years")
                : Optional.empty();
    }

    boolean isNone() {
        return Boolean.TRUE.equals(none);
    }

    /// Whether it counts whole working days.
    boolean inDays() {
        return workingDays != null;
    }

    /// Whether it counts around the clock.
    boolean always() {
        return target != null && calendar == null && !"business".equals(count);
    }

    /// The time that may be counted.
    Duration time() {
        if (workingDays != null) {
            return Duration.ofDays(workingDays);
        }
        return target == null ? Duration.ZERO : target;
    }
}
