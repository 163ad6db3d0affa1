package io.aftercare.remote.boost;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a boost stands. All transitions are in [#TRANSITIONS].
enum BoostState {
    /// The device has not answered yet.
    WAITING,
    ACTIVE,
    /// Its time is over, and the device went back by itself.
    OVER,
    /// Somebody ended it before.
    ENDED,
    /// The device did not take it.
    FAILED;

    private static final Map<BoostState, Map<Event, BoostState>> TRANSITIONS = new EnumMap<>(Map.of(
            WAITING, Map.of(Event.TAKE, ACTIVE, Event.FAIL, FAILED, Event.END, ENDED, Event.PASS, FAILED),
            ACTIVE, Map.of(Event.PASS, OVER, Event.END, ENDED)));

    /// What can happen to it.
    enum Event {
        /// The device has begun.
        TAKE,
        /// It refused, or did not answer.
        FAIL,
        /// Somebody ends it.
        END,
        /// Its time has passed.
        PASS
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BoostState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<BoostState> after(Event event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }

    /// Whether the device samples faster, or may.
    boolean isLive() {
        return TRANSITIONS.containsKey(this);
    }
}
