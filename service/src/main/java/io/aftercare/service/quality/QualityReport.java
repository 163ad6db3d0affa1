package io.aftercare.service.quality;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/// How a month, quarter or year was (R62, R63, R66): the same facts make the same report, digit by digit.
///
/// @param provisional whether the period is not over
/// @param figures     response, resolution, satisfaction and the others, of all cases
/// @param previous    those of the period before
/// @param trend       the periods before and this one, oldest first
/// @param reliability stability, failure rate and life by model, by firmware and by production batch (R89)
/// @param paretos     where faults lie, by code, model, firmware, batch and region
/// @param hotSpots    what customers complain of most
/// @param checks      what checks of samples gave (R61)
/// @param missed      targets that were missed
@JsonInclude(JsonInclude.Include.ALWAYS)
record QualityReport(String period, boolean provisional, Instant from, Instant to, Targets targets,
        Figures figures,
        Figures previous, List<Trend> trend, List<Kpis.Group> byModel, List<Kpis.Group> byRegion,
        List<Kpis.Group> byOutlet, List<Reliability> reliability, List<Pareto> paretos,
        List<Sources.HotSpot> hotSpots, CostFigures cost, CostFigures costBefore,
        List<QualityChecks.Mean> checks,
        List<String> missed) {
    /// A period of the trend.
    ///
    /// @param faults that began in it
    record Trend(String period, Figures figures, int faults) {}
}
