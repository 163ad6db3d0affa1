package io.aftercare.service.engineer;

import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/// What engineers have to do, as work orders tell it. Works in the caller's transaction.
public interface Jobs {
    /// How many open orders each engineer has; who has none is missing.
    Map<String, Integer> load(Handle handle);

    /// Who is on their way to a device, or works on one, now.
    Set<String> busy(Handle handle);

    /// What each engineer finished in that time.
    Map<String, Figures> figures(Handle handle, Instant from, Instant to);

    /// One engineer's work of some time.
    ///
    /// @param done         orders that passed their test
    /// @param failed       orders that failed after arrival
    /// @param firstTimeFix of those done, the ones that were the first visit of a case that was not reopened within 30 days
    /// @param minutes      of work
    record Figures(int done, int failed, int firstTimeFix, int minutes) {}
}
