package io.aftercare.service.sla;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// How a clock stands. A breached clock goes on counting until its stop, and stays breached.
public enum ClockState {
    RUNNING, PAUSED, MET, BREACHED, VOID;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }
}
