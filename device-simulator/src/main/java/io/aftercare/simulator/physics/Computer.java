package io.aftercare.simulator.physics;

import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A small computer such as a till or a gateway, with the metrics that a real one reports of itself. Load makes heat; a
/// cooler full of dust ([#DUST]) carries away a third. [#DISK_FILL] is a log that nobody rotates, [#MEMORY_HUNGER] a process that eats
/// memory until the computer lives from swap.
final class Computer implements Physics {
    static final String DUST = "dust";
    static final String DISK_FILL = "disk-fill";
    static final String MEMORY_HUNGER = "memory-hunger";
    private static final double ROOM_CELSIUS = 23;
    private static final double HEAT_SECONDS = 60;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal load;
    private final Signal memory;
    private final Signal rssi;
    private double chip = 40;
    private double eaten;
    private double disk;
    private double upSeconds;

    Computer(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        load = new Signal(random, 15, 6, 120);
        memory = new Signal(random, 45, 4, 1_200);
        rssi = new Signal(random, -50, 3, 120);
        disk = random.nextDouble(25, 60);
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        for (Signal each : List.of(load, memory, rssi)) {
            each.advance(seconds);
        }
        upSeconds += seconds;
        double kelvins = (18 + cpu() * 0.35) * (broken.contains(DUST) ? 2.4 : 1);
        chip += (ROOM_CELSIUS + kelvins - chip) * (1 - Math.exp(-seconds / HEAT_SECONDS));
        disk = Math.clamp(disk + seconds * (broken.contains(DISK_FILL) ? 0.5 / pace.wear() : 1e-7), 0, 100);
        eaten = broken.contains(MEMORY_HUNGER) ? Math.min(70, eaten + seconds * 0.4 / pace.leak()) : 0;
        return List.of();
    }

    private double cpu() {
        return Math.clamp(load.value() + (eaten > 50 ? 40 : 0), 0, 100);
    }

    @Override
    public SequencedMap<String, Object> readings() {
        double wanted = Math.max(0, memory.value()) + eaten;
        return new Readings().put("cpu_temp", chip + random.nextGaussian() * 0.2, 1).put("cpu_load", cpu(), 1)
                .put("memory_used_pct", Math.clamp(wanted, 0, 97), 1)
                .put("swap_used_pct", Math.clamp((wanted - 92) * 4, 0, 100), 1)
                .put("disk_used_pct", disk, 3).put("disk_write_kbps", 40 + random.nextDouble(30), 0)
                .put("uptime_s", upSeconds, 0).put("rssi", rssi.value(), 0).values();
    }

    @Override
    public boolean busy() {
        return cpu() > 80;
    }

    @Override
    public void powerCycle(double seconds) {
        eaten = 0;
        upSeconds = 0;
    }
}
