package io.aftercare.simulator.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A door lock on four AA cells. Every turn of the bolt costs charge and sags the voltage; radio and idling cost the rest.
/// [#LOW_BATTERY] is a cell that dies; [#JAM] a bolt that scrapes: the motor draws 900 mA until it gives up, which a
/// firmware with `motorRetry` = `fixed` answers by easing back and turning again.
final class Lock implements Physics {
    static final String LOW_BATTERY = "low-battery";
    static final String JAM = "jam";
    static final String AGED_CELLS = "aged-cells";
    static final String STIFF_BOLT = "stiff-bolt";
    static final String DOOR_AJAR = "door-ajar";
    private static final double OHMS = 0.6;
    private static final double AGED_OHMS = 3.4;
    private static final double TURN_SECONDS = 2;
    private static final double OPEN_SECONDS = 8;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal rssi;
    private final Signal temperature;
    private double charge;
    private double turningSeconds;
    private double untilTurn;
    private double motorMilliamperes;
    private boolean locked = true;
    private boolean jammed;
    private int cycles;
    private double ohms = OHMS;
    private double openSeconds;
    private double turnMilliamperes = 230;
    private double loadVolts;

    Lock(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        rssi = new Signal(random, -67, 5, 90);
        temperature = new Signal(random, 19, 3, 3_600);
        charge = random.nextDouble(0.55, 0.98);
        untilTurn = random.nextDouble(5, 20) * pace.pause();
        cycles = random.nextInt(100, 4_000);
        loadVolts = volts() - turnMilliamperes / 1_000 * ohms;
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        List<Happening> happened = new ArrayList<>();
        rssi.advance(seconds);
        temperature.advance(seconds);
        ohms = broken.contains(AGED_CELLS) ? AGED_OHMS : OHMS;
        openSeconds = broken.contains(DOOR_AJAR) ? OPEN_SECONDS : Math.max(0, openSeconds - seconds);
        boolean scraping = broken.contains(JAM) && !firmware.is("motorRetry", "fixed");
        charge = Math.max(0.02,
                charge - seconds
                        * (broken.contains(LOW_BATTERY) && charge > 0.07 ? 0.02 / pace.wear() : 2e-9));
        untilTurn -= seconds;
        turningSeconds = Math.max(0, turningSeconds - seconds);
        if (untilTurn <= 0) {
            untilTurn = random.nextDouble(8, 40) * pace.pause();
            turningSeconds = TURN_SECONDS;
            cycles++;
            charge -= 2e-5;
            if (scraping) {
                happened.add(new Happening("LOCK_JAM", "error", "the bolt did not reach its end", false));
            } else {
                locked = !locked;
                openSeconds = locked ? 0 : OPEN_SECONDS;
            }
            jammed = scraping;
            turnMilliamperes = scraping
                    ? 900
                    : random.nextDouble(210, 250) * (broken.contains(STIFF_BOLT) ? 2 : 1);
            loadVolts = restVolts() - turnMilliamperes / 1_000 * ohms;
        }
        jammed &= scraping;
        motorMilliamperes = jammed
                ? 880 + random.nextDouble(40)
                : turningSeconds > 0 ? turnMilliamperes : 0;
        return happened;
    }

    /// Alkaline cells in a row of four: 6.3 V full, 4.2 V empty, lower while the motor draws.
    private double volts() {
        return restVolts() - motorMilliamperes / 1_000 * ohms;
    }

    private double restVolts() {
        return 4.2 + 2.1 * Math.pow(charge, 0.7);
    }

    @Override
    public SequencedMap<String, Object> readings() {
        return new Readings().put("battery_v", volts(), 2).put("battery_pct", charge * 100, 1)
                .put("load_v", loadVolts, 2).put("motor_ma", motorMilliamperes, 0)
                .put("turn_ma", turnMilliamperes, 0).put("door_open", openSeconds > 0).put("locked", locked)
                .put("jammed", jammed)
                .put("cycles_total", cycles, 0).put("temperature", temperature.value(), 1)
                .put("rssi", rssi.value(), 0).values();
    }

    @Override
    public boolean busy() {
        return turningSeconds > 0;
    }

    @Override
    public void powerCycle(double seconds) {
        turningSeconds = 0;
        motorMilliamperes = 0;
    }

    @Override
    public Optional<String> perform(String action) {
        return switch (action) {
            case "lock" -> {
                locked = true;
                yield Optional.of("locked");
            }
            case "calibrate" -> {
                jammed = false;
                yield Optional.of("bolt calibrated");
            }
            default -> Optional.empty();
        };
    }
}
