package io.aftercare.simulator.physics;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// An air-to-water heat pump of 8 kW in a house that loses 200 W for each kelvin. The compressor runs in turns of half an hour or
/// so, more in the cold; it gives as heat what it draws times its coefficient of performance (3.6 at freezing point). Without
/// refrigerant ([#REFRIGERANT_LOSS]) that halves; water leaks out of the circuit ([#WATER_LEAK]); a worn pump
/// ([#PUMP_WORN]) moves a third of the water, so that it comes back colder; [#SHORT_CYCLING] is a valve that lets the compressor start every few minutes,
/// as does a firmware with `compressorControl` = `hasty`.
final class HeatPump implements Physics {
    static final String REFRIGERANT_LOSS = "refrigerant-loss";
    static final String WATER_LEAK = "water-leak";
    static final String PUMP_WORN = "pump-worn";
    static final String SHORT_CYCLING = "short-cycling";
    private static final double INSIDE_CELSIUS = 20;
    private static final double LOSS_WATTS_PER_KELVIN = 200;
    private static final double WATER_WATTS_PER_LITRE_A_MINUTE_KELVIN = 69.8;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal outside;
    private final Signal rssi;
    private double pressure;
    private double performance;
    private double litresPerMinute = 18;
    private double flow = 34;
    private double heatWatts;
    private boolean runs = true;
    private double turnSeconds;
    private int starts;

    HeatPump(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        outside = new Signal(random, 3, 4, 20_000);
        rssi = new Signal(random, -60, 4, 120);
        pressure = random.nextDouble(1.5, 1.9);
        starts = random.nextInt(500, 20_000);
        turnSeconds = random.nextDouble(60, 2_400);
        performance = 3.6;
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        outside.advance(seconds);
        rssi.advance(seconds);
        turn(seconds, broken.contains(SHORT_CYCLING) || firmware.is("compressorControl", "hasty"));
        double full = Math.clamp(3.6 + outside.value() * 0.05, 2.4, 4.6);
        double target = broken.contains(REFRIGERANT_LOSS) ? full * 0.45 : full;
        performance += (target - performance) * (1 - Math.exp(-seconds / (6 * pace.leak())));
        litresPerMinute = broken.contains(PUMP_WORN) ? 6 : 18;
        pressure = Math.max(0,
                pressure - seconds * (broken.contains(WATER_LEAK) ? 0.01 / pace.wear() : 2e-9));
        double demand = Math.clamp((INSIDE_CELSIUS - outside.value()) * LOSS_WATTS_PER_KELVIN, 1_500, 8_000);
        heatWatts = runs ? demand : 0;
        double wanted = 26 + demand / 400;
        flow += ((runs ? wanted : 26) - flow) * (1 - Math.exp(-seconds / 240));
        return List.of();
    }

    private void turn(double seconds, boolean nervous) {
        turnSeconds -= seconds;
        if (turnSeconds <= 0) {
            runs = !runs;
            starts += runs ? 1 : 0;
            turnSeconds = nervous ? random.nextDouble(60, 150) : random.nextDouble(1_500, 3_000);
        }
    }

    @Override
    public SequencedMap<String, Object> readings() {
        double spread = heatWatts / (litresPerMinute * WATER_WATTS_PER_LITRE_A_MINUTE_KELVIN);
        return new Readings().put("flow_temp", flow + random.nextGaussian() * 0.1, 1)
                .put("return_temp", flow - spread + random.nextGaussian() * 0.1, 1)
                .put("outdoor_temp", outside.value(), 1).put("heat_w", heatWatts, 0)
                .put("power_w", runs ? heatWatts / performance : 12, 0)
                .put("flow_lpm", litresPerMinute + random.nextGaussian() * 0.2, 1)
                .put("pressure_bar", pressure, 2).put("compressor_starts", starts, 0)
                .put("rssi", rssi.value(), 0).put("mode", runs ? "heating" : "idle").values();
    }

    @Override
    public boolean busy() {
        return false;
    }

    @Override
    public void powerCycle(double seconds) {
        runs = false;
        turnSeconds = 180;
    }

    @Override
    public Optional<String> perform(String action) {
        return action.equals("bleed")
                ? Optional.of("bled, %.2f bar in the circuit".formatted(pressure))
                : Optional.empty();
    }
}
