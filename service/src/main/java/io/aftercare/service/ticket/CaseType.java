package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// What somebody wants of the desk (R18, R42, R90). Each type has its own way to the end: see [Guards].
public enum CaseType {
    FAULT, ENQUIRY, INSTALLATION, SOFTWARE_UPDATE, COMPLAINT, RETURN;

    /// Whether something went wrong, so that a person has to find out what.
    public boolean hasCause() {
        return this == FAULT || this == COMPLAINT || this == RETURN;
    }

    /// Whether it is work on one device, so that it has to be known which.
    public boolean isWorkOnDevice() {
        return this == INSTALLATION || this == SOFTWARE_UPDATE;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    public static CaseType parse(String text) {
        return Kebab.parse(CaseType.class, text)
                .orElseThrow(() -> new IllegalArgumentException("There is no type " + text));
    }
}
