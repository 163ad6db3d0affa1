package io.aftercare.ota.deployment;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a deployment ended: what the gate counts.
public enum Outcome {
    /// It did what the campaign asks: runs the version, or holds it downloaded where only that was asked.
    SUCCESS,
    /// It failed for good.
    FAILURE,
    /// It was never tried to the end: not for this device, or cancelled.
    NONE;

    public static @Nullable Outcome parse(@Nullable String text) {
        return text == null ? null : valueOf(text.toUpperCase(Locale.ROOT));
    }

    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
