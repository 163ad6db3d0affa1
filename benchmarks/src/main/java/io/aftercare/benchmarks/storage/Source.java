package io.aftercare.benchmarks.storage;

import io.aftercare.simulator.physics.Behaviour;
import io.aftercare.simulator.physics.Kind;
import io.aftercare.simulator.physics.Physics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;

/// Where a device's values come from.
enum Source {
    PRINTER, ROUTER, LOCK, AIR_PURIFIER, TWO_DECIMALS, ANY_DOUBLE;

    private static final int RANDOM_METRICS = 5;

    /// One device's numbers, sample by sample.
    @FunctionalInterface
    interface Values {
        double[] next(double seconds);
    }

    String title() {
        return switch (this) {
            case PRINTER, ROUTER, LOCK, AIR_PURIFIER ->
                name().toLowerCase(Locale.ROOT).replace('_', ' ');
            case TWO_DECIMALS -> "random, 0 to 1,000 with two decimals";
            case ANY_DOUBLE -> "random, 0 to 1,000 with all their digits";
        };
    }

    Values device(long seed) {
        Random random = new Random(seed);
        return switch (this) {
            case PRINTER -> simulated(Kind.PRINTER, random);
            case ROUTER -> simulated(Kind.ROUTER, random);
            case LOCK -> simulated(Kind.LOCK, random);
            case AIR_PURIFIER -> simulated(Kind.AIR_PURIFIER, random);
            case TWO_DECIMALS -> _ -> random.doubles(RANDOM_METRICS)
                    .map(value -> Math.round(value * 100_000) / 100.0).toArray();
            case ANY_DOUBLE -> _ -> random.doubles(RANDOM_METRICS).map(value -> value * 1000).toArray();
        };
    }

    private static Values simulated(Kind kind, Random random) {
        Physics body = kind.newBody(random);
        return seconds -> {
            body.advance(seconds, Behaviour.FACTORY, Set.of());
            List<Double> numbers = new ArrayList<>();
            body.readings().values().forEach(value -> {
                switch (value) {
                    case Number number -> numbers.add(number.doubleValue());
                    case Boolean flag -> numbers.add(flag ? 1.0 : 0.0);
                    default -> {
                        // Text is an attribute, not a point.
                    }
                }
            });
            return numbers.stream().mapToDouble(Double::doubleValue).toArray();
        };
    }
}
