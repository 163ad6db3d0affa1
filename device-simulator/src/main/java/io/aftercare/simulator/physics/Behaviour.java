package io.aftercare.simulator.physics;

import java.util.Map;

/// What a firmware does differently from the first one: named switches, such as `fuserControl` = `fixed`. This is all
/// that an update changes in a simulated device, and it is enough to stop a fault.
public record Behaviour(Map<String, String> switches) {
    public static final Behaviour FACTORY = new Behaviour(Map.of());

    public Behaviour {
        switches = Map.copyOf(switches);
    }

    public boolean is(String name, String value) {
        return value.equals(switches.get(name));
    }
}
