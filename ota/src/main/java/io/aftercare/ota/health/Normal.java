package io.aftercare.ota.health;

/// The normal distribution's tail, with a relative error below 1e-9 (Abramowitz & Stegun 26.2.11 near the middle, 26.2.14
/// far out).
final class Normal {
    /// Two-sided 95 %.
    static final double Z95 = 1.959963984540054;
    private static final double FAR = 3;

    private Normal() {}

    static double upperTail(double z) {
        if (z < 0) {
            return 1 - upperTail(-z);
        }
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        return z < FAR ? 0.5 - density * series(z) : density / fraction(z);
    }

    private static double series(double z) {
        double term = z;
        double sum = z;
        for (int k = 1; k < 100; k++) {
            term *= z * z / (2 * k + 1);
            sum += term;
        }
        return sum;
    }

    private static double fraction(double z) {
        double value = z;
        for (int k = 100; k >= 1; k--) {
            value = z + k / value;
        }
        return value;
    }
}
