package io.aftercare.simulator.physics;

import java.util.random.RandomGenerator;

/// A value that wanders around its mean and always returns (an Ornstein-Uhlenbeck walk), such as a radio's strength.
final class Signal {
    private final RandomGenerator random;
    private final double mean;
    private final double spread;
    private final double memorySeconds;
    private double value;

    Signal(RandomGenerator random, double mean, double spread, double memorySeconds) {
        this.random = random;
        this.mean = mean;
        this.spread = spread;
        this.memorySeconds = memorySeconds;
        this.value = mean + spread * random.nextGaussian();
    }

    double advance(double seconds) {
        double kept = Math.exp(-seconds / memorySeconds);
        value = mean + (value - mean) * kept
                + spread * Math.sqrt(1 - kept * kept) * random.nextGaussian();
        return value;
    }

    double value() {
        return value;
    }
}
