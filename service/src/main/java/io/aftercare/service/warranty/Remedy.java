package io.aftercare.service.warranty;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What the three guarantees promise.
public enum Remedy {
    REPAIR, EXCHANGE, REFUND;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    public static Optional<Remedy> parse(String text) {
        return Kebab.parse(Remedy.class, text);
    }
}
