package io.aftercare.service.sla;

import io.aftercare.service.calendar.Calendar;
import java.time.Duration;
import java.util.List;

/// What was promised when a clock started. Later versions of policy and calendar do not touch it.
///
/// @param policy version of the policy, such as `handbook-1`
/// @param target how much may be counted before the clock is breached
/// @param steps  who hears of it when, the earliest first
/// @param office name of the calendar by whose hours people are told
public record Terms(String policy, Calendar calendar, Duration target, List<EscalationStep> steps,
        String office) {
    public Terms {
        steps = List.copyOf(steps);
    }
}
