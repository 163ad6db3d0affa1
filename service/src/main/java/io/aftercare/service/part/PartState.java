package io.aftercare.service.part;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// Whether a part is still used.
public enum PartState {
    ACTIVE,
    /// What is left is to be cleared; nothing more is received or asked for.
    OBSOLETE;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    public static PartState parse(String text) {
        return Kebab.parse(PartState.class, text)
                .orElseThrow(() -> new IllegalArgumentException("A part is active or obsolete, not " + text));
    }
}
