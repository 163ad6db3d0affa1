package io.aftercare.benchmarks.anomaly;

/// The benchmark's plainest peer: how improbable a value is under a normal distribution with the mean and deviation of the last 6,400
/// values, on a logarithmic scale from 0 to 1.
final class Gaussian {
    private static final int WINDOW = 6_400;
    private static final int SEEN_MIN = 100;
    private static final double DECADES = 10;

    private Gaussian() {}

    static double[] scores(double[] values) {
        double[] scores = new double[values.length];
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < values.length; i++) {
            int count = Math.min(i, WINDOW);
            if (count >= SEEN_MIN) {
                double mean = sum / count;
                double deviation = Math.sqrt(Math.max(1e-12, squares / count - mean * mean));
                scores[i] = Math.min(1, -logTail(Math.abs(values[i] - mean) / deviation) / DECADES);
            }
            double gone = i >= WINDOW ? values[i - WINDOW] : 0;
            sum += values[i] - gone;
            squares += values[i] * values[i] - gone * gone;
        }
        return scores;
    }

    /// Decimal logarithm of the chance of a normal value so many deviations off or more, after Karagiannidis and Lioumpas (2007).
    private static double logTail(double deviations) {
        double z = Math.max(deviations, 0.1);
        double tail = 2 * (1 - Math.exp(-1.4 * z)) / (1.135 * z * Math.sqrt(2 * Math.PI));
        return Math.min(0, Math.log10(tail) - z * z / 2 / Math.log(10));
    }
}
