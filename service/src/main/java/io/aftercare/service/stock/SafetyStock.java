package io.aftercare.service.stock;

import java.time.Instant;
import java.util.List;

/// How much of a part should always be there, computed from what was sold and fitted (R44).
///
/// The safety stock is `z · √(L·σ² + d²·s²)` and the reorder point `d·L` more, for a mean weekly demand `d` with deviation
/// `σ`, a lead time of `L` weeks with deviation `s`, and the normal quantile `z` of the service level (Silver, Pyke and
/// Peterson, Inventory Management and Production Planning and Scheduling, chapter 7). Both are rounded up.
///
/// @param weeks     how many weeks of demand it rests on
/// @param mean      pieces a week
/// @param deviation pieces a week, of the sample
/// @param leadDays  from order to delivery
public record SafetyStock(int weeks, double mean, double deviation, double leadDays, double serviceLevel,
        int safetyStock, int reorderPoint, Instant computedAt) {
    /// How many weeks are looked at.
    static final int WEEKS = 26;
    /// One in twenty lead times may see the shelf empty.
    static final double SERVICE_LEVEL = 0.95;
    private static final double Z = 1.6448536269514722;
    private static final double DAYS_A_WEEK = 7;

    /// @param demand        pieces in each week, also those with none; empty for a part without history
    /// @param leadDays      mean days from order to delivery
    /// @param leadDeviation its standard deviation in days
    static SafetyStock of(List<Integer> demand, double leadDays, double leadDeviation, Instant now) {
        double mean = demand.stream().mapToInt(Integer::intValue).average().orElse(0);
        double squares = demand.stream().mapToDouble(week -> (week - mean) * (week - mean)).sum();
        double variance = demand.size() < 2 ? 0 : squares / (demand.size() - 1);
        double lead = leadDays / DAYS_A_WEEK;
        double spread = leadDeviation / DAYS_A_WEEK;
        double safety = Z * Math.sqrt(lead * variance + mean * mean * spread * spread);
        return new SafetyStock(demand.size(), round(mean), round(Math.sqrt(variance)), leadDays,
                SERVICE_LEVEL,
                up(safety), up(mean * lead + safety), now);
    }

    private static int up(double pieces) {
        return (int) Math.ceil(pieces - 1e-9);
    }

    private static double round(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
