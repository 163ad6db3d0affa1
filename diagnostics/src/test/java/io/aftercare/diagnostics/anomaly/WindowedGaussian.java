package io.aftercare.diagnostics.anomaly;

import java.util.ArrayList;
import java.util.List;

/// The usual yardstick: an alarm where a value is further from the mean of the last thousand than `limit` deviations, then a hundred
/// values of silence as ours has.
final class WindowedGaussian {
    private static final int WINDOW = 1_000;

    private WindowedGaussian() {}

    static List<Integer> alarms(double[] values, double limit) {
        List<Integer> alarms = new ArrayList<>();
        double sum = 0;
        double squares = 0;
        int last = -Alarm.SILENCE;
        for (int i = 0; i < values.length; i++) {
            int count = Math.min(i, WINDOW);
            double mean = sum / Math.max(1, count);
            double deviation = Math.sqrt(Math.max(0, squares / Math.max(1, count) - mean * mean));
            if (i > AnomalyDetector.LEARNING && Math.abs(values[i] - mean) > limit * deviation
                    && i - last >= Alarm.SILENCE) {
                alarms.add(i);
                last = i;
            }
            double gone = i >= WINDOW ? values[i - WINDOW] : 0;
            sum += values[i] - gone;
            squares += values[i] * values[i] - gone * gone;
        }
        return alarms;
    }
}
