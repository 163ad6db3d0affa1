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
    private static final double MICROS_PER_SECOND = 1e6;

    /// When the line reaches a value: the likeliest moment, and those between which it lies with 90 % confidence (Fieller's
    /// interval of the crossing of line and limit), microseconds since 1970.
    public record Crossing(long earliestMicros, long estimateMicros, long latestMicros) {}

    /// The line through points in time order; empty with fewer than [#POINTS_MIN], or where they resemble each other so much that they
    /// count as fewer than six.
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
        if (degrees < DEGREES_MIN) {
            return Optional.empty();
        }
        double variance = squares / degrees;
        return Optional
                .of(new Trend(originMicros, count, seconds[count - 1] - seconds[0], meanX, meanY, slope,
                        Math.sqrt(variance / xx), Math.sqrt(variance / effective), degrees));
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

    /// Half the width of the 90 % confidence band of the line at a moment.
    public double marginAt(long micros) {
        double fromSlope = slopeError * ahead(micros);
        return Student.quantile(Student.NORMAL_95, degreesOfFreedom)
                * Math.sqrt(meanError * meanError + fromSlope * fromSlope);
    }

    private double ahead(long micros) {
        return (micros - originMicros) / MICROS_PER_SECOND - meanSeconds;
    }

    /// The moment of the newest point.
    public long endMicros() {
        return originMicros + (long) ((meanSeconds + spanSeconds) * MICROS_PER_SECOND);
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
