package io.aftercare.remote.fleetaction;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.fleet.window.Window;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How a fleet action goes about it: fixed when it is made.
///
/// @param stages            one after the other, each holds the ones before it
/// @param window           when devices may be asked, null for always
/// @param devicesPerMinute how many devices begin in a minute
/// @param expiresIn        how long one device's action waits for a device that is away; never past the window's end
public record FleetPlan(List<Stage> stages, Gate gate, @Nullable Window window, int devicesPerMinute,
        Duration expiresIn) {
    public FleetPlan {
        stages = List.copyOf(stages);
    }

    /// So many devices up to the end of this stage, or this share of all; the canaries' stage has neither, for they are named.
    ///
    /// @param manual whether a person opens it
    public record Stage(@Nullable Double percent, @Nullable Integer count, boolean manual) {
        static final Stage CANARIES = new Stage(null, null, false);

        boolean isNamed() {
            return percent == null && count == null;
        }

        /// How many of `all` devices, at most all.
        int upTo(int all, int named) {
            if (isNamed()) {
                return named;
            }
            int drawn = count == null
                    ? (int) Math.ceil(all * (percent == null ? 100 : percent) / 100)
                    : count;
            return Math.clamp(drawn, named, all);
        }
    }

    /// When a stage is passed, and what stops all of them.
    ///
    /// @param success share of the stage's devices that must succeed, 0 to 1
    /// @param error   share of the finished ones whose failure stops it, 0 to 1
    /// @param minimum so many must be finished (or all of a smaller stage) before failures count as a share
    /// @param soak    so long a stage that succeeded is watched before the next one
    /// @param faults  whether a device that raises a fault between its success and the end of the soak counts as failed
    /// @param action  what follows from too many failures
    public record Gate(double success, double error, int minimum, Duration soak, boolean faults,
            Stop action) {}

    /// What follows from too many failures.
    public enum Stop {
        /// It waits for a person.
        PAUSE,
        /// It ends.
        ABORT;

        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        @JsonCreator
        static Stop parse(String text) {
            return Stream.of(values()).filter(stop -> stop.text().equals(text)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("action is pause or abort, not " + text));
        }
    }
}
