package io.aftercare.simulator.house;

import io.aftercare.simulator.physics.Kind;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;

/// A device of a customer.
///
/// @param tags      by name
/// @param purchased days, so that some are under warranty and some are not
/// @param ail       what is broken, empty where nothing is; one of [Kind#faults]
/// @param ailing    how long it has been so
record Appliance(String id, Kind kind, String firmware, Neighbour owner, LocalDate purchased,
        Map<String, String> tags, String ail, Duration ailing, Life life) {
    /// How it is found.
    enum Life {
        /// Connected.
        ON,
        /// Away for some hours; its telemetry ends there.
        AWAY,
        /// Sold, and never switched on.
        BOXED
    }

    String model() {
        return kind.product().model();
    }

    boolean isOn() {
        return life == Life.ON;
    }

    Duration awayFor() {
        return switch (life) {
            case ON, BOXED -> Duration.ZERO;
            case AWAY -> Duration.ofHours(9 + Math.floorMod(id.hashCode(), 60));
        };
    }
}
