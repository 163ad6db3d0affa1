package io.aftercare.remote.shell;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Where a shell's session stands. All transitions are in [#ONWARD] and [#ENDS].
enum ShellState {
    /// Waits for a second person.
    REQUESTED,
    /// Waits for the device.
    APPROVED,
    /// The device has been told, and has not answered.
    OPENING,
    /// Bytes go both ways.
    OPEN,
    /// For good; there is a reason, and the recording is complete.
    CLOSED;

    private static final Map<ShellState, Map<ShellEvent, ShellState>> ONWARD = new EnumMap<>(Map.of(REQUESTED,
            Map.of(ShellEvent.APPROVE, APPROVED), APPROVED,
            // a device may answer before the sender has noted that it was sent
            Map.of(ShellEvent.SEND, OPENING, ShellEvent.OPENED, OPEN), OPENING,
            Map.of(ShellEvent.OPENED, OPEN)));

    private static final Set<ShellEvent> ANYWHERE = EnumSet.of(ShellEvent.LEAVE, ShellEvent.KILL,
            ShellEvent.WITHDRAW);

    /// What ends it, besides what does [#ANYWHERE].
    private static final Map<ShellState, Set<ShellEvent>> ENDS = new EnumMap<>(Map.of(REQUESTED,
            EnumSet.of(ShellEvent.REJECT, ShellEvent.EXPIRE), APPROVED,
            EnumSet.of(ShellEvent.EXPIRE, ShellEvent.REFUSE, ShellEvent.GONE), OPENING,
            EnumSet.of(ShellEvent.EXPIRE, ShellEvent.REFUSE, ShellEvent.GONE), OPEN,
            EnumSet.of(ShellEvent.TIME, ShellEvent.IDLE, ShellEvent.LIMIT, ShellEvent.GONE, ShellEvent.EXIT,
                    ShellEvent.BREACH, ShellEvent.RESTART)));

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ShellState parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No state of a shell: " + text));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<ShellState> after(ShellEvent event) {
        if (this == CLOSED) {
            return Optional.empty();
        }
        if (event.ends()) {
            boolean may = ANYWHERE.contains(event) || ENDS.getOrDefault(this, Set.of()).contains(event);
            return may ? Optional.of(CLOSED) : Optional.empty();
        }
        return Optional.ofNullable(ONWARD.getOrDefault(this, Map.of()).get(event));
    }
}
