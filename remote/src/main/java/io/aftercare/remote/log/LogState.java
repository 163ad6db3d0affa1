package io.aftercare.remote.log;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Where a log stands. All transitions are in [#TRANSITIONS].
public enum LogState {
    /// The device was asked, or will be.
    ASKED,
    /// It came, and is not redacted yet.
    RECEIVED,
    /// It can be read.
    READY,
    /// It did not come, or was unreadable; what comes late is taken all the same.
    FAILED,
    /// Its content was destroyed.
    PURGED;

    private static final Map<LogState, Map<LogEvent, LogState>> TRANSITIONS = new EnumMap<>(Map.of(ASKED,
            Map.of(LogEvent.RECEIVE, RECEIVED, LogEvent.READ, READY, LogEvent.FAIL, FAILED, LogEvent.PURGE,
                    PURGED),
            RECEIVED, Map.of(LogEvent.READ, READY, LogEvent.FAIL, FAILED, LogEvent.PURGE, PURGED), READY,
            Map.of(LogEvent.PURGE, PURGED), FAILED,
            Map.of(LogEvent.RECEIVE, RECEIVED, LogEvent.READ, READY, LogEvent.PURGE, PURGED)));

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static LogState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<LogState> after(LogEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }
}
