package io.aftercare.simulator.ota;

import io.aftercare.simulator.physics.Behaviour;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A firmware in a slot.
///
/// @param release what brought it, for the report after the reboot; empty for the factory's
/// @param counter of its manifest; 0 for the factory's
/// @param revertTo the lowest counter that its manifest lets the device return to; null: none
/// @param fault why it will fail its self-check; empty for a good one
/// @param components what lies in the slot, in the manifest's order; none for the factory's
public record Image(String release, String version, long counter, Map<String, String> switches,
        @Nullable Long revertTo, String fault, List<Component> components) {
    /// One file in the slot.
    public record Component(String name, String sha256) {}

    @SuppressWarnings("NullAway") // one that was written before components were kept
    public Image {
        switches = Map.copyOf(switches);
        components = components == null ? List.of() : List.copyOf(components);
    }

    static Image factory(String version) {
        return new Image("", version, 0, Map.of(), null, "", List.of());
    }

    public Behaviour behaviour() {
        return new Behaviour(switches);
    }
}
