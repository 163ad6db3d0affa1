package io.aftercare.simulator.physics;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.random.RandomGenerator;

/// A home router: load follows its clients, heat follows load, and memory fills where the firmware leaks
/// ([#MEMORY_LEAK], until `connectionTable` = `fixed`; with `leaking` on every device); at 97 % it crashes and starts again. With a dead fan
/// ([#OVERHEAT]) the chip passes 95 °C and the router slows itself down. When its WAN session hangs ([#WAN_HUNG]) little comes through and
/// late, until the link is restarted, from afar or by the switch: the one thing here that needs neither a part nor a firmware.
final class Router implements Physics {
    static final String MEMORY_LEAK = "memory-leak";
    static final String OVERHEAT = "overheat";
    static final String LINE_NOISE = "line-noise";
    static final String WAN_HUNG = "wan-hung";
    private static final double HUNG_MILLIS = 380;
    private static final double ROOM_CELSIUS = 24;
    private static final double HEAT_SECONDS = 45;
    private static final double CRASH_PERCENT = 97;

    private final RandomGenerator random;
    private final Pace pace;
    private final Signal clients;
    private final Signal traffic;
    private final Signal latency;
    private final Signal rssi;
    private double chip = 45;
    private double leaked;
    private double upSeconds;
    private double errors;
    private boolean noisy;
    private boolean hung;
    private boolean hangs;

    Router(RandomGenerator random, Pace pace) {
        this.random = random;
        this.pace = pace;
        clients = new Signal(random, 14, 4, 300);
        traffic = new Signal(random, 120, 60, 20);
        latency = new Signal(random, 12, 2, 15);
        rssi = new Signal(random, -52, 5, 60);
    }

    @Override
    public List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken) {
        List<Happening> happened = new ArrayList<>();
        for (Signal each : List.of(clients, traffic, latency, rssi)) {
            each.advance(seconds);
        }
        upSeconds += seconds;
        noisy = broken.contains(LINE_NOISE);
        hung = broken.contains(WAN_HUNG) && (hung || !hangs);
        hangs = broken.contains(WAN_HUNG);
        errors += seconds * Math.max(0, traffic.value()) * (noisy ? 0.05 : 1e-5);
        boolean fanDead = broken.contains(OVERHEAT);
        double settled = ROOM_CELSIUS + (fanDead ? 55 : 18) + cpu() * (fanDead ? 0.6 : 0.25);
        chip += (settled - chip) * (1 - Math.exp(-seconds / HEAT_SECONDS));
        boolean leaks = broken.contains(MEMORY_LEAK) && !firmware.is("connectionTable", "fixed");
        if (leaks || firmware.is("connectionTable", "leaking")) {
            leaked += seconds * 0.5 / pace.leak();
        }
        if (memory() >= CRASH_PERCENT) {
            happened.add(new Happening("crash", "critical", "out of memory: conntrack table", true));
        }
        return happened;
    }

    private double cpu() {
        double load = 6 + Math.max(0, traffic.value()) * 0.15 + Math.max(0, clients.value()) * 0.8;
        return Math.min(chip > 95 ? 40 : 100, load);
    }

    private double memory() {
        return Math.min(100, 38 + Math.max(0, clients.value()) * 0.6 + leaked);
    }

    @Override
    public SequencedMap<String, Object> readings() {
        return new Readings().put("cpu_load", cpu(), 1).put("cpu_temp", chip + random.nextGaussian() * 0.2, 1)
                .put("memory_used_pct", memory(), 1).put("clients", Math.max(0, clients.value()), 0)
                .put("wan_mbps", Math.max(0, throughput()), 1)
                .put("wan_latency_ms", Math.max(1, latency.value() + (hung ? HUNG_MILLIS : 0)
                        + (noisy ? 140 + random.nextDouble(120) : 0)), 1)
                .put("wan_errors_total", Math.floor(errors), 0).put("rssi", rssi.value(), 0)
                .put("uptime_s", upSeconds, 0).values();
    }

    private double throughput() {
        return hung ? traffic.value() / 20 : chip > 95 ? traffic.value() / 3 : traffic.value();
    }

    @Override
    public boolean busy() {
        return traffic.value() > 250;
    }

    @Override
    public void powerCycle(double seconds) {
        leaked = 0;
        errors = 0;
        upSeconds = 0;
        hung = false;
    }

    @Override
    public Optional<String> perform(String action) {
        if (action.equals("restart_wan")) {
            leaked *= 0.5;
            hung = false;
            return Optional.of("WAN link restarted, memory at %.1f %%".formatted(memory()));
        }
        return Optional.empty();
    }
}
