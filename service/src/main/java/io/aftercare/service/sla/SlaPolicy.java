package io.aftercare.service.sla;

import java.time.Duration;
import java.util.Map;

/// How long each clock may count. A ticket keeps the version that was in force when it was opened.
///
/// @param version name of this policy
/// @param targets the time allowed, for every type of clock
public record SlaPolicy(String version, Map<ClockType, Duration> targets) {
    public SlaPolicy {
        targets = Map.copyOf(targets);
        for (ClockType type : ClockType.values()) {
            Duration target = targets.get(type);
            if (target == null || target.isNegative() || target.isZero()) {
                throw new IllegalArgumentException(
                        "Policy " + version + " needs a positive time for the clock " + type.text());
            }
        }
    }

    /// What the after-sales handbook promises.
    public static SlaPolicy handbook() {
        return new SlaPolicy("handbook-1", Map.of(
                ClockType.FIRST_RESPONSE, Duration.ofHours(24),
                ClockType.CONTACT, Duration.ofHours(24),
                ClockType.HANDLING, Duration.ofHours(24),
                ClockType.ASSESSMENT, Duration.ofHours(48),
                ClockType.RESOLUTION, Duration.ofHours(48)));
    }

    public Duration target(ClockType type) {
        Duration target = targets.get(type);
        if (target == null) {
            throw new IllegalStateException("No target for " + type);
        }
        return target;
    }
}
