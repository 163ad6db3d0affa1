package io.aftercare.simulator.house;

import io.aftercare.simulator.credentials.Credential;
import io.aftercare.simulator.physics.Pace;
import io.aftercare.simulator.physics.Physics;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Lets the devices tell their past: telemetry, boots, state, and a message that nobody understands.
final class Memories {
    private static final int AT_ONCE = 4;
    private static final Duration MONTH = Duration.ofDays(28);
    private static final Duration DAYS = Duration.ofDays(2);

    private final Door door;
    private final Moving moving;
    private final long seed;
    private final Map<String, Physics> bodies = new ConcurrentHashMap<>();

    Memories(Door door, Moving moving, long seed) {
        this.door = door;
        this.moving = moving;
        this.seed = seed;
    }

    void tell(List<Appliance> appliances, boolean small) throws IOException, InterruptedException {
        Instant now = Instant.now();
        try (ExecutorService tellers = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Callable<Boolean>> all = new ArrayList<>();
            for (Appliance each : appliances) {
                all.add(() -> tell(each, now, small ? DAYS : MONTH));
            }
            for (Future<Boolean> each : tellers.invokeAll(all)) {
                each.get();
            }
        } catch (ExecutionException e) {
            throw new IOException("a device could not tell its past: " + e.getCause(), e.getCause());
        }
    }

    private boolean tell(Appliance what, Instant now, Duration past)
            throws IOException, InterruptedException {
        if (what.life() == Appliance.Life.BOXED) {
            return false;
        }
        Credential who = moving.tokenOf(what);
        Physics body = what.kind().newBody(new Random(seed ^ what.id().hashCode()), Pace.LIFE);
        bodies.put(what.id(), body);
        Instant begin = now.minus(past).minus(what.awayFor());
        door.state(who, state(what));
        door.event(who, event(begin, "boot", "info", "started: power-on", Map.of("reason", "power-on",
                "requested", false, "boots", 1, "firmware", what.firmware())));
        door.telemetry(who, new Past(what, body).live(now, past));
        return true;
    }

    private static Map<String, Object> state(Appliance what) {
        Map<String, Object> state = new LinkedHashMap<>();
        state.put("firmware", what.firmware());
        state.put("hardware", what.kind().product().hardware());
        state.put("ip", "192.168.1." + Math.floorMod(what.id().hashCode(), 250));
        return state;
    }

    static Map<String, Object> event(Instant at, String code, String level, String message,
            Map<String, Object> data) {
        return Map.of("ts", at.toEpochMilli(), "code", code, "level", level, "message", message, "data",
                data);
    }

    /// The body of a device, as old as its past.
    Physics bodyOf(Appliance what) {
        Physics body = bodies.get(what.id());
        if (body == null) {
            throw new IllegalArgumentException(what.id() + " has no past");
        }
        return body;
    }
}
