package io.aftercare.diagnostics.track;

/// Quantiles of Student's t, by the Cornish-Fisher expansion (Abramowitz and Stegun 26.7.5): within 2 % from 4 degrees of freedom on.
final class Student {
    /// The standard normal's quantile at 0.95.
    static final double NORMAL_95 = 1.6448536269514722;
    /// The standard normal's quantile at 0.9995.
    static final double NORMAL_9995 = 3.2905267314919255;

    private Student() {}

    /// @param normal  the standard normal's quantile at the wanted probability
    /// @param degrees of freedom, 4 at least
    static double quantile(double normal, double degrees) {
        double z = normal;
        double z2 = z * z;
        double first = (z2 + 1) * z / 4;
        double second = ((5 * z2 + 16) * z2 + 3) * z / 96;
        double third = (((3 * z2 + 19) * z2 + 17) * z2 - 15) * z / 384;
        double fourth = ((((79 * z2 + 776) * z2 + 1482) * z2 - 1920) * z2 - 945) * z / 92_160;
        return z + (first + (second + (third + fourth / degrees) / degrees) / degrees) / degrees;
    }
}
