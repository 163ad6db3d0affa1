package io.aftercare.service.consent;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What a customer is asked to allow.
public enum ConsentPurpose {
    /// Something is done on the device.
    ACTION,
    /// Data is taken off the device.
    DATA,
    /// Somebody types commands on the device.
    SHELL;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    static ConsentPurpose of(String text) {
        return Kebab.parse(ConsentPurpose.class, text)
                .orElseThrow(
                        () -> new IllegalArgumentException("action, data or shell is needed, not " + text));
    }
}
