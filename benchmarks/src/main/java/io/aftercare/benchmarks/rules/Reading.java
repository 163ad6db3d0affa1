package io.aftercare.benchmarks.rules;

/// What Drools sees of a device: a fact that each sample changes. Public, with getters, because the rules that it compiles are classes
/// of another package.
public final class Reading {
    private static final double WINDOWED = 500;

    private final Metric m0 = new Metric();
    private final Metric m1 = new Metric();
    private final Metric m2 = new Metric();
    private final Metric m3 = new Metric();
    private final Metric m4 = new Metric();
    private final Metric[] all = {m0, m1, m2, m3, m4};

    /// A metric's value, and what its windows would say, which is given for nothing.
    public static final class Metric {
        private double value;

        public double getValue() {
            return value;
        }

        public double getAvg() {
            return WINDOWED;
        }

        public double getMax() {
            return WINDOWED;
        }

        public double getMin() {
            return WINDOWED;
        }

        public double getRate() {
            return WINDOWED;
        }

        public double getPrev() {
            return WINDOWED;
        }
    }

    void set(int metric, double value) {
        all[metric].value = value;
    }

    public Metric getM0() {
        return m0;
    }

    public Metric getM1() {
        return m1;
    }

    public Metric getM2() {
        return m2;
    }

    public Metric getM3() {
        return m3;
    }

    public Metric getM4() {
        return m4;
    }
}
