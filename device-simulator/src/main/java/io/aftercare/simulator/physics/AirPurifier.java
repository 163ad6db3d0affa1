package io.aftercare.simulator.physics;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// An air purifier in a room of 60 m³. Particles come in from outside and from cooking, and leave through the filter at
/// the rate of the airflow; the fan follows the dust. A clogged filter ([#FILTER_CLOG]) triples the pressure drop and
/// starves the airflow, unless the firmware's `fanCurve` = `fixed` makes up for part of it.
final class AirPurifier implements Physics {
    static final String FILTER_CLOG = "filter-clog";
    static final String FAN_BEARING = "fan-bearing";
    static final String DAMP_ROOM = "damp-room";
    private static final double ROOM_CUBIC_METRES = 60;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal outside;
    private final Signal voc;
    private final Signal humidity;
    private final Signal rssi;
    private double dust = 25;
    private double clog;
    private double fan = 600;
    private double airflow = 120;
    private double filterLife;
    private double cookingSeconds;
    private boolean dry;
    private boolean damp;

    AirPurifier(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        outside = new Signal(random, 35, 15, 1_800);
        voc = new Signal(random, 220, 60, 300);
        humidity = new Signal(random, 48, 6, 1_200);
        rssi = new Signal(random, -55, 4, 60);
        filterLife = random.nextDouble(40, 99);
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        for (Signal each : List.of(outside, voc, humidity, rssi)) {
            each.advance(seconds);
        }
        dry = broken.contains(FAN_BEARING);
        damp = broken.contains(DAMP_ROOM);
        boolean clogging = broken.contains(FILTER_CLOG);
        clog = Math.clamp(clog + seconds / pace.wear() * (clogging ? 0.05 : -0.2), 0, 1);
        double wanted = Math.clamp(500 + dust * 18, 500, 2_400);
        fan += (wanted * (clogging && firmware.is("fanCurve", "fixed") ? 1.3 : 1) - fan)
                * (1 - Math.exp(-seconds / 3));
        airflow = fan * 0.2 * (1 - 0.7 * clog);
        cookingSeconds = cookingSeconds > 0
                ? cookingSeconds - seconds
                : random.nextDouble() < seconds / 300 ? 30 : 0;
        double source = Math.max(0, outside.value()) * 0.4 + (cookingSeconds > 0 ? 400 : 0);
        double exchange = airflow / ROOM_CUBIC_METRES / 60 * seconds;
        dust += (source - dust) * seconds / 90 - dust * Math.min(0.9, exchange);
        dust = Math.max(1, dust);
        filterLife = Math.max(0, filterLife - seconds * airflow * dust * 1e-9);
        return List.of();
    }

    @Override
    public SequencedMap<String, Object> readings() {
        double bearing = fan * (1 + random.nextGaussian() * 0.005);
        return new Readings().put("pm25", dust + Math.abs(random.nextGaussian()), 1)
                .put("fan_rpm", bearing, 0)
                .put("fan_ma", (60 + fan * 0.1) * (dry ? 1.6 : 1) + random.nextGaussian() * 2, 0)
                .put("airflow_m3h", airflow, 1)
                .put("filter_dp_pa", 20 + airflow * 0.15 + clog * 160, 1)
                .put("filter_life_pct", filterLife * (1 - 0.9 * clog), 1).put("voc_ppb", voc.value(), 0)
                .put("humidity", Math.clamp(humidity.value() + (damp ? 40 : 0), 0, 100), 1)
                .put("rssi", rssi.value(), 0).values();
    }

    @Override
    public boolean busy() {
        return false;
    }

    @Override
    public void powerCycle(double seconds) {
        fan = 0;
    }

    @Override
    public Optional<String> perform(String action) {
        if (action.equals("reset_filter")) {
            clog = 0;
            filterLife = 100;
            return Optional.of("filter counter reset");
        }
        return Optional.empty();
    }
}
