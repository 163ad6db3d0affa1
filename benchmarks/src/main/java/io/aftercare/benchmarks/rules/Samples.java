package io.aftercare.benchmarks.rules;

import io.aftercare.benchmarks.peer.BenchFleet;
import java.util.Random;

/// The samples that all contenders judge: devices in turn, each with a sample of all metrics every `stepMicros`. Values are between 100
/// and 1,000, as the load generator's are, but for one sample in [#BREACH_EVERY], which breaks the first rule. Immutable.
record Samples(int devices, long stepMicros, double[][] rows) {
    /// Prime, so that breaches go round the devices.
    static final int BREACH_EVERY = 1_009;
    /// Breaks the first rule alone, also where `prev` is 500 at all times.
    private static final double BREACH = 5_004;
    private static final int ROWS = 1_024;
    private static final long SEED = 42;
    private static final long BEGIN_MICROS = 1_700_000_000_000_000L;

    static Samples of(int devices, long stepMicros) {
        Random random = new Random(SEED);
        double[][] rows = new double[ROWS][];
        for (int i = 0; i < ROWS; i++) {
            rows[i] = random.doubles(BenchFleet.METRICS, 100, 1_000).toArray();
        }
        return new Samples(devices, stepMicros, rows);
    }

    int device(long number) {
        return (int) (number % devices);
    }

    long micros(long number) {
        return BEGIN_MICROS + number / devices * stepMicros;
    }

    double value(long number, int metric) {
        return metric == 0 && number % BREACH_EVERY == 0
                ? BREACH
                : rows[(int) (number & ROWS - 1)][metric];
    }
}
