package io.aftercare.benchmarks.rules;

import java.util.Arrays;

/// What Drools sees of a sample where it keeps windows itself: an event. Public, because the rules that it compiles are classes of
/// another package.
public final class Tick {
    private final long millis;
    private final double[] values;

    Tick(long micros, double... values) {
        this.millis = micros / 1_000;
        this.values = Arrays.copyOf(values, values.length);
    }

    public long getMillis() {
        return millis;
    }

    public double getM0() {
        return values[0];
    }

    public double getM1() {
        return values[1];
    }

    public double getM2() {
        return values[2];
    }

    public double getM3() {
        return values[3];
    }

    public double getM4() {
        return values[4];
    }
}
