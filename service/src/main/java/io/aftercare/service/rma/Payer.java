package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// Who pays for carriage.
public enum Payer {
    COMPANY, CUSTOMER;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    static Payer of(String text) {
        return parse(text).orElseThrow();
    }

    public static Optional<Payer> parse(String text) {
        return Kebab.parse(Payer.class, text);
    }
}
