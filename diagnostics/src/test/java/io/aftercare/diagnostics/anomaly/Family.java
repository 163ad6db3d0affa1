package io.aftercare.diagnostics.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Made series of one kind with anomalies planted where a seed says; each begins with a thousand values without any.
enum Family {
    SPIKES {
        @Override
        double usual(int i, Random random) {
            return 20 + random.nextGaussian();
        }

        @Override
        double strange(double usual, int since, Random random) {
            return since < 2 ? usual + 9 : usual;
        }
    },
    STEPS {
        @Override
        double usual(int i, Random random) {
            return 20 + 5 * Math.sin(i / 40.0) + random.nextGaussian();
        }

        @Override
        double strange(double usual, int since, Random random) {
            return usual + 12;
        }
    },
    NOISE {
        @Override
        double usual(int i, Random random) {
            return 50 + 4 * Math.sin(i / 30.0) + random.nextGaussian();
        }

        @Override
        double strange(double usual, int since, Random random) {
            return usual + 6 * random.nextGaussian();
        }
    },
    STUCK {
        @Override
        double usual(int i, Random random) {
            return Math.rint(10 * (30 + 6 * Math.sin(i / 9.0) + random.nextGaussian())) / 10;
        }

        @Override
        double strange(double usual, int since, Random random) {
            return 31.4;
        }
    },
    DAYS {
        @Override
        double usual(int i, Random random) {
            return 100 + 40 * Math.sin(i * 2 * Math.PI / DAY) + 15 * Math.cos(i * 4 * Math.PI / DAY)
                    + 2 * random.nextGaussian();
        }

        @Override
        double strange(double usual, int since, Random random) {
            return 200 - usual;
        }
    },
    BEATS {
        @Override
        double usual(int i, Random random) {
            double phase = i % 50 / 50.0;
            return Math.exp(-Math.pow((phase - 0.3) / 0.04, 2))
                    + 0.3 * Math.exp(-Math.pow((phase - 0.6) / 0.1, 2))
                    + 0.02 * random.nextGaussian();
        }

        @Override
        double strange(double usual, int since, Random random) {
            return 0.3 - usual * 0.3;
        }
    },
    LATENCY {
        @Override
        double usual(int i, Random random) {
            return Math.exp(3 + 0.5 * random.nextGaussian()) + (random.nextInt(100) == 0 ? 150 : 0);
        }

        @Override
        double strange(double usual, int since, Random random) {
            return usual * 4;
        }
    };

    /// Values a day, one each five minutes.
    static final int DAY = 288;
    static final int LENGTH = 6_000;
    private static final int QUIET = 1_000;
    private static final int ANOMALIES = 4;
    private static final int LASTS = 40;

    abstract double usual(int i, Random random);

    /// What a value becomes `since` values after an anomaly began.
    abstract double strange(double usual, int since, Random random);

    /// @param starts where each anomaly begins
    record Series(double[] values, List<Integer> starts) {
        static long micros(int i) {
            return 1_767_571_200_000_000L + i * 300_000_000L;
        }
    }

    Series series(long seed) {
        Random random = new Random(seed);
        List<Integer> starts = new ArrayList<>();
        int part = (LENGTH - QUIET) / ANOMALIES;
        for (int i = 0; i < ANOMALIES; i++) {
            starts.add(QUIET + i * part + random.nextInt(part - 300));
        }
        double[] values = new double[LENGTH];
        int last = Integer.MIN_VALUE / 2;
        for (int i = 0; i < LENGTH; i++) {
            last = starts.contains(i) ? i : last;
            double usual = usual(i, random);
            values[i] = i - last < LASTS ? strange(usual, i - last, random) : usual;
        }
        return new Series(values, starts);
    }
}
