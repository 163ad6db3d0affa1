package io.aftercare.remote.crash;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// What people do about a group of crashes. All transitions are in [#TRANSITIONS].
enum GroupState {
    /// Nobody has it.
    OPEN,
    /// Somebody has it.
    ASSIGNED,
    /// Mended in a firmware; in older ones it may still come.
    RESOLVED,
    /// Said to be mended, and came all the same.
    REGRESSED;

    private static final Map<GroupState, Map<GroupEvent, GroupState>> TRANSITIONS = new EnumMap<>(Map.of(
            OPEN, Map.of(GroupEvent.ASSIGN, ASSIGNED, GroupEvent.RESOLVE, RESOLVED),
            ASSIGNED, Map.of(GroupEvent.ASSIGN, ASSIGNED, GroupEvent.UNASSIGN, OPEN, GroupEvent.RESOLVE,
                    RESOLVED),
            // in another firmware than was thought
            RESOLVED, Map.of(GroupEvent.RESOLVE, RESOLVED, GroupEvent.REOPEN, OPEN, GroupEvent.SEEN_AGAIN,
                    REGRESSED),
            REGRESSED, Map.of(GroupEvent.ASSIGN, ASSIGNED, GroupEvent.UNASSIGN, OPEN, GroupEvent.RESOLVE,
                    RESOLVED)));

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GroupState parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No state of a crash group: " + text));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<GroupState> after(GroupEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }
}
