package io.aftercare.simulator.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A laser printer. The fuser is one thermal mass of 120 J/K, heated by a lamp of 1,200 W, losing 1.45 W/K to the room
/// and 300 W to the paper that runs through it; the controller holds 190 °C while printing and 165 °C while waiting, and
/// runs a fan that takes away five times as much where it reads 8 K more than that.
///
/// Two thermistors watch the fuser. When the second one ages ([#FUSER_OVERHEAT]) it reads a fifth too low. The factory firmware
/// controls by the lower of the two and so overheats the fuser; a firmware with `fuserControl` = `fixed` controls by
/// the higher one; one with `overshoot` took a wrong table for the sensors, reads a quarter too low and overheats every
/// fuser, however good its sensors: a regression that only telemetry shows.
final class Printer implements Physics {
    static final String FUSER_OVERHEAT = "fuser-overheat";
    static final String PAPER_JAM = "paper-jam";
    static final String FEED_ROLLER = "feed-roller";
    static final String LAMP_WEAK = "lamp-weak";
    static final String TONER_LEAK = "toner-leak";
    static final String DRUM_WEAR = "drum-wear";
    static final String DAMP_ROOM = "damp-room";
    static final String FUSER_CONTROL = "fuserControl";

    static final double PRINTING_CELSIUS = 190;
    static final double STANDBY_CELSIUS = 165;
    private static final double ROOM_CELSIUS = 23;
    private static final double JOULES_PER_KELVIN = 120;
    private static final double LAMP_WATTS = 1_200;
    private static final double JAM_SECONDS = 20;
    private static final double WEAK_LAMP_WATTS = 110;
    private static final double LOSS_WATTS_PER_KELVIN = 1.45;
    private static final double PAPER_WATTS = 300;
    private static final double FAN_KELVIN = 8;
    private static final double FAN_FACTOR = 5;
    private static final double AGED_SHARE = 0.78;
    private static final double WRONG_TABLE_SHARE = 0.76;
    private static final double STEP_SECONDS = 0.25;
    private static final double PAGES_PER_SECOND = 0.5;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal rssi;
    private final Signal humidity;
    private double fuser;
    private double secondSensor;
    private double lampWatts;
    private double jobSeconds;
    private double waitSeconds;
    private double pages;
    private double toner;
    private double drum;
    private boolean jammed;
    private double untilRollerSlips;
    private boolean damp;

    Printer(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        rssi = new Signal(random, -58, 4, 60);
        humidity = new Signal(random, 45, 5, 600);
        fuser = random.nextDouble(100, 150); // it was in use before the simulation began
        secondSensor = fuser;
        waitSeconds = random.nextDouble(3, 10) * pace.pause();
        pages = random.nextInt(2_000, 60_000);
        toner = random.nextDouble(30, 95);
        drum = random.nextDouble(5, 60);
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        List<Happening> happened = new ArrayList<>();
        boolean jam = broken.contains(PAPER_JAM) || slips(seconds, broken.contains(FEED_ROLLER));
        if (jam && !jammed) {
            happened.add(new Happening("PAPER_JAM", "error", "paper stuck before the fuser", false));
        }
        jammed = jam;
        damp = broken.contains(DAMP_ROOM);
        if (broken.contains(TONER_LEAK)) {
            toner = Math.max(0, toner - seconds / pace.wear());
        }
        for (double left = seconds; left > 0; left -= STEP_SECONDS) {
            double step = Math.min(left, STEP_SECONDS);
            work(step, broken.contains(DRUM_WEAR) ? 50 : 1);
            heat(step, firmware, broken);
        }
        rssi.advance(seconds);
        humidity.advance(seconds);
        return happened;
    }

    /// A worn roller lets the paper jam; somebody takes it out soon after.
    private boolean slips(double seconds, boolean worn) {
        if (!worn) {
            untilRollerSlips = 0;
            return false;
        }
        untilRollerSlips -= seconds;
        boolean isJammed = untilRollerSlips < 0;
        if (untilRollerSlips < -JAM_SECONDS) {
            untilRollerSlips = random.nextDouble(20, 60) * pace.leak() / 2;
        }
        return isJammed;
    }

    private void work(double step, double drumWear) {
        if (jammed) {
            jobSeconds = 0;
        }
        if (printing()) {
            jobSeconds -= step;
            pages += step * PAGES_PER_SECOND;
            toner = Math.max(0, toner - step * PAGES_PER_SECOND * 0.004);
            drum = Math.min(100, drum + step * PAGES_PER_SECOND * 0.002 * drumWear);
        } else if (fuser > STANDBY_CELSIUS - 10 && !jammed) {
            waitSeconds -= step;
            if (waitSeconds <= 0) {
                jobSeconds = random.nextDouble(10, 40);
                waitSeconds = random.nextDouble(8, 30) * pace.pause();
            }
        }
    }

    private void heat(double step, Behaviour firmware, Set<String> broken) {
        boolean aged = broken.contains(FUSER_OVERHEAT);
        double target = printing() ? PRINTING_CELSIUS : STANDBY_CELSIUS;
        double paper = printing() ? PAPER_WATTS : 0;
        secondSensor = (aged ? fuser * AGED_SHARE : fuser) + random.nextGaussian() * 0.3;
        double sensed = firmware.is(FUSER_CONTROL, "fixed")
                ? Math.max(fuser, secondSensor)
                : Math.min(fuser, secondSensor);
        double measured = firmware.is(FUSER_CONTROL, "overshoot") ? fuser * WRONG_TABLE_SHARE : sensed;
        double feedForward = LOSS_WATTS_PER_KELVIN * (target - ROOM_CELSIUS) + paper;
        lampWatts = Math.clamp(feedForward + 72 * (target - measured), 0,
                broken.contains(LAMP_WEAK) ? WEAK_LAMP_WATTS : LAMP_WATTS);
        double loss = LOSS_WATTS_PER_KELVIN * (measured > target + FAN_KELVIN ? FAN_FACTOR : 1);
        double net = lampWatts - loss * (fuser - ROOM_CELSIUS) - paper;
        fuser += net * step / JOULES_PER_KELVIN;
    }

    private boolean printing() {
        return jobSeconds > 0;
    }

    @Override
    public SequencedMap<String, Object> readings() {
        return new Readings().put("fuser_temp", fuser + random.nextGaussian() * 0.2, 1)
                .put("fuser_temp_2", secondSensor, 1).put("heater_power", lampWatts, 0)
                .put("room_humidity", Math.min(100, humidity.value() + (damp ? 40 : 0)), 1)
                .put("pages_total", Math.floor(pages), 0)
                .put("toner_pct", toner, 1).put("drum_wear_pct", drum, 1).put("rssi", rssi.value(), 0)
                .put("door_open", jammed)
                .put("mode", jammed ? "jammed" : printing() ? "printing" : "standby").values();
    }

    @Override
    public boolean busy() {
        return printing();
    }

    @Override
    public void powerCycle(double seconds) {
        jobSeconds = 0;
        waitSeconds = random.nextDouble(3, 10) * pace.pause();
        lampWatts = 0;
        double kept = Math.exp(-seconds * LOSS_WATTS_PER_KELVIN / JOULES_PER_KELVIN);
        fuser = ROOM_CELSIUS + (fuser - ROOM_CELSIUS) * kept;
    }

    @Override
    public Optional<String> perform(String action) {
        return switch (action) {
            case "restart_heater" -> {
                powerCycle(1);
                yield Optional.of("heater control restarted; sensor 1 reads %.1f, sensor 2 reads %.1f"
                        .formatted(fuser, secondSensor));
            }
            case "clean_drum" -> Optional.of("drum cleaned, wear %.1f %%".formatted(drum));
            default -> Optional.empty();
        };
    }
}
