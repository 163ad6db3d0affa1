package io.aftercare.simulator.physics;

import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/// One device's body. Advances in real time under its firmware and its broken parts. Not thread-safe.
public interface Physics {
    /// Lets time pass.
    ///
    /// @param broken names of the faults that are active, of those in [Kind#faults]
    /// @return what happened meanwhile
    List<Happening> advance(double seconds, Behaviour firmware, Set<String> broken);

    /// What the sensors read now: numbers, booleans and texts, by metric name.
    SequencedMap<String, Object> readings();

    /// In use by somebody: an update that is not forced waits.
    boolean busy();

    /// Power off and on again: what only lived in memory is gone.
    ///
    /// @param seconds how long it was off
    void powerCycle(double seconds);

    /// Does one of the product's own actions; empty where this device knows no such action.
    default Optional<String> perform(String action) {
        return Optional.empty();
    }
}
