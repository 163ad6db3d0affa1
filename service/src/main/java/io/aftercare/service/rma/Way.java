package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// How the customer hands the device over.
public enum Way {
    COURIER_PICKUP, DROP_OFF, CARRY_IN;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    static Way of(String text) {
        return parse(text).orElseThrow();
    }

    public static Optional<Way> parse(String text) {
        return Kebab.parse(Way.class, text);
    }
}
