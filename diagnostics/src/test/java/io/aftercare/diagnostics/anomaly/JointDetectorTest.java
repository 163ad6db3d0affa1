package io.aftercare.diagnostics.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class JointDetectorTest {
    /// A pressure that follows the current, until from the 1500th sample on it does the opposite, within its usual range.
    private static double[] sample(int i, Random random) {
        double current = 10 + 3 * Math.sin(i / 17.0) + random.nextGaussian();
        double pressure = i < 1_500 ? 2 * current : 40 - 2 * current;
        return new double[]{current, pressure + 0.2 * random.nextGaussian(), 7};
    }

    @Test
    void metricsThatPartCompanyRaiseAnAlarmThoughEachIsAsUsual() {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            JointDetector joint = new JointDetector(3);
            List<Integer> alarms = new ArrayList<>();
            for (int i = 0; i < 1_510; i++) {
                joint.add(sample(i, random), Family.Series.micros(i));
                if (joint.score() >= Alarm.ALARM) {
                    alarms.add(i);
                }
            }
            assertThat(alarms).as("seed %d", seed).hasSizeBetween(1, 6);
            assertThat(alarms.getLast()).as("seed %d", seed).isBetween(1_500, 1_510);
        }
    }

    @Test
    void itWaitsUntilEveryMetricIsKnown() {
        JointDetector joint = new JointDetector(2);
        joint.add(new double[]{1, Double.NaN}, 0);
        assertThat(joint.score()).isNaN();
        joint.add(new double[]{1, 2}, 1);
        assertThat(joint.score()).isBetween(0.0, 0.5);
    }

    @Test
    void whatWasSavedGoesOnExactly() throws IOException {
        Random random = new Random(5);
        JointDetector whole = new JointDetector(3);
        JointDetector broken = new JointDetector(3);
        for (int i = 0; i < 1_800; i++) {
            double[] sample = sample(i, random);
            whole.add(sample, i);
            broken.add(sample, i);
            if (i % 199 == 0) {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                broken.save(new DataOutputStream(bytes));
                broken = new JointDetector(3);
                broken.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
            }
            assertThat(broken.score()).isEqualTo(whole.score());
        }
    }
}
