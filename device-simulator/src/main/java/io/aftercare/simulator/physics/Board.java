package io.aftercare.simulator.physics;

import io.aftercare.simulator.product.Product.Metric;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// The electronics that every simulated device has around its body: a radio, a clock that is set by the network once a day, flash
/// storage that wears, a watchdog. Adds their readings to the body's, and their faults. A firmware with `mainLoop` = `hangs` is
/// restarted by the watchdog as by [#BOOT_LOOP].
final class Board implements Physics {
    static final String SIGNAL_LOSS = "signal-loss";
    static final String SENSOR_STUCK = "sensor-stuck";
    static final String SILENT = "silent";
    static final String BOOT_LOOP = "boot-loop";
    static final String CLOCK_DRIFT = "clock-drift";
    static final String FLASH_WEAR = "flash-wear";
    static final Map<String, String> FAULTS = Map.of(SIGNAL_LOSS, "the antenna is loose",
            SENSOR_STUCK, "the first sensor repeats its last value", SILENT, "no more samples",
            BOOT_LOOP, "the watchdog restarts it again and again",
            CLOCK_DRIFT, "the clock is never set again and runs away",
            FLASH_WEAR, "something writes to flash all the time");
    static final List<Metric> METRICS = List.of(new Metric("clock_offset_s", "s", -86_400, 86_400),
            new Metric("flash_wear_pct", "%", 0, 100));
    private static final double DAY_SECONDS = 86_400;
    private static final double LOOSE_DECIBELS = 32;

    private final Physics body;
    private final RandomGenerator random;
    private final Pace pace;
    private final double driftPerSecond;
    private double untilSet;
    private double clockOffset;
    private double flashWear;
    private double untilCrash;
    private Set<String> broken = Set.of();
    private @Nullable Object stuck;

    Board(Physics body, RandomGenerator random, Pace pace) {
        this.body = body;
        this.random = random;
        this.pace = pace;
        driftPerSecond = random.nextGaussian() * 4e-6;
        untilSet = random.nextDouble(DAY_SECONDS);
        flashWear = random.nextDouble(2, 25);
        untilCrash = untilCrash();
    }

    private double untilCrash() {
        return random.nextDouble(20, 60) * Math.sqrt(pace.leak());
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> nowBroken) {
        broken = nowBroken;
        List<Happening> happened = new ArrayList<>(body.advance(seconds, firmware, nowBroken));
        keepTime(seconds);
        double writes = broken.contains(FLASH_WEAR) ? 0.5 / pace.wear() : 2e-8;
        flashWear = Math.min(100, flashWear + seconds * writes);
        if (broken.contains(BOOT_LOOP) || firmware.is("mainLoop", "hangs")) {
            untilCrash -= seconds;
            if (untilCrash <= 0) {
                untilCrash = untilCrash();
                happened.add(new Happening("crash", "critical", "watchdog: the main loop hung", true));
            }
        }
        return happened;
    }

    private void keepTime(double seconds) {
        boolean runsAway = broken.contains(CLOCK_DRIFT);
        untilSet -= seconds;
        if (untilSet <= 0 && !runsAway) {
            untilSet = DAY_SECONDS;
            clockOffset = random.nextGaussian() * 0.01;
        }
        clockOffset += seconds * (runsAway ? 0.5 / pace.leak() : driftPerSecond);
        clockOffset = Math.clamp(clockOffset, -DAY_SECONDS, DAY_SECONDS);
    }

    @Override
    public SequencedMap<String, Object> readings() {
        SequencedMap<String, Object> readings = new LinkedHashMap<>();
        if (broken.contains(SILENT)) {
            return readings;
        }
        readings.putAll(body.readings());
        if (broken.contains(SIGNAL_LOSS) && readings.get("rssi") instanceof Number rssi) {
            readings.put("rssi", Math.max(-120, rssi.doubleValue() - LOOSE_DECIBELS));
        }
        stick(readings);
        new Readings().put("clock_offset_s", clockOffset, 2).put("flash_wear_pct", flashWear, 2).values()
                .forEach(readings::put);
        return readings;
    }

    private void stick(SequencedMap<String, Object> readings) {
        if (!broken.contains(SENSOR_STUCK)) {
            stuck = null;
            return;
        }
        Map.Entry<String, Object> first = readings.firstEntry();
        stuck = stuck == null ? first.getValue() : stuck;
        readings.put(first.getKey(), stuck);
    }

    @Override
    public boolean busy() {
        return body.busy();
    }

    @Override
    public void powerCycle(double seconds) {
        body.powerCycle(seconds);
    }

    @Override
    public Optional<String> perform(String action) {
        return body.perform(action);
    }
}
