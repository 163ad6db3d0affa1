package io.aftercare.fleet.people;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// What somebody may do; which operation wants which role stands in the OpenAPI document as `x-roles`.
public enum Role {
    AGENT, ENGINEER, COORDINATOR, QUALITY, FIRMWARE, RELEASE_APPROVER, ADMIN, AUDITOR, PARTNER;

    /// The name outside, such as `release-approver`.
    @JsonValue
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Role> parse(String text) {
        return Stream.of(values()).filter(role -> role.text().equals(text)).findFirst();
    }
}
