package io.aftercare.simulator.physics;

import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// An e-bike's battery: ten lithium cells in a row, 14 Ah. It is ridden, charged and left alone in turns. Every cell loses some
/// of its voltage under current; a weak one ([#WEAK_CELL]) loses five times as much. [#CAPACITY_FADE] eats the state of health; a failing cell heats
/// itself without any current ([#SELF_HEATING]).
final class BikeBattery implements Physics {
    static final String WEAK_CELL = "weak-cell";
    static final String CAPACITY_FADE = "capacity-fade";
    static final String SELF_HEATING = "self-heating";
    private static final double AMPERE_HOURS = 14;
    private static final double OHMS = 0.004;
    private static final double HEAT_SECONDS = 900;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal outside;
    private final Signal rssi;
    private double charge;
    private double health;
    private double pack = 18;
    private double amperes;
    private double turnSeconds;
    private double cycles;
    private boolean weak;

    BikeBattery(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        outside = new Signal(random, 15, 4, 10_000);
        rssi = new Signal(random, -72, 4, 120);
        charge = random.nextDouble(0.4, 0.9);
        health = random.nextDouble(90, 99);
        cycles = random.nextInt(10, 300);
        turnSeconds = random.nextDouble(10, 60);
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        outside.advance(seconds);
        rssi.advance(seconds);
        weak = broken.contains(WEAK_CELL);
        turnSeconds -= seconds;
        if (turnSeconds <= 0 || amperes < 0 && charge < 0.15 || amperes > 0 && charge > 0.99) {
            next();
        }
        charge = Math.clamp(charge + amperes * seconds / 3_600 / AMPERE_HOURS / (health / 100), 0.02, 1);
        cycles += Math.abs(amperes) * seconds / 3_600 / AMPERE_HOURS / 2;
        double fade = broken.contains(CAPACITY_FADE) ? 0.2 / pace.wear() : 1e-7;
        health = Math.max(40, health - seconds * fade);
        double own = amperes * amperes * 0.08 + (broken.contains(SELF_HEATING) ? 55 : 0);
        pack += (outside.value() + own - pack) * (1 - Math.exp(-seconds / HEAT_SECONDS));
        return List.of();
    }

    /// Charges when it is low, else rides or rests.
    private void next() {
        if (charge < 0.35) {
            amperes = 4;
            turnSeconds = 4 * 3_600;
        } else if (amperes == 0) {
            amperes = -random.nextDouble(5, 11);
            turnSeconds = random.nextDouble(1_200, 3_000);
        } else {
            amperes = 0;
            turnSeconds = random.nextDouble(60, 200) * pace.pause();
        }
    }

    @Override
    public SequencedMap<String, Object> readings() {
        double rest = 3.3 + 0.85 * charge;
        double cell = rest + amperes * OHMS;
        double low = cell - 0.006 + (weak ? amperes * OHMS * 5 - 0.06 : 0);
        return new Readings().put("pack_temp", pack + random.nextGaussian() * 0.05, 2)
                .put("soc_pct", charge * 100, 1).put("soh_pct", health, 2)
                .put("cell_min_v", Math.max(2, low + random.nextGaussian() * 0.001), 3)
                .put("cell_max_v", cell + 0.006 + random.nextGaussian() * 0.001, 3)
                .put("current_a", amperes, 1).put("cycles_total", Math.floor(cycles), 0)
                .put("rssi", rssi.value(), 0).values();
    }

    @Override
    public boolean busy() {
        return amperes < 0;
    }

    @Override
    public void powerCycle(double seconds) {
        amperes = 0;
    }
}
