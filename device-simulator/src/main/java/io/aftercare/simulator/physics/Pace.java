package io.aftercare.simulator.physics;

/// How quickly a simulated life goes by. Sensors and heat always obey the clock; what differs is how often a device is used and
/// how long it takes to wear.
public enum Pace {
    /// To be watched: a job every few seconds, a leak that ends in a crash within minutes.
    SHOW(1, 1, 1),
    /// As in a customer's home or office: a job every hour or so, leaks over hours, wear over days and weeks.
    LIFE(200, 100, 10_000);

    private final double pause;
    private final double leak;
    private final double wear;

    Pace(double pause, double leak, double wear) {
        this.pause = pause;
        this.leak = leak;
        this.wear = wear;
    }

    /// How many times longer than in the show the pauses between two uses are.
    double pause() {
        return pause;
    }

    /// How many times slower than in the show memory leaks, clocks drift and things fail again.
    double leak() {
        return leak;
    }

    /// How many times slower than in the show parts wear out, and stocks run out.
    double wear() {
        return wear;
    }
}
