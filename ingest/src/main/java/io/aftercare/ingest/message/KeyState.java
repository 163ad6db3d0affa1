package io.aftercare.ingest.message;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Stream;

/// How a device stands to one member of its desired state. All transitions are in [#TRANSITIONS]; what is not there changes
/// nothing.
public enum KeyState {
    /// As people want it.
    IN_SYNC("inSync"),
    /// People want it otherwise, and the device has not taken it yet.
    PENDING("pending"),
    /// The device had it so and changed it, or it knows of the wish and did not follow.
    DRIFTED("drifted");

    private static final Map<KeyState, Map<KeyEvent, KeyState>> TRANSITIONS = new EnumMap<>(Map.of(
            IN_SYNC,
            Map.of(KeyEvent.WANTED, PENDING, KeyEvent.DIFFERS, DRIFTED, KeyEvent.BEHIND, PENDING,
                    KeyEvent.REFUSED, DRIFTED),
            PENDING,
            Map.of(KeyEvent.MATCHES, IN_SYNC, KeyEvent.REFUSED, DRIFTED, KeyEvent.IGNORED, DRIFTED),
            DRIFTED,
            Map.of(KeyEvent.WANTED, PENDING, KeyEvent.MATCHES, IN_SYNC)));

    private final String text;

    KeyState(String text) {
        this.text = text;
    }

    /// What can happen to a member.
    enum KeyEvent {
        /// People gave it another value.
        WANTED,
        /// A report has it as it is wanted.
        MATCHES,
        /// A report has it otherwise, and does not say which wishes the device knew when it sent that.
        DIFFERS,
        /// A report has it otherwise, from before the device heard of the version that wants it so.
        BEHIND,
        /// A report has it otherwise and acknowledges the version that wants it so.
        REFUSED,
        /// The device was there long enough to take it.
        IGNORED
    }

    @JsonValue
    public String text() {
        return text;
    }

    static KeyState parse(String text) {
        return Stream.of(values()).filter(state -> state.text.equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No such state of a member: " + text));
    }

    KeyState after(KeyEvent event) {
        return TRANSITIONS.getOrDefault(this, Map.of()).getOrDefault(event, this);
    }
}
