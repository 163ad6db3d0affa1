package io.aftercare.service.runbook;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// How often runbooks mended what they were run for, counted from their runs and from nothing else.
final class Learned {
    /// A fault that comes back this soon was not mended.
    static final Duration HELD = Duration.ofDays(7);
    /// Of a two-sided 95 % interval.
    private static final double Z = 1.959964;
    private static final int RATES_MAX = 500;

    private Learned() {}

    /// Runs of one edition for one fault on one model.
    ///
    /// @param runs    that came to an end, but for those that were cancelled or said nothing of it
    /// @param fixed   whose checks said that it was mended
    /// @param held    of these, where the fault has not come back for seven days
    /// @param lost    of these, where it did
    /// @param atLeast the share of the runs that mend for good, at the least with 95 % confidence (Wilson's lower bound, over
    ///                those of which it is known)
    /// @param seconds the median of how long they took
    @JsonInclude(JsonInclude.Include.ALWAYS)
    record Rate(int edition, String code, String model, int runs, int fixed, int held, int lost,
            double atLeast, @Nullable Double seconds) {}

    /// By edition, fault and model; the newest edition first.
    static List<Rate> of(Handle handle, long runbook, Instant now) {
        return handle.createQuery(
                """
                        SELECT edition, code, model, count(*) AS runs,
                            count(*) FILTER (WHERE result = 'fixed') AS fixed,
                            count(*) FILTER (WHERE result = 'fixed' AND returned_at IS NULL AND ended_at <= :before) AS held,
                            count(*) FILTER (WHERE result = 'fixed' AND returned_at IS NOT NULL) AS lost,
                            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - started_at)) AS seconds
                        FROM service.runbook_run
                        WHERE runbook = :runbook AND (state = 'failed' OR state = 'done' AND result <> 'completed')
                        GROUP BY edition, code, model ORDER BY edition DESC, runs DESC, code, model LIMIT :limit""")
                .bind("runbook", runbook).bind("before", now.minus(HELD)).bind("limit", RATES_MAX)
                .map((row, _) -> rate(row.getInt("edition"), row.getString("code"), row.getString("model"),
                        row.getInt("runs"), row.getInt("fixed"), row.getInt("held"), row.getInt("lost"),
                        row.getDouble("seconds")))
                .list();
    }

    /// What all editions together did for a fault on a model; all zero where nothing is known.
    static Rate together(List<Rate> rates, String code, String model) {
        List<Rate> same = rates.stream()
                .filter(rate -> rate.code().equals(code) && rate.model().equals(model))
                .toList();
        return same.isEmpty()
                ? new Rate(0, code, model, 0, 0, 0, 0, 0, null)
                : rate(same.getFirst().edition(), code, model, same.stream().mapToInt(Rate::runs).sum(),
                        same.stream().mapToInt(Rate::fixed).sum(), same.stream().mapToInt(Rate::held).sum(),
                        same.stream().mapToInt(Rate::lost).sum(), same.getFirst().seconds());
    }

    private static Rate rate(int edition, String code, String model, int runs, int fixed, int held, int lost,
            @Nullable Double seconds) {
        int undecided = fixed - held - lost;
        return new Rate(edition, code, model, runs, fixed, held, lost, atLeast(held, runs - undecided),
                seconds);
    }

    /// Wilson's lower bound of a share, 0 of none: so that one lucky run is no rule.
    static double atLeast(int good, int all) {
        if (all <= 0) {
            return 0;
        }
        double share = (double) good / all;
        double squared = Z * Z;
        double middle = share + squared / (2 * all);
        double spread = Z * Math.sqrt((share * (1 - share) + squared / (4 * all)) / all);
        return Math.max(0, (middle - spread) / (1 + squared / all));
    }
}
