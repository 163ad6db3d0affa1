package io.aftercare.service.ticket;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;

/// Where a case came from: the device itself, or a channel by which a customer reached the desk (R11).
public enum Origin {
    PROACTIVE, PHONE, MAIL, WEB, APP, SOCIAL, MARKETPLACE, WALK_IN, ON_SITE;

    /// Whether a customer is behind it.
    public boolean isCustomer() {
        return this != PROACTIVE;
    }

    /// Whether taking the report is speaking with the customer already.
    public boolean isConversation() {
        return this == PHONE || this == WALK_IN || this == ON_SITE;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Origin parse(String text) {
        return Kebab.parse(Origin.class, text).orElseThrow(
                () -> new IllegalArgumentException("There is no channel " + text));
    }
}
