package io.aftercare.ota.health;

/// How much of the campaign's false alarm rate may be spent until when: every look and every comparison takes its part of
/// one sum, so that all of them together raise a false alarm no more often than that.
///
/// Each stage has a share of it, the canary nine tenths, because there the groups are smallest and a bad release does least
/// harm; the rest is 0.1 / (s (s + 1)) for stage s after it, which sums up to 0.1 however many stages there are. Within a stage
/// the share grows with the square of the time (an alpha spending function: Lan & DeMets, Biometrika 1983; the power family of
/// Kim & DeMets, Biometrika 1987): early looks stop only what is plain. What a stage leaves is there for the next ones.
///
/// Faults have six tenths of it where metrics are compared too; what they leave at the end of a soak is for the metrics.
///
/// @param alpha  of the whole campaign
/// @param faults spent so far on comparing faults
/// @param metrics spent so far on comparing metrics
record Budget(double alpha, double faults, double metrics) {
    private static final double CANARY = 0.9;
    private static final double FAULTS = 0.6;

    /// What all looks together may have spent by then.
    ///
    /// @param stage    from 0
    /// @param fraction of the soak that has passed, 0 to 1
    double until(int stage, double fraction) {
        double before = stage == 0 ? 0 : CANARY + (1 - CANARY) * (1 - 1.0 / stage);
        double own = stage == 0 ? CANARY : (1 - CANARY) / ((double) stage * (stage + 1));
        return alpha * (before + own * fraction * fraction);
    }

    /// What this look may spend on faults.
    double forFaults(int stage, double fraction, boolean alone) {
        double all = until(stage, fraction);
        return Math.max(0, Math.min((alone ? 1 : FAULTS) * all - faults, all - faults - metrics));
    }

    /// What this look may spend on metrics, after the faults.
    ///
    /// @param last whether the soak is over: then what faults have left is for them
    double forMetrics(int stage, double fraction, boolean last) {
        double all = until(stage, fraction);
        double left = all - faults - metrics;
        return Math.max(0, last ? left : Math.min((1 - FAULTS) * all - metrics, left));
    }

    Budget spent(double onFaults, double onMetrics) {
        return new Budget(alpha, faults + onFaults, metrics + onMetrics);
    }

    /// The level of each comparison, so that all that can be decided at it together keep to `sum`: Tarone's correction (Biometrics
    /// 1990) leaves out of the count what could not reach the level even at its extreme.
    ///
    /// @param least the smallest p that each comparison can come to
    static double level(double[] least, double sum) {
        for (int k = 1;; k++) {
            double level = sum / k;
            int able = 0;
            for (double p : least) {
                able += p <= level ? 1 : 0;
            }
            if (able <= k) {
                return level;
            }
        }
    }
}
