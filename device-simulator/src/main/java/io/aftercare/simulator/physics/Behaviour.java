package io.aftercare.simulator.physics;

import java.util.Map;

/// What a firmware does differently from the first one: named switches. This is all that an update changes in a simulated
/// device, and it is enough to stop a fault, or to bring one that the device itself knows nothing of:
///
/// | switch | cures | breaks every device |
/// |---|---|---|
/// | `fuserControl` (printer) | `fixed`: overheating by an aged thermistor | `overshoot`: the fuser overheats |
/// | `connectionTable` (router) | `fixed`: the memory leak | `leaking`: memory fills until it crashes |
/// | `motorRetry` (lock), `fanCurve` (air purifier) | `fixed`: the jam; eases the clogged filter | |
/// | `compressorControl` (heat pump) | | `hasty`: the compressor starts every few minutes |
/// | `mainLoop` (all) | | `hangs`: the watchdog restarts it again and again |
public record Behaviour(Map<String, String> switches) {
    public static final Behaviour FACTORY = new Behaviour(Map.of());

    public Behaviour {
        switches = Map.copyOf(switches);
    }

    public boolean is(String name, String value) {
        return value.equals(switches.get(name));
    }
}
