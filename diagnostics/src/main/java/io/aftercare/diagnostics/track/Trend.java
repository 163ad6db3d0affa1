package io.aftercare.diagnostics.track;

import java.util.Optional;

/// A straight line through a metric's history by least squares, and how far it can be trusted. Immutable.
///
/// Neighbouring values of a machine resemble each other, which makes a line look surer than it is. The points are
/// therefore counted as fewer: n(1 - r)/(1 + r) of them, r being the correlation of each residual with the one before where that is positive (the
/// effective sample size of Santer et al. 2000, "Statistical significance of trends and trend differences in layer-average
/// atmospheric temperature time series", which holds up where values are autocorrelated). Standard errors and degrees of freedom are of that many.
///
/// @param originMicros     what the seconds are counted from, microseconds since 1970
/// @param points           how many points it goes through
/// @param spanSeconds      from the first point to the last
/// @param meanSeconds      the points' mean time
/// @param meanValue        the points' mean value
/// @param slopePerSecond   units of the metric a second
/// @param slopeError       standard error of the slope
/// @param meanError        standard error of the line at the mean time
/// @param degreesOfFreedom effective, from 4 on
public record Trend(long originMicros, int points, double spanSeconds, double meanSeconds, double meanValue,
        double slopePerSecond, double slopeError, double meanError, double degreesOfFreedom) {
    /// Points that a line needs to be one.
    public static final int POINTS_MIN = 8;
    /// A trend says nothing of what lies further ahead than this many times as long as it has been seen.
    public static final double REACH = 10;
    private static final double DEGREES_MIN = 4;
    /// Squared relative distance from a line that arithmetic alone explains.
    private static final double STRAIGHT = 1e-24;
    /// Points that count as less than this share of their number (residuals correlated by over 0.6) are a walk rather than a line.
    private static final double WALK_SHARE = 0.25;
    private static final double MICROS_PER_SECOND = 1e6;

    /// When the line reaches a value: the likeliest moment, and those between which it lies with 90 % confidence (Fieller's
    /// interval of the crossing of line and limit), microseconds since 1970.
    public record Crossing(long earliestMicros, long estimateMicros, long latestMicros) {}

    /// The line through points in time order; empty with fewer than [#POINTS_MIN]. Where they resemble each other so much that they
    /// count as less than a quarter of their number, it is the drift of a random walk.
    public static Optional<Trend> of(long[] micros, double[] values) {
        if (micros.length == 0) {
            return Optional.empty();
        }
        double[] seconds = new double[micros.length];
        for (int i = 0; i < seconds.length; i++) {
            seconds[i] = (micros[i] - micros[0]) / MICROS_PER_SECOND;
        }
        return of(micros[0], seconds, values, seconds.length);
    }

    static Optional<Trend> of(long originMicros, double[] seconds, double[] values, int count) {
        if (count < POINTS_MIN) {
            return Optional.empty();
        }
        double meanX = 0;
        double meanY = 0;
        for (int i = 0; i < count; i++) {
            meanX += seconds[i];
            meanY += values[i];
        }
        meanX /= count;
        meanY /= count;
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < count; i++) {
            xx += (seconds[i] - meanX) * (seconds[i] - meanX);
            xy += (seconds[i] - meanX) * (values[i] - meanY);
        }
        if (xx == 0) {
            return Optional.empty();
        }
        double slope = xy / xx;
        double squares = 0;
        double neighbours = 0;
        double before = 0;
        for (int i = 0; i < count; i++) {
            double residual = values[i] - meanY - slope * (seconds[i] - meanX);
            squares += residual * residual;
            neighbours += residual * before;
            before = residual;
        }
        // What is left of a straight line is rounding, which says nothing of how alike its points are.
        boolean straight = squares <= STRAIGHT * count * meanY * meanY;
        double likeness = straight ? 0 : Math.max(0, neighbours / squares);
        double effective = count * (1 - likeness) / (1 + likeness);
        double degrees = effective - 2;
        if (degrees < Math.max(DEGREES_MIN, count * WALK_SHARE)) {
            return walk(originMicros, seconds, values, count);
        }
        double variance = squares / degrees;
        return Optional
                .of(new Trend(originMicros, count, seconds[count - 1] - seconds[0], meanX, meanY, slope,
                        Math.sqrt(variance / xx), Math.sqrt(variance / effective), degrees));
    }

    /// What wears has no line that it returns to: each step begins where the last one ended. Where points resemble each other too much to be a
    /// line with noise, they are taken as a random walk with drift (Brownian motion; the drift's maximum likelihood estimate is the
    /// way from the first point to the last). Its error a time h after the last point is sigma^2 (h + h^2/T), T being the time seen; with h ≤ T/4 + h^2/T
    /// that is at most sigma^2 (T/4 + 2h^2/T), which has the form of a line through the last point.
    private static Optional<Trend> walk(long originMicros, double[] seconds, double[] values, int count) {
        double span = seconds[count - 1] - seconds[0];
        double drift = (values[count - 1] - values[0]) / span;
        double squares = 0;
        for (int i = 1; i < count; i++) {
            double time = seconds[i] - seconds[i - 1];
            double step = values[i] - values[i - 1] - drift * time;
            squares += time > 0 ? step * step / time : 0;
        }
        double degrees = count - 2;
        double variance = squares / degrees;
        return Optional.of(new Trend(originMicros, count, span, seconds[count - 1], values[count - 1], drift,
                Math.sqrt(2 * variance / span), Math.sqrt(variance * span / 4), degrees));
    }

    /// Whether the slope is anything but chance: two-sided t-test at 0.1 %. Stricter than usual, because it is asked again and again while values
    /// come.
    public boolean isSignificant() {
        return Math.abs(slopePerSecond) > Student.quantile(Student.NORMAL_9995, degreesOfFreedom)
                * slopeError;
    }

    /// The line's value at a moment.
    public double at(long micros) {
        return meanValue + slopePerSecond * ahead(micros);
    }

    private double ahead(long micros) {
        return (micros - originMicros) / MICROS_PER_SECOND - meanSeconds;
    }

    /// When the line reaches `limit`, in the past or the future; empty where the slope is not significant.
    public Optional<Crossing> crossing(double limit) {
        if (!isSignificant()) {
            return Optional.empty();
        }
        double t = Student.quantile(Student.NORMAL_95, degreesOfFreedom);
        double off = limit - meanValue;
        double squareTerm = slopePerSecond * slopePerSecond - t * t * slopeError * slopeError;
        double constant = off * off - t * t * meanError * meanError;
        double root = Math.sqrt(
                Math.max(0, slopePerSecond * slopePerSecond * off * off - squareTerm * constant));
        double one = (slopePerSecond * off - root) / squareTerm;
        double other = (slopePerSecond * off + root) / squareTerm;
        return Optional.of(new Crossing(moment(Math.min(one, other)), moment(off / slopePerSecond),
                moment(Math.max(one, other))));
    }

    private long moment(double secondsAhead) {
        return originMicros + (long) ((meanSeconds + secondsAhead) * MICROS_PER_SECOND);
    }
}
