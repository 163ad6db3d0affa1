package io.aftercare.server.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.aftercare.diagnostics.forecast.Forecast;
import io.aftercare.diagnostics.forecast.Limit;
import io.aftercare.diagnostics.forecast.Rollups.Point;
import io.aftercare.simulator.physics.Behaviour;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.physics.Physics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Forecasts of simulated wear beside what came of it: the 90 % interval must hold the truth at least 85 times in a hundred.
class WearTest {
    private static final int LIVES = Integer.getInteger("simulation.lives", 3) * 2;
    private static final double STEP_SECONDS = 300;
    private static final long STEP_MICROS = 300_000_000;
    private static final int HOUR_STEPS = 12;
    private static final int STEPS_MAX = 60 * 24 * HOUR_STEPS;

    /// What wears, and the value that it must not reach.
    private record Wear(Kind kind, String fault, String metric, double limit) {}

    private static final List<Wear> WEARS = List.of(
            new Wear(Kind.PRINTER, "drum-wear", "drum_wear_pct", 99),
            new Wear(Kind.PRINTER, "toner-leak", "toner_pct", 5),
            new Wear(Kind.LOCK, "low-battery", "battery_pct", 15),
            new Wear(Kind.BIKE_BATTERY, "capacity-fade", "soh_pct", 70),
            new Wear(Kind.COMPUTER, "disk-fill", "disk_used_pct", 98),
            new Wear(Kind.HEAT_PUMP, "water-leak", "pressure_bar", 0.8));

    /// A life, and the moment of its end: the middle of the steps at which the sensor, which rounds, reads the limit.
    private record Life(List<Double> values, int end) {}

    private static Life life(Wear wear, long seed) {
        Physics body = wear.kind().newBody(new Random(seed), Pace.LIFE);
        List<Double> values = new ArrayList<>();
        double way = Math.signum(wear.limit() - value(body, wear));
        int reached = -1;
        while (values.size() < STEPS_MAX && (value(body, wear) - wear.limit()) * way <= 0) {
            body.advance(STEP_SECONDS, Behaviour.FACTORY, Set.of(wear.fault()));
            values.add(value(body, wear));
            if (reached < 0 && (values.getLast() - wear.limit()) * way >= 0) {
                reached = values.size();
            }
        }
        return new Life(values, (reached + values.size()) / 2);
    }

    private static double value(Physics body, Wear wear) {
        return body.readings().get(wear.metric()) instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }

    /// Hourly averages of the first part of a life.
    private static List<Point> averages(List<Double> values, int steps) {
        List<Point> points = new ArrayList<>();
        for (int hour = 0; (hour + 1) * HOUR_STEPS <= steps; hour++) {
            double mean = values.subList(hour * HOUR_STEPS, (hour + 1) * HOUR_STEPS).stream()
                    .mapToDouble(Double::doubleValue).average().orElseThrow();
            points.add(new Point((hour * HOUR_STEPS + HOUR_STEPS / 2) * STEP_MICROS, mean));
        }
        return points;
    }

    @Test
    void theIntervalHoldsTheTruth() {
        int asked = 0;
        List<String> outside = new ArrayList<>();
        List<String> silent = new ArrayList<>();
        for (Wear wear : WEARS) {
            for (long seed = 1; seed <= LIVES; seed++) {
                Life life = life(wear, seed);
                for (double share : new double[]{0.4, 0.6, 0.8}) {
                    asked++;
                    Forecast forecast = Forecast.of(
                            new Limit(wear.metric(), wear.limit(), Duration.ofDays(30), "test", true),
                            averages(life.values(), (int) (life.end() * share))).orElseThrow();
                    Instant truth = Instant.EPOCH.plusSeconds((long) (life.end() * STEP_SECONDS));
                    String said = wear.metric() + ", seed " + seed + " at " + share + ": " + truth + ", said "
                            + forecast.earliest() + " to " + forecast.latest();
                    if (forecast.estimate().isEmpty()) {
                        silent.add(said);
                    } else if (truth.isBefore(forecast.earliest().orElseThrow())
                            || truth.isAfter(forecast.latest().orElseThrow())) {
                        outside.add(said);
                    }
                }
            }
        }
        assertThat(silent).as("of %d", asked).hasSizeLessThan(asked / 10);
        assertThat(outside).as("of %d", asked - silent.size())
                .hasSizeLessThan((asked - silent.size()) * 15 / 100);
    }
}
