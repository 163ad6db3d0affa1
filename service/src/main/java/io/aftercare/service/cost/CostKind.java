package io.aftercare.service.cost;

import com.fasterxml.jackson.annotation.JsonValue;
import io.aftercare.service.text.Kebab;
import java.util.Optional;

/// What money was spent on (R49).
public enum CostKind {
    /// Work, by time or by the piece.
    LABOUR("field-service"),
    /// Parts, at the price that was paid for them.
    PARTS("parts"),
    LOGISTICS("logistics"),
    TRAVEL("field-service"),
    COMPENSATION("after-sales"),
    OTHER(
            "after-sales");

    private final String department;

    CostKind(String department) {
        this.department = department;
    }

    /// Who bears it where nobody says otherwise.
    String department() {
        return department;
    }

    @JsonValue
    public String text() {
        return Kebab.of(this);
    }

    static Optional<CostKind> parse(String text) {
        return Kebab.parse(CostKind.class, text);
    }
}
