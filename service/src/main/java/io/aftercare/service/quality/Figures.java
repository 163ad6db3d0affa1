package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/// The figures of a group of cases. Durations in minutes; shares from 0 to 1; null where there was nothing to measure.
///
/// @param cases             opened in the period, without cancelled ones and those of drills
/// @param meanResponse      first response: first human or meaningful automated contact less opened (R25)
/// @param meanResolution    from opened to solved, paused time included
/// @param meanResolutionNet the same with paused time left out
/// @param firstTimeFix      of the solved: solved at the first action or visit, and not reopened within 30 days (R60)
/// @param attainment        of the clocks that ended: met / (met + breached)
/// @param fixRate           solved / closed: of the closings, those that held for 30 days (R25)
/// @param satisfaction      mean score from 1 to 5
@JsonInclude(JsonInclude.Include.ALWAYS)
record Figures(int cases, int responded, int solved, int closings, int clocks, int answers,
        @Nullable Double meanResponse, @Nullable Double meanResolution, @Nullable Double meanResolutionNet,
        @Nullable Double firstTimeFix, @Nullable Double attainment, @Nullable Double fixRate,
        @Nullable Double satisfaction) {}
