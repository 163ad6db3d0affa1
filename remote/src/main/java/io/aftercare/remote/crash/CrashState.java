package io.aftercare.remote.crash;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// How far a crash is worked out. All transitions are in [#TRANSITIONS]; none is an end, for symbols and dumps come and go.
enum CrashState {
    /// Waits to be worked out.
    PENDING,
    /// Every address in a module with a build id has been looked up.
    SYMBOLICATED,
    /// Some modules of the stack have no symbols here.
    SYMBOLS_MISSING,
    /// There is nothing to look up.
    NO_STACK,
    /// The symbols are here, and no program that reads them; asked again from time to time.
    SYMBOLIZER_MISSING,
    /// The symbols are here, and what reads them fails again and again.
    FAILED;

    private static final Map<CrashState, Map<CrashEvent, CrashState>> TRANSITIONS = transitions();

    private static Map<CrashState, Map<CrashEvent, CrashState>> transitions() {
        Map<CrashState, Map<CrashEvent, CrashState>> all = new EnumMap<>(CrashState.class);
        for (CrashState settled : new CrashState[]{SYMBOLICATED, SYMBOLS_MISSING, NO_STACK, FAILED}) {
            all.put(settled, Map.of(CrashEvent.NEWS, PENDING));
        }
        for (CrashState waiting : new CrashState[]{PENDING, SYMBOLIZER_MISSING}) {
            all.put(waiting, Map.of(CrashEvent.NEWS, PENDING, CrashEvent.NAMED, SYMBOLICATED,
                    CrashEvent.UNNAMED, SYMBOLS_MISSING, CrashEvent.NOTHING, NO_STACK,
                    CrashEvent.NO_PROGRAM, SYMBOLIZER_MISSING, CrashEvent.BREAK, PENDING,
                    CrashEvent.GIVE_UP, FAILED));
        }
        return all;
    }

    @JsonValue
    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static CrashState parse(String text) {
        return Stream.of(values()).filter(state -> state.text().equals(text)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No state of a crash: " + text));
    }

    /// The state after `event`, empty where it is not possible here.
    Optional<CrashState> after(CrashEvent event) {
        return Optional.ofNullable(TRANSITIONS.getOrDefault(this, Map.of()).get(event));
    }
}
