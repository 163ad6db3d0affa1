package io.aftercare.service.rma;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What the customer is to have in the end.
public enum RmaType {
    REPAIR_RETURN, EXCHANGE, REFUND;

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    @JsonCreator
    static RmaType of(String text) {
        return parse(text).orElseThrow();
    }

    public static Optional<RmaType> parse(String text) {
        return Kebab.parse(RmaType.class, text);
    }
}
