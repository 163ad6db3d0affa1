package io.aftercare.ota.campaign;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/// What the desk knows of the fix of one device in one campaign.
public enum FixState {
    /// The campaign brings it.
    SCHEDULED,
    /// The campaign is paused and has not reached the device.
    WITHHELD,
    /// The device runs it.
    INSTALLED,
    /// It will not come by this campaign.
    FAILED;

    /// The name outside, and in the database.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static FixState parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }

    /// Outbox topic by which the desk hears of it.
    String topic() {
        return "fix." + text();
    }
}
