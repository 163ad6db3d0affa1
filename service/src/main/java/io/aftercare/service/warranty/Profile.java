package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// Whose rules a policy writes down: the maker's own handbook, a country's law, or a contract. Nothing is decided by it; it is
/// shown, and it is what people look for.
public enum Profile {
    HANDBOOK, STATUTORY, CONTRACT;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<Profile> parse(String text) {
        return Kebab.parse(Profile.class, text);
    }
}
