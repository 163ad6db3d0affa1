package io.aftercare.fleet.statistics;

/// Fisher's exact test for two proportions, one-sided: how probable it is that a group has at least so many of the affected
/// devices, if being in it made no difference (Fisher, The Design of Experiments, 1935; the hypergeometric distribution's upper
/// tail). Exact for any size of group, so that small ones raise no false alarm; conservative, because counts are whole.
public final class Fisher {
    private static final int TABLE = 256;
    private static final double[] LOG_FACTORIALS = new double[TABLE];

    static {
        for (int n = 1; n < TABLE; n++) {
            LOG_FACTORIALS[n] = LOG_FACTORIALS[n - 1] + Math.log(n);
        }
    }

    private Fisher() {}

    /// @param affected  of the group
    /// @param exposed   devices of the group
    /// @param affectedOthers of the others
    /// @param exposedOthers  the others
    public static double upperTail(int affected, int exposed, int affectedOthers, int exposedOthers) {
        int drawn = affected + affectedOthers;
        int most = Math.min(exposed, drawn);
        double all = choose(exposed + exposedOthers, drawn);
        double sum = 0;
        for (int k = most; k >= Math.max(affected, drawn - exposedOthers); k--) {
            sum += Math.exp(choose(exposed, k) + choose(exposedOthers, drawn - k) - all);
        }
        return Math.min(1, sum);
    }

    private static double choose(int n, int k) {
        return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
    }

    /// By Stirling's series beyond the table; its error there is below 1e-15 of the value.
    private static double logFactorial(int n) {
        if (n < TABLE) {
            return LOG_FACTORIALS[n];
        }
        double x = n + 1.0;
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + 1 / (12 * x)
                - 1 / (360 * x * x * x)
                + 1 / (1260 * Math.pow(x, 5));
    }
}
