package io.aftercare.diagnostics.forecast;

import io.aftercare.diagnostics.track.Trend;
import io.aftercare.diagnostics.track.TrendTrack;
import io.aftercare.fleet.device.Micros;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// When a metric will reach a limit, as its trend says. Pure.
///
/// @param current   the trend's value at the newest point
/// @param perDay    units of the metric a day; only where the trend is significant, as all below
/// @param earliest  the early end of the 90 % interval, whose ends are whole hours: sensors round, and nobody plans by the minute
/// @param points    stretches of time that the trend goes through
public record Forecast(Limit limit, double current, Optional<Double> perDay, Optional<Instant> earliest,
        Optional<Instant> estimate, Optional<Instant> latest, Instant from, Instant to, int points) {
    /// Of the stated interval.
    static final double CONFIDENCE = 0.9;
    private static final double SECONDS_PER_DAY = 86_400;

    /// Through stored averages, the oldest first; empty where there are too few to say anything. A part that was replaced
    /// begins a new history (see [TrendTrack]).
    public static Optional<Forecast> of(Limit limit, List<Rollups.Point> averages) {
        if (averages.size() < Trend.POINTS_MIN) {
            return Optional.empty();
        }
        TrendTrack track = new TrendTrack(limit.history().toNanos() / 1_000);
        averages.forEach(point -> track.add(point.value(), point.micros()));
        Optional<Trend> trend = track.trend();
        Rollups.Point newest = averages.getLast();
        Instant from = Micros.instant(averages.getFirst().micros());
        Instant to = Micros.instant(newest.micros());
        Optional<Trend.Crossing> crossing = trend.flatMap(line -> line.crossing(limit.value()))
                .filter(found -> isAhead(trend.orElseThrow(), found, newest.micros()));
        return Optional.of(new Forecast(limit,
                trend.map(line -> line.at(newest.micros())).orElse(newest.value()),
                trend.filter(Trend::isSignificant).map(line -> line.slopePerSecond() * SECONDS_PER_DAY),
                crossing.map(found -> Micros.instant(Math.max(found.earliestMicros(), newest.micros()))
                        .truncatedTo(ChronoUnit.HOURS)),
                crossing.map(found -> Micros.instant(found.estimateMicros())),
                crossing.map(found -> Micros.instant(found.latestMicros()).truncatedTo(ChronoUnit.HOURS)
                        .plus(1, ChronoUnit.HOURS)),
                from, to,
                trend.map(Trend::points).orElse(averages.size())));
    }

    /// Not behind, and not further away than the trend can be trusted.
    private static boolean isAhead(Trend trend, Trend.Crossing crossing, long now) {
        return crossing.estimateMicros() > now
                && crossing.estimateMicros() - now <= Trend.REACH * trend.spanSeconds() * 1e6;
    }
}
